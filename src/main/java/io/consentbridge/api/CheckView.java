package io.consentbridge.api;

import io.consentbridge.runtime.ConfigurationCheck;
import java.util.List;

/**
 * What was looked at, and everything that is wrong with it.
 *
 * @param checked what was looked at, a line each: "6 syncs, 3 purposes in config"
 * @param problems empty when nothing is wrong
 */
public record CheckView(List<String> checked, List<Problem> problems) {

    /** The same of an installation whose database was not made yet, so that none was asked. */
    public CheckView withoutDatabase() {
        return new CheckView(
                checked.stream()
                        .filter(line -> !line.equals(ConfigurationCheck.DATABASE_ANSWERS))
                        .toList(),
                problems);
    }
}
