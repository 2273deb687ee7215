package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkout that is measured.
 *
 * @param folder its root
 * @param work where the bench keeps what it makes
 */
record Home(Path folder, Path work) {

    /** The heap of every measured process. */
    static final String HEAP = "-Xmx256m";

    private static final Pattern QUICK = Pattern.compile("(?m)^quick=\\((.*)\\)$");

    /** The JVM's options that the launcher gives the product, and the heap: what is compared with it gets the same. */
    List<String> flags() throws IOException {
        Matcher quick = QUICK.matcher(Files.readString(folder.resolve("bin/consentbridge")));
        if (!quick.find()) {
            throw new IllegalStateException("bin/consentbridge names no options as quick=(...)");
        }
        List<String> flags = new ArrayList<>(List.of(HEAP));
        flags.addAll(List.of(quick.group(1).split(" ")));
        return flags;
    }

    /** A command that runs a class of the bench with the product's libraries and options. */
    List<String> java(Class<?> main, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(javaCommand()));
        line.addAll(flags());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(List.of(arguments));
        return line;
    }

    static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The default value of a setting. */
    String setting(String name) throws IOException {
        return settings().get(name);
    }

    /** The environment's names of all quotas and limits, with the values that lift them. */
    Map<String, String> unlimited() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (String name : settings().keySet()) {
            String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            if (name.startsWith("quota.")) {
                environment.put(variable, "none");
            } else if (name.startsWith("limits.")) {
                environment.put(variable, "0");
            }
        }
        return environment;
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("config/application.properties"))) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                settings.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return settings;
    }
}
