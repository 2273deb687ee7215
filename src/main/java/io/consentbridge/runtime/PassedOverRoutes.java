package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import io.consentbridge.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds files among the installation's own routes that seem meant to be loaded but are not, because of their ending: {@code
 * mine.yaml}, {@code mine.camel.YAML}, {@code mine.camel.yaml.txt}, {@code mine.xml}.
 */
final class PassedOverRoutes {

    private static final Pattern ROUTES = Pattern.compile("(?i).+\\.(ya?ml|xml)(\\.txt)?");
    private static final Pattern OTHERS = Pattern.compile(".+\\.(camel|kamelet)\\.yaml");

    private PassedOverRoutes() {}

    /** Returns one problem for each file; none where a Camel setting names further files to load. Ignores hidden files. */
    static List<Problem> in(RouteFolders folders, Settings settings) {
        boolean bySetting = settings.texts().keySet().stream()
                .map(key -> key.toLowerCase(Locale.ROOT).replace("-", ""))
                .anyMatch("camel.main.routesincludepattern"::equals);
        return bySetting || !Files.isDirectory(folders.own()) ? List.of() : in(folders.own());
    }

    private static List<Problem> in(Path folder) {
        // Without this, a folder that is a symbolic link would not be walked.
        try (Stream<Path> files = Files.walk(folder.toRealPath())) {
            Path real = folder.toRealPath();
            return files.filter(file -> !Files.isDirectory(file) && !isHidden(real.relativize(file)))
                    .filter(file -> isPassedOver(file.getFileName().toString()))
                    .sorted()
                    .map(PassedOverRoutes::problem)
                    .toList();
        } catch (IOException unreadable) {
            // The reading of the routes reports this.
            return List.of();
        }
    }

    private static boolean isPassedOver(String name) {
        return ROUTES.matcher(name).matches() && !OTHERS.matcher(name).matches();
    }

    private static boolean isHidden(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private static Problem problem(Path file) {
        String right = file.getFileName().toString().replaceFirst("(?i)(\\.camel)?\\.ya?ml(\\.txt)?$", ".camel.yaml");
        return new Problem(
                file.toString(),
                0,
                0,
                "this file is not loaded, because its name does not end with .camel.yaml in lower case",
                right.endsWith(".camel.yaml")
                        ? "rename it to " + right + ", or move it elsewhere"
                        : "write its routes into a file whose name ends with .camel.yaml, or move it elsewhere");
    }
}
