package io.consentbridge.cli;

import io.consentbridge.api.DataFolder;
import io.consentbridge.config.ByteOrderMark;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The few settings that a command must know before it can ask anybody. Read forgivingly: a command for a runtime that is
 * up, such as reload, must reach it although the files are broken just now; what is wrong is told by whoever uses them.
 *
 * @param dataFolder where the token file lies
 * @param connections names of the connections
 * @param quotas names of the quota settings that are given
 * @param jsonLog whether logs are JSON, an object a line ({@code log.format = json})
 */
record Installation(Path dataFolder, List<String> connections, List<String> quotas, boolean jsonLog) {

    /** The settings of that folder with the environment before them; the defaults when there are none. */
    static Installation read(Path config, Map<String, String> env) {
        Properties file = new Properties();
        try {
            String text = Files.readString(config.resolve("application.properties"));
            file.load(new StringReader(ByteOrderMark.without(text)));
        } catch (IOException | IllegalArgumentException absentOrUnreadable) {
            file.clear();
        }
        String connections = setting("zoho.connections", "main", file, env);
        return new Installation(
                DataFolder.of(setting("database.url", "", file, env)),
                Arrays.stream(connections.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                file.stringPropertyNames().stream()
                        .filter(name -> name.startsWith("quota."))
                        .toList(),
                setting("log.format", "text", file, env).equals("json"));
    }

    /** The name under which the environment gives a setting. */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String setting(String name, String usual, Properties file, Map<String, String> env) {
        String given = env.get(variable(name));
        return (given != null ? given : file.getProperty(name, usual)).strip();
    }
}
