package io.consentbridge.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that survive a loss of power. None of them is a database that this process has open. */
public final class DurableFiles {

    private DurableFiles() {}

    /** Brings the content of the file onto the disk, and then gives it its name, which replaces a file of that name. */
    static void rename(Path file, Path name) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(name.toAbsolutePath().getParent());
    }

    /** Brings the names of the files in a folder onto the disk: only then does a new or renamed file survive a loss of power. */
    public static void syncFolder(Path path) throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException windows) {
            // Folders cannot be opened there, and its journal keeps names.
            if (!System.getProperty("os.name").startsWith("Windows")) {
                throw windows;
            }
        }
    }
}
