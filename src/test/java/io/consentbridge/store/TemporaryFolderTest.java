package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A temporary folder. */
class TemporaryFolderTest {

    @Test
    @DisplayName("is readable only by its owner with all its content, and gone when it is closed, once or twice")
    void closed() throws Exception {
        TemporaryFolder folder = TemporaryFolder.make();
        try (Database database = Database.open(folder.databaseUrl(), null, null)) {
            assertThat(database.answers()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
            assertThat(Files.getPosixFilePermissions(folder.path().resolve("scratch.db")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        folder.close();
        folder.close();
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    @DisplayName("that a killed process left is removed by the next one, and that of a living process stays")
    void left() throws Exception {
        try (TemporaryFolder ours = TemporaryFolder.make();
                OtherProcess.Living other = OtherProcess.begin("none", "folder")) {
            Path living = Path.of(other.said());
            Path killed = Path.of(OtherProcess.run("none", "leave").substring(2).strip());
            assertThat(killed.resolve("scratch.db")).exists();

            TemporaryFolder.removeLeft();

            assertThat(killed).doesNotExist();
            assertThat(living).exists();
            assertThat(ours.path()).exists();
        }
        TemporaryFolder.removeLeft();
    }

    @Test
    @DisplayName("whose lock is not a file, or that is a link, is not ours: it is neither opened nor removed")
    void strange(@TempDir Path elsewhere) throws Exception {
        Path pipe = Files.createTempDirectory("consentbridge-scratch-");
        Path link = pipe.resolveSibling(pipe.getFileName() + "-link");
        try {
            assertThat(new ProcessBuilder("mkfifo", pipe.resolve("in-use").toString())
                            .start()
                            .waitFor())
                    .isZero();
            Files.createSymbolicLink(link, elsewhere);
            Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
            Files.writeString(elsewhere.resolve("consentbridge.db"), "people");

            assertTimeoutPreemptively(Duration.ofSeconds(20), TemporaryFolder::removeLeft);

            assertThat(pipe).exists();
            assertThat(elsewhere.resolve("consentbridge.db")).exists();
        } finally {
            Files.deleteIfExists(link);
            Files.delete(pipe.resolve("in-use"));
            Files.delete(pipe);
        }
    }

    @Test
    @DisplayName("of another user stays, whatever is in it")
    void ofAnotherUser() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root gives a folder to somebody else");
        Path theirs = Files.createTempDirectory("consentbridge-scratch-");
        try {
            Files.writeString(theirs.resolve("in-use"), "");
            Files.setAttribute(theirs, "unix:uid", 65534);

            TemporaryFolder.removeLeft();

            assertThat(theirs.resolve("in-use")).exists();
        } finally {
            Files.delete(theirs.resolve("in-use"));
            Files.delete(theirs);
        }
    }

    @Test
    @DisplayName("of tests is gone when their JVM ends")
    void ofTests(@TempDir Path temporary) throws Exception {
        assertThat(OtherProcess.run("none", "test folder", "-Djava.io.tmpdir=" + temporary))
                .isEqualTo("0 ");
        assertThat(temporary.toFile().list()).isEmpty();
    }

    @Test
    @DisplayName("whose process was killed during its creation goes too, once no process can still be creating it")
    void halfMade() throws Exception {
        Path halfMade = Files.createTempDirectory("consentbridge-scratch-");
        TemporaryFolder.removeLeft();
        assertThat(halfMade).exists();

        Files.setLastModifiedTime(halfMade, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        TemporaryFolder.removeLeft();
        assertThat(halfMade).doesNotExist();
    }
}
