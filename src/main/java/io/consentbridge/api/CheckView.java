package io.consentbridge.api;

import java.util.List;

/**
 * What was looked at, and everything that is wrong with it.
 *
 * @param checked what was looked at, a line each: "6 syncs, 3 purposes in config"
 * @param problems empty when nothing is wrong
 */
public record CheckView(List<String> checked, List<Problem> problems) {}
