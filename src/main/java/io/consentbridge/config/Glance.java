package io.consentbridge.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Settings for those who must know one before anything is checked. Read like all settings, but forgivingly: what is wrong is
 * reported by the commands that use the settings.
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

    /** Where relative paths belong. */
    public Home home() {
        return home;
    }

    /** What a setting says, by default too; an empty text when it says nothing or cannot be read. */
    public String text(String name) {
        return raw.get(name).map(RawSettings.Value::text).orElse("");
    }

    /** The database, its file named in full. */
    public Settings.Database database() {
        return new Settings.Database(
                home.database(text("database.url")), text("database.user"), text("database.password"));
    }
}
