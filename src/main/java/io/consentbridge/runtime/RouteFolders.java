package io.consentbridge.runtime;

import io.consentbridge.sync.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The folders of the routes. The installation's own files lie over those that come with the product: an own file replaces
 * the shipped one of the same name, and further files add to them. If both are the same folder, as in a checkout, there is
 * no overlay.
 *
 * @param own the own folder; may be missing if the shipped folder is another one
 * @param shipped the folder that comes with the product
 */
public record RouteFolders(Path own, Path shipped) {

    private static final String ENDING = ".camel.yaml";

    /** Returns one folder that holds all routes. */
    public static RouteFolders only(Path folder) {
        return new RouteFolders(folder, folder);
    }

    /** Returns whether there are two folders, one over the other. */
    public boolean overlay() {
        try {
            return !Files.isSameFile(own, shipped);
        } catch (IOException missing) {
            return !full(own).equals(full(shipped));
        }
    }

    /**
     * Returns every file that is loaded, sorted by name.
     *
     * @throws RuntimeFault when a folder cannot be read
     */
    public List<RouteFile> files() {
        if (!overlay()) {
            return in(own, "give an existing one with --routes").entrySet().stream()
                    .map(file -> new RouteFile(file.getKey(), Optional.of(file.getValue()), Optional.empty()))
                    .toList();
        }
        Map<String, Path> above = Files.exists(own) ? in(own, "check its permissions") : Map.of();
        Map<String, Path> below = in(shipped, "it is part of the product: restore it from the release");
        // The own folder may lie within the shipped one.
        below.values().removeIf(file -> full(file).startsWith(full(own)));
        TreeSet<String> names = new TreeSet<>(below.keySet());
        names.addAll(above.keySet());
        return names.stream()
                .map(name ->
                        new RouteFile(name, Optional.ofNullable(above.get(name)), Optional.ofNullable(below.get(name))))
                .toList();
    }

    private static Map<String, Path> in(Path folder, String whatToDo) {
        try {
            // A link to the folder itself is followed, and no link below it: a Kubernetes mount also shows each file
            // under a hidden name.
            Path real = folder.toRealPath();
            try (Stream<Path> files = Files.walk(real)) {
                return files.map(real::relativize)
                        .filter(file -> file.toString().endsWith(ENDING) && !isHidden(file))
                        .collect(Collectors.toMap(
                                file -> file.toString().replace('\\', '/'),
                                folder::resolve,
                                (one, other) -> one,
                                TreeMap::new));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw new RuntimeFault(
                    Remedy.after("the routes folder " + folder + " cannot be read", whatToDo), unreadable);
        }
    }

    private static boolean isHidden(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
    }

    private static Path full(Path path) {
        return path.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        if (!overlay()) {
            return own.toString();
        }
        return Files.exists(own) ? own + ", over those in " + shipped : shipped.toString();
    }
}
