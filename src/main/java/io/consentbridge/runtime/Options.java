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
 * @param routes the folders of the routes
 * @param environment environment variables, which take precedence over the settings
 * @param extent how much of it is open
 * @param looking whether nothing in the database is brought up to date, because the caller only reads
 */
public record Options(
        Path config, RouteFolders routes, Map<String, String> environment, Extent extent, boolean looking) {

    /** Creates options for a caller that may change data. */
    public Options(Path config, RouteFolders routes, Map<String, String> environment, Extent extent) {
        this(config, routes, environment, extent, false);
    }

    /** Creates the same options, with one folder that holds all routes. */
    public Options(Path config, Path routes, Map<String, String> environment, Extent extent) {
        this(config, RouteFolders.only(routes), environment, extent);
    }

    public Options {
        environment = Map.copyOf(environment);
    }

    /** Loads the current files. */
    public Loaded load() {
        return load(Optional.empty());
    }

    /** @param draft replaces the folder's file of the same sync */
    Loaded load(Optional<SyncDraft> draft) {
        return Configuration.load(config, environment, draft, extent.hasRoutes());
    }

    @Override
    public String toString() {
        return "installation in " + config + " and " + routes;
    }
}
