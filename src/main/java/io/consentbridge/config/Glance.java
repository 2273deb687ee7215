package io.consentbridge.config;

import io.consentbridge.config.PropertiesFile.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Settings for those who must know one before anything is checked. Read like all settings, but forgivingly: what is wrong is
 * told by whoever uses the settings.
 */
public final class Glance {

    private final Map<String, Entry> entries;
    private final RawSettings raw;
    private final Home home;

    /** @param config the configuration folder */
    public Glance(Path config, Map<String, String> environment) {
        Path file = config.resolve("application.properties");
        Findings untold = new Findings();
        this.home = Home.of(config, environment);
        this.entries = PropertiesFile.read(file, untold);
        this.raw = new RawSettings(file.toString(), entries, environment, home, untold);
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
    public String databaseUrl() {
        return home.database(text("database.url"));
    }

    /** Names of the settings in the file that begin so. */
    public List<String> names(String beginning) {
        return entries.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .toList();
    }
}
