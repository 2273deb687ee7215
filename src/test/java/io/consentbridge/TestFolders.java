package io.consentbridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders for those tests whose folders outlive a test method: all in one, which is gone when the JVM ends. */
public final class TestFolders {

    private static final Path ALL = all();

    private TestFolders() {}

    /** A new and empty one. */
    public static Path make() {
        try {
            return Files.createTempDirectory(ALL, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path all() {
        try {
            // Where mvn clean finds what a killed JVM leaves, such as those of mutation tests.
            Path within = Files.createDirectories(Path.of("target/test-folders").toAbsolutePath());
            Path all = Files.createTempDirectory(within, "");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(all)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a thread that still lives writes meanwhile is deleted in a further round. */
    private static void delete(Path all) {
        for (int round = 0; round < 3 && Files.exists(all); round++) {
            try (Stream<Path> files = Files.walk(all)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException | UncheckedIOException meanwhile) {
                continue;
            }
        }
    }
}
