package io.consentbridge.api;

import java.util.List;

/**
 * Dead letters that were dealt with.
 *
 * @param ids their numbers, each once
 */
public record Settled(List<Long> ids) {}
