package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an embedded database before it is opened. */
class EmbeddedFileIT {

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "A database that vanished is not begun anew: both ways out are named, and removing the lock file is one")
    void vanished() throws Exception {
        open();
        assertThat(Database.missing(url(), null, null)).isEmpty();
        Files.delete(file());

        assertThat(Database.missing(url(), null, null)).isEmpty();
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            DatabaseFault.class,
                            fault -> assertThat(fault.unreachable()).isTrue())
                    .hasMessageContaining(
                            file() + " is gone: news.db.lock remembers that it was there. Restore a backup,")
                    .hasMessageContaining("or remove news.db.lock to start with a new database");
        }
        assertThatThrownBy(() -> Database.look(url(), null, null)).hasMessageContaining("is gone");
        assertThat(file()).doesNotExist();

        Files.delete(folder.resolve("news.db.lock"));
        assertThat(Database.missing(url(), null, null)).contains(file().toString());
        open();
    }

    @Test
    @DisplayName("An empty file is refused with both ways out")
    void empty() throws Exception {
        Files.createFile(file());
        assertThatThrownBy(this::open).hasMessageContaining(file() + " is empty. Restore a backup, or remove the file");
    }

    @Test
    @DisplayName("A file that H2 wrote is refused, because the engine changed before version 0.1.0")
    void formerEngine() throws Exception {
        Files.writeString(folder.resolve("news.mv.db"), "H:2,block:3");
        assertThat(Database.missing(url(), null, null)).isEmpty();
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        DatabaseFault.class, fault -> assertThat(fault.misfit()).isTrue())
                .hasMessageContaining(folder.resolve("news.mv.db") + " was written by H2")
                .hasMessageContaining("before version 0.1.0");
        assertThat(file()).doesNotExist();
    }

    @Test
    @DisplayName("A database that was begun and not finished is begun again, and a failed start leaves no empty file")
    void begun() throws Exception {
        Path begun = Files.createFile(folder.resolve("news.db.new"));
        open();
        assertThat(begun).doesNotExist();
        assertThat(file()).isNotEmptyFile();
    }

    @Test
    @DisplayName("Network shares are told from disks of this machine by the kind of their file store")
    void network() throws Exception {
        assertThat(EmbeddedFile.isNetwork("nfs4")).isTrue();
        assertThat(EmbeddedFile.isNetwork("CIFS")).isTrue();
        assertThat(EmbeddedFile.isNetwork("fuse.sshfs")).isTrue();
        assertThat(EmbeddedFile.isNetwork("ext4")).isFalse();
        assertThat(EmbeddedFile.isNetwork("overlay")).isFalse();
        assertThat(EmbeddedFile.isNetwork(Files.getFileStore(folder).type())).isFalse();
    }

    private void open() {
        Database.open(url(), null, null).close();
    }

    private Path file() {
        return folder.resolve("news.db");
    }

    private String url() {
        return "jdbc:sqlite:" + file();
    }
}
