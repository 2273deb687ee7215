package io.consentbridge.sandbox.web;

import java.util.function.Function;

/**
 * One method of an API.
 *
 * @param name how counters, faults and call records call it, the same for every record and list it is used on
 */
public record Endpoint(String name, Function<Request, Reply> handler) {}
