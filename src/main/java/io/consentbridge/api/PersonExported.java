package io.consentbridge.api;

import java.util.Map;

/**
 * An export of one person.
 *
 * @param folder where it was written
 * @param rows how many rows of which table
 * @param entries how many entries of the ledger, each with its proof
 */
public record PersonExported(String folder, Map<String, Integer> rows, int entries) {}
