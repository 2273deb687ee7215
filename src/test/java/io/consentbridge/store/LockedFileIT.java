package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an embedded database that another process locks, or left. */
class LockedFileIT {

    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void create() {
        url = TestDatabase.SQLITE.fresh(folder);
        TestDatabase.SQLITE.reopen(url).close();
    }

    @Test
    @DisplayName("Nothing fails when another process locks the file for a second")
    void briefly() throws Exception {
        try (Database database = TestDatabase.SQLITE.reopen(url);
                OtherProcess.Living other = OtherProcess.begin(url, "lock for a second")) {
            assertThat(other.said()).isEqualTo("locked");
            assertThat(cursors(database)).as("readers do not wait").isZero();
            assertThat(database.fileUsable()).isTrue();
            write(database);

            assertThat(cursors(database)).isOne();
            assertThat(database.fileFault()).isEmpty();
            assertThat(database.trouble()).isEmpty();
        }
    }

    @Test
    @DisplayName("A lock that lasts longer than the patience is named with what to do, and work continues after it")
    void lasting() throws Exception {
        try (Database database = TestDatabase.SQLITE.reopen(url)) {
            // The patience of the one connection that writes.
            database.change(handle -> handle.execute("pragma busy_timeout = 50"));
            try (OtherProcess.Living other = OtherProcess.begin(url, "lock")) {
                assertThat(other.said()).isEqualTo("locked");
                DatabaseFault fault = catchThrowableOfType(DatabaseFault.class, () -> write(database));

                assertThat(fault.unreachable()).isTrue();
                assertThat(fault)
                        .hasMessage(
                                "The database file %s is locked by another process. Stop that process, or wait until"
                                        + " it has finished.",
                                TestDatabase.fileOf(url));
                assertThat(database.damage()).isEmpty();
                other.process().destroyForcibly().waitFor();
            }
            write(database);

            assertThat(cursors(database)).isOne();
            assertThat(database.trouble()).isEmpty();
        }
    }

    @Test
    @DisplayName("A command that looks shows what a killed process had committed and left in its log")
    void left() throws Exception {
        assertThat(OtherProcess.run(url, "die")).startsWith("9");
        assertThat(log()).isNotEmptyFile();

        try (Database database = Database.look(url, null, null)) {
            assertThat(cursors(database)).isOne();
        }
        try (Database database = TestDatabase.SQLITE.reopen(url)) {
            assertThat(cursors(database)).isOne();
        }
    }

    @Test
    @DisplayName(
            "A command that looks says what to do when it may not write to the folder in which a killed process left its log")
    void noWriting() throws Exception {
        assertThat(OtherProcess.run(url, "die")).startsWith("9");
        Files.delete(log().resolveSibling("consentbridge.db-shm"));
        Path data = log().getParent();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeFalse(Files.isWritable(data), "the rights of a folder do not bind root");
            assertThat(catchThrowableOfType(DatabaseFault.class, () -> Database.look(url, null, null)))
                    .hasMessageContaining(TestDatabase.fileOf(url).toString())
                    .hasMessageContaining("give this user write access to its folder");
        } finally {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private Path log() {
        return folder.resolve("data/consentbridge.db-wal");
    }

    private static void write(Database database) {
        database.change(handle -> handle.execute("insert into sync_cursor (sync, record_id) values ('b', '8')"));
    }

    private static long cursors(Database database) {
        return database.query(handle -> handle.select("select count(*) from sync_cursor")
                .mapTo(Long.class)
                .one());
    }
}
