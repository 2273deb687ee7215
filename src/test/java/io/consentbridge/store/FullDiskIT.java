package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
                "only root can mount a small disk");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
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

        run("mount", "-o", "remount,size=64m", disk.toString());
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
        run("mount", "-o", "remount,size=64k", disk.toString());
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

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
