package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consentbridge.SmallDisk;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database on a disk that is really full. Skipped where this user may not mount a small one. */
class FullDiskIT {

    private static final int MOST_ROWS = 5_000;

    @TempDir
    private Path disk;

    private SmallDisk mounted;

    @BeforeEach
    void mount() {
        mounted = SmallDisk.mount(disk, "2m");
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            mounted.close();
        }
    }

    @Test
    @DisplayName("A full disk is reported as one, with the file and the remedy; with room again work continues")
    void fullDisk() throws Exception {
        String url = "jdbc:sqlite:" + disk.resolve("consentbridge");
        DatabaseFault fault;
        try (Database database = Database.open(url, null, null)) {
            fault = catchThrowableOfType(DatabaseFault.class, () -> fill(database));
        }

        assertThat(fault).isNotNull();
        assertThat(fault.unreachable()).as(fault.getMessage()).isTrue();
        assertThat(fault.getMessage()).contains(disk.resolve("consentbridge").toString(), "ree space");

        mounted.resize("64m");
        try (Database database = Database.open(url, null, null)) {
            assertThat(database.answers()).isTrue();
            database.change(
                    handle -> handle.execute("insert into mailing_list (connection, name) values ('main', 'News')"));
        }
    }

    @Test
    @DisplayName("A backup to a full disk names the file of the backup and the remedy, and leaves nothing behind")
    void backup(@TempDir Path elsewhere) throws Exception {
        String url = "jdbc:sqlite:" + elsewhere.resolve("consentbridge.db");
        Database.open(url, null, null).close();
        mounted.resize("64k");
        Path target = disk.resolve("backup.db");

        assertThat(catchThrowableOfType(
                        DatabaseFault.class, () -> DatabaseFiles.of(url).backup(target)))
                .hasMessageContaining(target + " cannot be written. Free space on its disk");
        assertThat(disk).isEmptyDirectory();
    }

    private static void fill(Database database) {
        for (int row = 0; row < MOST_ROWS; row++) {
            int number = row;
            database.change(handle -> handle.createUpdate(
                            "insert into mailing_list (connection, name) values ('main', :name)")
                    .bind(
                            "name",
                            number + " "
                                    + Long.toHexString(number * 0x9E3779B97F4A7C15L)
                                            .repeat(15))
                    .execute());
        }
    }
}
