package io.consentbridge.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Files that are taken out of use: each is moved to {@code disabled/TIME/FOLDER/} of the configuration folder, where nothing is read.
 * No file is overwritten, and a file is removed from its folder only once it is complete in the other one. A move that was
 * interrupted is completed by the next attempt.
 */
public final class DisabledFiles {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path config;

    /** @param config the configuration folder */
    public DisabledFiles(Path config) {
        this.config = config;
    }

    /** The folder for what is taken out of use at that time; it need not exist. */
    public Path folder(Instant at) {
        return config.resolve("disabled").resolve(TIME.format(at));
    }

    /**
     * The files of a folder that give one of these names, in the order of their paths.
     *
     * @param kind a folder of the configuration, such as {@code syncs}
     * @throws IOException if the folder cannot be read
     */
    public List<Path> find(String kind, Collection<String> names) throws IOException {
        Path folder = config.resolve(kind);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SyncFolder::isRead)
                    .filter(file -> YamlReader.read(file, new Findings())
                            .filter(yaml -> names.contains(yaml.text("name")))
                            .isPresent())
                    .sorted()
                    .toList();
        }
    }

    /**
     * Moves a file of the configuration out of use.
     *
     * @return where it is now
     * @throws IOException if it cannot be moved; it is where it was then, and may be in its new place too
     */
    public Path move(Path file, Instant at) throws IOException {
        Path folder = folder(at).resolve(file.getParent().getFileName());
        Files.createDirectories(folder);
        String name = file.getFileName().toString();
        Path to = folder.resolve(name);
        for (int other = 2; !put(file, to); other++) {
            to = folder.resolve(name.replaceFirst("(\\.ya?ml)$", "-" + other + "$1"));
        }
        Files.delete(file);
        return to;
    }

    /** Returns false if another file is there. An earlier attempt may have ended between its two steps. */
    private static boolean put(Path file, Path to) throws IOException {
        try {
            link(file, to);
            return true;
        } catch (FileAlreadyExistsException there) {
            return Files.mismatch(file, to) == -1;
        }
    }

    // A link to a file may be relative, so what it leads to is copied.
    private static void link(Path file, Path to) throws IOException {
        if (Files.isSymbolicLink(file)) {
            copy(file, to);
            return;
        }
        try {
            Files.createLink(to, file);
        } catch (FileAlreadyExistsException | NoSuchFileException told) {
            throw told;
        } catch (IOException | UnsupportedOperationException noLinks) {
            copy(file, to);
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        Files.copy(file, to);
        try (FileChannel written = FileChannel.open(to, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }
}
