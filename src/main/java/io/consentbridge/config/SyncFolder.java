package io.consentbridge.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of syncs, one for each. A file is written completely or not at all. */
public final class SyncFolder {

    private static final Set<PosixFilePermission> ENTERING = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private final Path folder;

    /** @param config the configuration folder */
    public SyncFolder(Path config) {
        this.folder = config.resolve("syncs");
    }

    /** The file of a new sync. */
    public Path home(String sync) {
        return folder.resolve(sync + ".yaml");
    }

    /** Whether it contains no file of a sync. */
    public boolean isEmpty() {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.noneMatch(SyncFolder::isRead);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The file that gives this name, whatever its file name is. */
    public Optional<Path> find(String sync) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SyncFolder::isRead)
                    .sorted()
                    .filter(file -> names(file, sync))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean names(Path file, String sync) {
        return YamlReader.read(file, new Findings())
                .filter(yaml -> sync.equals(yaml.text("name")))
                .isPresent();
    }

    static boolean isRead(Path file) {
        return file.getFileName().toString().matches("[^.].*\\.ya?ml");
    }

    /** Replaces the content of the file, or deletes the file if there is none. */
    public void put(Path file, Optional<String> text) throws IOException {
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        if (!Files.isDirectory(file.getParent())) {
            Files.createDirectories(file.getParent());
            share(file.getParent(), true);
        }
        // Files whose names begin with a dot are not read.
        Path draft = Files.createTempFile(file.getParent(), ".", ".draft");
        try {
            if (Files.exists(file)) {
                Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            } else {
                share(draft, false);
            }
            try (FileChannel out =
                    FileChannel.open(draft, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                var bytes = StandardCharsets.UTF_8.encode(text.get());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Gives a new file the rights of its folder: the runtime may be another user than the one who creates a sync. */
    private static void share(Path made, boolean entered) throws IOException {
        if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(made.getParent());
            if (!entered) {
                rights.removeAll(ENTERING);
            }
            Files.setPosixFilePermissions(made, rights);
        }
    }
}
