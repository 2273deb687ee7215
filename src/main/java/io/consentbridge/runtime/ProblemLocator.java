package io.consentbridge.runtime;

import io.consentbridge.config.FileProblem;
import io.consentbridge.config.Problem;
import io.consentbridge.sync.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the line of a file that causes a problem at Zoho, so that it can be corrected where it was written. */
final class ProblemLocator {

    private final Path config;

    ProblemLocator(Path config) {
        this.config = config;
    }

    /** Returns a problem of a purpose; {@code mention} is what its line begins with or contains. */
    Problem inPurpose(String purpose, String mention, String what, String whatWouldBeRight) {
        return in(named("purposes", purpose), mention, what, whatWouldBeRight);
    }

    /** Returns a problem of a sync; {@code mention} is what its line begins with or contains. */
    Problem inSync(String sync, String mention, String what, String whatWouldBeRight) {
        return in(named("syncs", sync), mention, what, whatWouldBeRight);
    }

    /** Returns a problem of a campaign; {@code mention} is what its line begins with or contains. */
    Problem inCampaign(String campaign, String mention, String what, String whatWouldBeRight) {
        return in(named("campaigns", campaign), mention, what, whatWouldBeRight);
    }

    /** Returns a problem of a write-back; {@code mention} is what its line begins with or contains. */
    Problem inWriteBack(String writeBack, String mention, String what, String whatWouldBeRight) {
        return in(named("writebacks", writeBack), mention, what, whatWouldBeRight);
    }

    /** Returns a problem of a mapped field: in the sync's own file, or in its template's where the template maps it. */
    Problem inMapping(Sync sync, String target, String what, String whatWouldBeRight) {
        Path own = named("syncs", sync.name());
        OptionalInt line = mappingLine(own, target);
        if (line.isEmpty() && sync.mapping().template().isPresent()) {
            Path template = named("mappings", sync.mapping().template().get());
            return new Problem(
                    template.toString(), mappingLine(template, target).orElse(0), 0, what, whatWouldBeRight);
        }
        return new Problem(own.toString(), line.orElse(0), 0, what, whatWouldBeRight);
    }

    private static OptionalInt mappingLine(Path file, String target) {
        try {
            return YamlLines.ofKey(Files.readString(file), "mapping", target);
        } catch (IOException unreadable) {
            return OptionalInt.empty();
        }
    }

    /** Returns a problem of the value in a sync at a JSON pointer. */
    Problem inSyncAt(String sync, String pointer, String what, String whatWouldBeRight) {
        return FileProblem.problem(named("syncs", sync), pointer, what, whatWouldBeRight);
    }

    /** Returns a problem of a setting. */
    Problem inSettings(String key, String what, String whatWouldBeRight) {
        return in(config.resolve("application.properties"), key, what, whatWouldBeRight);
    }

    /** Returns the beginning of a problem's text: that the runtime does not know a connection yet. */
    static String addedSince(String connection) {
        return "the connection " + connection + " was added after the runtime started";
    }

    private Problem in(Path file, String mention, String what, String whatWouldBeRight) {
        return new Problem(file.toString(), line(file, mention), 0, what, whatWouldBeRight);
    }

    private Path named(String folder, String name) {
        try (Stream<Path> files = Files.list(config.resolve(folder))) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .filter(file -> names(file, name))
                    .findFirst()
                    .orElse(config.resolve(folder).resolve(name + ".yaml"));
        } catch (IOException unreadable) {
            return config.resolve(folder).resolve(name + ".yaml");
        }
    }

    // A name may be the beginning of another one, so the whole line counts.
    private static boolean names(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.replaceFirst("\\s+#.*", "")
                    .replaceAll("[\"']", "")
                    .strip()
                    .matches("name:\\s+" + Pattern.quote(name)));
        } catch (IOException | UncheckedIOException unreadable) {
            return false;
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
