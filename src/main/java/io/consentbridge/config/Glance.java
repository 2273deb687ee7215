package io.consentbridge.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Reads a setting that is needed before the configuration is checked. It reads like all settings but reports no problems:
 * the commands that use the settings do.
 */
public final class Glance {

    private final RawSettings raw;
    private final Home home;

    /** @param config the configuration folder */
    public Glance(Path config, Map<String, String> environment) {
        Path file = config.resolve("application.properties");
        Findings untold = new Findings();
        this.home = Home.of(config, environment);
        this.raw = new RawSettings(file.toString(), PropertiesFile.read(file, untold), environment, home, untold);
    }

    /** The folder to which relative paths belong. */
    public Home home() {
        return home;
    }

    /** The text of a setting or its default; empty text if it has none or cannot be read. */
    public String text(String name) {
        return raw.get(name).map(RawSettings.Value::text).orElse("");
    }

    /** The database, with the absolute path of its file. */
    public Settings.Database database() {
        return new Settings.Database(
                home.database(text("database.url")), text("database.user"), text("database.password"));
    }
}
