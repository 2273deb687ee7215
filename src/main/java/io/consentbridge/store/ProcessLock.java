package io.consentbridge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a second process from working with an embedded database: it would take over the runs and deliveries of the first.
 * The lock is on a file beside the database; what is written in that file says that the database was created, so that a
 * vanished one is not taken for a new one. One process may hold it several times.
 */
final class ProcessLock implements AutoCloseable {

    private static final Map<Path, ProcessLock> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private int holders;

    private ProcessLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /** The file of the lock of that database. */
    static Path file(Path database) {
        return database.resolveSibling(database.getFileName() + ".lock");
    }

    /** Whether a database was created beside that file. */
    static boolean remembers(Path database) {
        return file(database).toFile().length() > 0;
    }

    /**
     * Takes the lock.
     *
     * @throws DatabaseFault if another process has it, or the file cannot be made
     */
    static ProcessLock take(Path database) {
        Path file = file(database);
        synchronized (HELD) {
            ProcessLock held = HELD.get(file);
            if (held == null) {
                held = lock(database, file);
                HELD.put(file, held);
            }
            held.holders++;
            return held;
        }
    }

    private static ProcessLock lock(Path database, Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    OwnerOnly.file(file));
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new ProcessLock(file, channel, lock);
            }
            channel.close();
        } catch (IOException e) {
            close(channel);
            throw new DatabaseFault(
                    "The file %s cannot be written. Give this user write access to it and to its folder."
                            .formatted(file),
                    true);
        }
        throw new DatabaseFault(
                ("The database file %s is in use by another process of ConsentBridge. Use that one, stop it, or set"
                                + " database.url to PostgreSQL to run several.")
                        .formatted(database),
                true);
    }

    /** Remembers that the database was created. */
    void remember() {
        try {
            if (channel.size() == 0) {
                channel.write(ByteBuffer.wrap(
                        "The database beside this file was created; this file is locked while a process uses it.\n"
                                .getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
        } catch (IOException e) {
            throw new DatabaseFault("The file %s cannot be written. Free space on its disk.".formatted(file), true);
        }
    }

    /** Gives the lock back once; the process has it until nobody in it holds it. */
    @Override
    public void close() {
        synchronized (HELD) {
            holders--;
            if (holders == 0) {
                HELD.remove(file);
                try {
                    lock.release();
                } catch (IOException closed) {
                    // Closing releases it.
                }
                close(channel);
            }
        }
    }

    private static void close(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException closed) {
                // Nothing else can be done.
            }
        }
    }
}
