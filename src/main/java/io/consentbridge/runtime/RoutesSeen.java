package io.consentbridge.runtime;

import io.consentbridge.store.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Remembers what a shipped route file contained when an own file that replaces it was first seen. The file may have been
 * copied by hand, and a copy carries no mark of its origin, so the shipped text is kept in the data folder. Changes from
 * before the own file was first seen are unknown, and so is whether an own file has adopted a change.
 */
public final class RoutesSeen {

    private static final String FOLDER = "shipped-routes";

    private final RouteFolders routes;
    private final Path data;
    private final Path seen;

    /** How a shipped file compares with the own file that replaces it. */
    public enum Shipped {
        /** The own file is the same, so it may be removed. */
        SAME,
        /** It is unchanged since the own file was first seen. */
        UNCHANGED,
        /** It has changed since then, and the own file may lack the change. */
        CHANGED,
        /** It no longer comes with the product. */
        GONE,
        /** The own file was not seen before. */
        NOT_SEEN;

        /** Returns the word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * A route file, and how the shipped one of its name compares with it.
     *
     * @param shipped empty when no own file replaces, or replaced, a shipped one
     * @param since when the own file was first seen; null when it was not, or where {@code shipped} is empty
     * @param before the shipped file's content at that time; null when {@code since} is
     */
    public record Entry(RouteFile file, Optional<Shipped> shipped, Instant since, Path before) {}

    /** @param data the folder that the installation keeps beside its database */
    public RoutesSeen(RouteFolders routes, Path data) {
        this.routes = routes;
        this.data = data;
        this.seen = data.resolve(FOLDER);
    }

    /**
     * Returns all route files in their current state, sorted by name.
     *
     * @throws RuntimeFault when a folder of routes cannot be read
     * @throws UncheckedIOException when a file cannot be read
     */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (RouteFile file : routes.files()) {
            entries.add(entry(file));
        }
        return entries;
    }

    private Entry entry(RouteFile file) {
        Path before = seen.resolve(file.name());
        boolean wasSeen = Files.exists(before);
        if (!routes.overlay() || file.own().isEmpty() || !file.replaces() && !wasSeen) {
            return new Entry(file, Optional.empty(), null, null);
        }
        try {
            Shipped shipped = state(file, before, wasSeen);
            return wasSeen
                    ? new Entry(
                            file,
                            Optional.of(shipped),
                            Files.getLastModifiedTime(before).toInstant(),
                            before)
                    : new Entry(file, Optional.of(shipped), null, null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Shipped state(RouteFile file, Path before, boolean wasSeen) throws IOException {
        if (file.shipped().isEmpty()) {
            return Shipped.GONE;
        }
        Path shipped = file.shipped().get();
        if (isSame(file.path(), shipped)) {
            return Shipped.SAME;
        }
        if (!wasSeen) {
            return Shipped.NOT_SEEN;
        }
        return isSame(before, shipped) ? Shipped.UNCHANGED : Shipped.CHANGED;
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Arrays.equals(Files.readAllBytes(one), Files.readAllBytes(other));
    }

    /**
     * Returns whether the data folder exists and belongs to the user of this process. A runtime could not read or change
     * what another user, such as root, created there.
     */
    public boolean isOurs() {
        try {
            return Files.getOwner(data).getName().equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }

    /**
     * Stores the content of the shipped files whose own file is seen for the first time, or is a plain copy.
     *
     * @throws RuntimeFault when a folder of routes cannot be read
     * @throws UncheckedIOException when it cannot be kept
     */
    public void note() {
        if (!routes.overlay()) {
            return;
        }
        try {
            for (Entry entry : entries()) {
                boolean first = entry.shipped().equals(Optional.of(Shipped.NOT_SEEN));
                boolean copy = entry.shipped().equals(Optional.of(Shipped.SAME));
                if (first || copy && !isKept(entry)) {
                    keep(entry.file());
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Records that an own file has adopted the changes of the shipped file.
     *
     * @return false when no own file of that name replaces a shipped one
     * @throws RuntimeFault when a folder of routes cannot be read
     * @throws UncheckedIOException when it cannot be kept
     */
    public boolean merged(String name) {
        Optional<Entry> found = entries().stream()
                .filter(entry ->
                        entry.file().name().equals(name) && entry.shipped().isPresent())
                .findFirst();
        try {
            if (found.isPresent() && found.get().file().replaces()) {
                keep(found.get().file());
            } else if (found.isPresent()) {
                Files.deleteIfExists(seen.resolve(name));
            }
            return found.isPresent();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isKept(Entry entry) throws IOException {
        return entry.before() != null && isSame(entry.before(), entry.file().path());
    }

    private void keep(RouteFile file) throws IOException {
        Path to = seen.resolve(file.name());
        Files.createDirectories(to.getParent(), OwnerOnly.folder(seen));
        // A copy that a crash cuts short must not look like a different text of the shipped file.
        Path whole = to.resolveSibling(
                to.getFileName() + "." + ProcessHandle.current().pid());
        Files.write(whole, Files.readAllBytes(file.shipped().orElseThrow()));
        Files.move(whole, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
