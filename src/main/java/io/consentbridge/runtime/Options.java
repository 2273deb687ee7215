package io.consentbridge.runtime;

import java.nio.file.Path;
import java.util.Map;

/**
 * How an installation is opened.
 *
 * @param config folder of settings, purposes and syncs
 * @param routes folder of the routes
 * @param environment takes precedence over the settings
 * @param triggers whether it is a full runtime: schedules fire, and HTTP is served
 */
public record Options(Path config, Path routes, Map<String, String> environment, boolean triggers) {

    public Options {
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "installation in " + config + " and " + routes;
    }
}
