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
 * The few settings that a command must know before it can ask anybody. Read forgivingly: a command for a runtime that is
 * up, such as reload, must reach it although the files are broken just now; the commands that use them report what is wrong.
 *
 * @param dataFolder where the token files lie
 * @param database where the database is or will be
 * @param connections names of the connections
 * @param zones their time zones, by name
 * @param jsonLog whether logs are JSON, an object a line ({@code log.format = json})
 * @param logLevel how much is logged; empty for what is usual
 */
record Installation(
        Path dataFolder,
        Settings.Database database,
        List<String> connections,
        Map<String, ZoneId> zones,
        boolean jsonLog,
        Optional<Logs.Amount> logLevel) {

    /** The settings of that folder with the environment before them; the defaults when there are none. */
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

    /** What is missing while nobody made the database; empty when it is there, or cannot be reached. */
    Optional<String> missingDatabase() {
        return Database.missing(database.url(), database.user(), database.password());
    }

    /** The name under which the environment gives a setting. */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
