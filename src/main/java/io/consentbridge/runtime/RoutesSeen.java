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
 * What a shipped file of routes held when an own file that replaces it was first seen. Somebody may have copied the file by hand,
 * and a copy carries no mark of its origin, so a text of it is kept in the folder of the data. What was changed before the own
 * file was first seen, and whether an own file has taken a change over, is not known.
 */
public final class RoutesSeen {

    private static final String FOLDER = "shipped-routes";

    private final RouteFolders routes;
    private final Path data;
    private final Path seen;

    /** How a shipped file stands to the own file that replaces it. */
    public enum Shipped {
        /** Nothing of the own file differs from it, so that the own file may go. */
        SAME,
        /** It is as it was when the own file was first seen. */
        UNCHANGED,
        /** It has changed since then, and the own file may lack what has changed. */
        CHANGED,
        /** It does not come with the product any more. */
        GONE,
        /** The own file was not seen before. */
        NOT_SEEN;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * A file of routes, and how the shipped one of its name stands.
     *
     * @param shipped empty when no own file replaces, or replaced, a shipped one
     * @param since when the own file was first seen; null when it was not, or where {@code shipped} is empty
     * @param before what the shipped file held then; null as {@code since} is
     */
    public record Entry(RouteFile file, Optional<Shipped> shipped, Instant since, Path before) {}

    /** @param data folder of what the installation keeps beside its database */
    public RoutesSeen(RouteFolders routes, Path data) {
        this.routes = routes;
        this.data = data;
        this.seen = data.resolve(FOLDER);
    }

    /**
     * All files of routes as they stand now, in the order of their names.
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
     * Whether the folder of the data is there and belongs to the user of this process. What another user, such as root, made there
     * a runtime could not read or change.
     */
    public boolean isOurs() {
        try {
            return Files.getOwner(data).getName().equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }

    /**
     * Keeps what the shipped files hold of which an own file is seen for the first time, or is a plain copy.
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
     * Takes an own file as one that has taken over what has changed in the shipped file.
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
        // A copy that a crash cuts short must not look like another text of the shipped file.
        Path whole = to.resolveSibling(
                to.getFileName() + "." + ProcessHandle.current().pid());
        Files.write(whole, Files.readAllBytes(file.shipped().orElseThrow()));
        Files.move(whole, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
