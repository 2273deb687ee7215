package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a sync that a command makes. */
class SyncFolderTest {

    @TempDir
    Path config;

    @Test
    @DisplayName("may be read by those who may read its folder, and keeps its rights when it is edited")
    void rights() throws IOException {
        SyncFolder folder = new SyncFolder(config);
        rights(config, "rwxr-x---");
        folder.put(folder.home("a"), Optional.of("name: a\n"));
        assertThat(rights(config.resolve("syncs"))).isEqualTo("rwxr-x---");
        assertThat(rights(folder.home("a"))).isEqualTo("rw-r-----");

        rights(config.resolve("syncs"), "rwxr-xr-x");
        folder.put(folder.home("b"), Optional.of("name: b\n"));
        assertThat(rights(folder.home("b"))).isEqualTo("rw-r--r--");

        folder.put(folder.home("a"), Optional.of("name: a\nstate: inactive\n"));
        assertThat(rights(folder.home("a"))).isEqualTo("rw-r-----");
        assertThat(config.resolve("syncs").toFile().list()).containsExactlyInAnyOrder("a.yaml", "b.yaml");
    }

    private static void rights(Path file, String rights) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
