package io.consentbridge.store;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.util.OSInfo;

/** Explains why the native part of SQLite cannot be loaded. The driver unpacks it into the folder for temporary files. */
final class NativeLibrary {

    private static final long LIBRARY_BYTES = 2 << 20;

    private NativeLibrary() {}

    /** What is wrong, and what to do. */
    static String problem() {
        Path folder = Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir")));
        String platform = OSInfo.getNativeLibFolderPathForCurrentOS();
        if (NativeLibrary.class.getResource("/org/sqlite/native/" + platform) == null
                && ClassLoader.getSystemResource("org/sqlite/native/" + platform + "/libsqlitejdbc.so") == null) {
            return "SQLite has no library for this machine (" + platform.replace('/', ' ')
                    + "). Set database.url to PostgreSQL, or use another machine.";
        }
        if (folder.toFile().getUsableSpace() < LIBRARY_BYTES) {
            return ("SQLite cannot unpack its library into %s, whose disk is full. Free space on it, or set"
                            + " JAVA_TOOL_OPTIONS=-Dorg.sqlite.tmpdir=FOLDER to a folder on another disk.")
                    .formatted(folder);
        }
        return Files.isWritable(folder)
                ? ("SQLite cannot load its library from %s: programs in that folder may not be executed (noexec), or a"
                                + " library of the system is missing. Set JAVA_TOOL_OPTIONS=-Dorg.sqlite.tmpdir=FOLDER to a folder"
                                + " whose files may be executed.")
                        .formatted(folder)
                : "SQLite cannot unpack its library into %s. Give this user write access to it.".formatted(folder);
    }
}
