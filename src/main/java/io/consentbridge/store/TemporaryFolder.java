package io.consentbridge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for a temporary database, in the system's folder for temporary files. Only its owner can enter it. A lock on a
 * file in it lasts as long as its process, so that other processes recognise folders of killed ones.
 */
public final class TemporaryFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
    private static final String BEGINNING = "consentbridge-scratch-";
    private static final String LOCK = "in-use";

    /** A folder without a lock is being created, or its process was killed in that moment. */
    private static final Duration TO_BE_MADE = Duration.ofMinutes(1);

    /** A process that opens and closes its own lock file would lose the lock. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel lock;

    private TemporaryFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Creates a folder.
     *
     * @throws UncheckedIOException if there is no room for it
     */
    public static TemporaryFolder make() {
        try {
            while (true) {
                Path folder = made();
                Path file = folder.resolve(LOCK);
                FileChannel lock = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (lock.tryLock() != null && Files.exists(file)) {
                    return new TemporaryFolder(folder, lock);
                }
                // Another process took it for an abandoned one, in the moment before it was locked.
                lock.close();
                OURS.remove(folder);
            }
        } catch (IOException full) {
            throw new UncheckedIOException(
                    "the folder for temporary files, " + System.getProperty("java.io.tmpdir")
                            + ", cannot be written. Free space in it, or choose another one with -Djava.io.tmpdir",
                    full);
        }
    }

    /** Registered before another thread of this process can look for it. */
    private static Path made() throws IOException {
        synchronized (OURS) {
            Path folder = Files.createTempDirectory(BEGINNING);
            OURS.add(folder);
            return folder;
        }
    }

    /** Removes the folders of processes that were killed, and silently leaves those that cannot be removed. */
    public static void removeLeft() {
        Path all = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, BEGINNING + "*")) {
            Optional<UserPrincipal> us = Optional.empty();
            for (Path folder : folders) {
                if (isOurs(folder)) {
                    continue;
                }
                us = us.isPresent() ? us : Optional.of(owner());
                if (isOwnedBy(us.get(), folder)) {
                    removeIfLeft(folder);
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("The folder for temporary files cannot be searched", unreadable);
        }
    }

    /** The user who owns the files of this process. */
    private static UserPrincipal owner() throws IOException {
        Path made = Files.createTempFile("consentbridge-owner-", "");
        try {
            return Files.getOwner(made, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(made);
        }
    }

    /**
     * Whether this user created the folder: everybody may write into the folder for temporary files, and another user's
     * folder could lead a lock or a removal elsewhere.
     */
    private static boolean isOwnedBy(UserPrincipal us, Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(us);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean isOurs(Path folder) {
        synchronized (OURS) {
            return OURS.contains(folder);
        }
    }

    private static void removeIfLeft(Path folder) {
        Path lockFile = folder.resolve(LOCK);
        if (Files.exists(lockFile, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel file = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = file.tryLock()) {
            if (lock != null) {
                delete(folder);
            }
        } catch (NoSuchFileException unlocked) {
            if (isOld(folder)) {
                delete(folder);
            }
        } catch (IOException | OverlappingFileLockException anothers) {
            LOG.debug("{} belongs to another process", folder);
        }
    }

    private static boolean isOld(Path folder) {
        try {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(TO_BE_MADE));
        } catch (IOException gone) {
            return false;
        }
    }

    /** The URL of a database in the folder. */
    public String databaseUrl() {
        return "jdbc:sqlite:" + folder.resolve("scratch.db");
    }

    /** The path of the folder. */
    public Path path() {
        return folder;
    }

    /** Removes the folder with its content; may be called twice. */
    @Override
    public void close() {
        try (lock) {
            if (!delete(folder)) {
                LOG.warn("The temporary folder {} could not be removed. Remove it by hand", folder);
            }
        } catch (IOException closed) {
            LOG.debug("The lock of {} could not be released", folder, closed);
        } finally {
            OURS.remove(folder);
        }
    }

    private static boolean delete(Path folder) {
        if (Files.notExists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException | UncheckedIOException left) {
            return false;
        }
    }
}
