package io.consentbridge.api;

import io.consentbridge.runtime.ConfigurationCheck;
import java.util.List;

/**
 * What was checked, and everything that is wrong with it.
 *
 * @param checked what was checked, one line each: "6 syncs, 3 purposes in config"
 * @param problems empty when nothing is wrong
 */
public record CheckView(List<String> checked, List<Problem> problems) {

    /** Returns the same for an installation whose database does not exist yet, so that none was checked. */
    public CheckView withoutDatabase() {
        return new CheckView(
                checked.stream()
                        .filter(line -> !line.equals(ConfigurationCheck.DATABASE_ANSWERS))
                        .toList(),
                problems);
    }
}
