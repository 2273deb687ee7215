package io.consentbridge.cli;

import io.consentbridge.api.DataFolder;
import io.consentbridge.config.Glance;
import io.consentbridge.config.Settings;
import io.consentbridge.store.Database;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The few settings that a command needs before it can contact anything. Reading tolerates mistakes: a command for a runtime
 * that is up, such as reload, must reach it even while the files are broken; the commands that use the files report what is
 * wrong.
 *
 * @param dataFolder the folder of the token files
 * @param database where the database is or will be created
 * @param connections names of the connections
 * @param zones the connections' time zones, by name
 * @param jsonLog whether logs are JSON, one object on each line ({@code log.format = json})
 * @param logLevel how much is logged; empty for the default
 */
record Installation(
        Path dataFolder,
        Settings.Database database,
        List<String> connections,
        Map<String, ZoneId> zones,
        boolean jsonLog,
        Optional<Logs.Amount> logLevel) {

    /** Returns the settings of that folder, overridden by the environment; the defaults when there are none. */
    static Installation read(Path config, Map<String, String> env) {
        Glance settings = new Glance(config, env);
        Settings.Database database = settings.database();
        List<String> connections = Arrays.stream(
                        settings.text("zoho.connections").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new Installation(
                DataFolder.of(database.url(), settings.home().folder()),
                database,
                connections.isEmpty() ? List.of("main") : connections,
                zones(connections, settings),
                settings.text("log.format").equals("json"),
                Logs.Amount.of(settings.text("log.level")));
    }

    private static Map<String, ZoneId> zones(List<String> connections, Glance settings) {
        Map<String, ZoneId> zones = new HashMap<>();
        for (String connection : connections) {
            String zone = settings.text("zoho." + connection + ".time-zone");
            try {
                zones.put(connection, zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone));
            } catch (DateTimeException wrong) {
                zones.put(connection, ZoneOffset.UTC);
            }
        }
        return zones;
    }

    /** Returns which database is missing because none was created yet; empty when it exists, or cannot be reached. */
    Optional<String> missingDatabase() {
        return Database.missing(database.url(), database.user(), database.password());
    }

    /** Returns the name of the environment variable for a setting. */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
