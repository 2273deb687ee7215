package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the line that a problem at Zoho goes back to, so that it can be mended where it was written. */
final class Places {

    private final Path config;

    Places(Path config) {
        this.config = config;
    }

    /** A problem of a purpose; {@code mention} is what its line begins with or holds. */
    Problem inPurpose(String purpose, String mention, String what, String whatWouldBeRight) {
        return in(named("purposes", purpose), mention, what, whatWouldBeRight);
    }

    /** A problem of a sync; {@code mention} is what its line begins with or holds. */
    Problem inSync(String sync, String mention, String what, String whatWouldBeRight) {
        return in(named("syncs", sync), mention, what, whatWouldBeRight);
    }

    /** A problem of a setting. */
    Problem inSettings(String key, String what, String whatWouldBeRight) {
        return in(config.resolve("application.properties"), key, what, whatWouldBeRight);
    }

    private Problem in(Path file, String mention, String what, String whatWouldBeRight) {
        return new Problem(file.toString(), line(file, mention), 0, what, whatWouldBeRight);
    }

    private Path named(String folder, String name) {
        try (Stream<Path> files = Files.list(config.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> line(file, "name: " + name) > 0)
                    .findFirst()
                    .orElse(config.resolve(folder).resolve(name + ".yaml"));
        } catch (IOException unreadable) {
            return config.resolve(folder).resolve(name + ".yaml");
        }
    }

    private static int line(Path file, String mention) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.startsWith("#") && line.contains(mention)) {
                    return i + 1;
                }
            }
        } catch (IOException unreadable) {
            return 0;
        }
        return 0;
    }
}
