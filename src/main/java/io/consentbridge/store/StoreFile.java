package io.consentbridge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Watches the files of an open embedded database: its process goes on writing to a file that was replaced or deleted, and
 * what it writes then is lost. It looks at names and sizes only, because a process that opens and closes a file of SQLite by
 * another way than SQLite loses its locks.
 */
final class StoreFile {

    private static final int LARGE_BYTES = 4 << 20;

    private final Path file;
    private final Map<Path, Object> keys = new HashMap<>();

    private StoreFile(Path file) {
        this.file = file;
    }

    /** The present file and its write-ahead log. */
    static StoreFile of(Path file) {
        StoreFile watched = new StoreFile(file);
        for (Path each : new Path[] {file, file.resolveSibling(file.getFileName() + "-wal")}) {
            if (Files.exists(each)) {
                watched.keys.put(each, key(each));
            }
        }
        return watched;
    }

    /** Whether the file or its log is gone or replaced, or the file is empty. */
    boolean gone() {
        return keys.entrySet().stream().anyMatch(known -> !Objects.equals(known.getValue(), key(known.getKey())))
                || file.toFile().length() == 0;
    }

    /** Whether the disk takes as much as a large transaction writes; tries it beside the file, in a file that nobody sees. */
    boolean hasRoom() {
        Path trial = file.resolveSibling(file.getFileName() + ".room");
        try (FileChannel channel = FileChannel.open(
                trial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            ByteBuffer large = ByteBuffer.allocate(LARGE_BYTES);
            while (large.hasRemaining()) {
                channel.write(large);
            }
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private static Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            // Windows has no keys of files; a missing file differs from one without a key.
            return gone.getClass();
        }
    }
}
