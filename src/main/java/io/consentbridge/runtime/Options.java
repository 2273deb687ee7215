package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.config.Loaded;
import io.consentbridge.config.SyncDraft;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How an installation is opened.
 *
 * @param config folder of settings, purposes and syncs
 * @param routes where the routes come from
 * @param environment takes precedence over the settings
 * @param extent how much of it is open
 * @param looking whether nothing in the database is to be brought up to date, because somebody only looks
 */
public record Options(
        Path config, RouteFolders routes, Map<String, String> environment, Extent extent, boolean looking) {

    /** For somebody who may change something. */
    public Options(Path config, RouteFolders routes, Map<String, String> environment, Extent extent) {
        this(config, routes, environment, extent, false);
    }

    /** The same, with one folder that holds all routes. */
    public Options(Path config, Path routes, Map<String, String> environment, Extent extent) {
        this(config, RouteFolders.only(routes), environment, extent);
    }

    public Options {
        environment = Map.copyOf(environment);
    }

    /** The files as they are now. */
    public Loaded load() {
        return load(Optional.empty());
    }

    /** @param draft read in the place of what the folder holds of a sync */
    Loaded load(Optional<SyncDraft> draft) {
        return Configuration.load(config, environment, draft, extent.hasRoutes());
    }

    @Override
    public String toString() {
        return "installation in " + config + " and " + routes;
    }
}
