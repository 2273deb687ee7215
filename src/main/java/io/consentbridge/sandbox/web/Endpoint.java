package io.consentbridge.sandbox.web;

import java.util.function.Function;

/**
 * One method of an API.
 *
 * @param name its name in counters, faults and call records, the same for every record and list
 */
public record Endpoint(String name, Function<Request, Reply> handler) {}
