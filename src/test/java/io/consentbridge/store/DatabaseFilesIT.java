package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, check and restore of an embedded database. */
class DatabaseFilesIT {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "A backup is written while the database is used, holds every commit, and can be read by its owner only")
    void backup() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (Database database = open()) {
            list(database, "News");
            StoredContent content = files().backup(copy);
            assertThat(content.whole()).isTrue();
            assertThat(content.rows()).containsEntry("mailing_list", 1L);
            list(database, "Later");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("copy.db.part")).doesNotExist();
        try (Database database = Database.open("jdbc:sqlite:" + copy, null, null)) {
            assertThat(lists(database)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A backup overwrites no file, and none is made of a missing database or of PostgreSQL")
    void backupRefused() throws Exception {
        Path copy = Files.writeString(folder.resolve("copy.db"), "something else");
        assertThatThrownBy(() -> files().backup(folder.resolve("new.db")))
                .hasMessageContaining("There is no database file");
        open().close();
        assertThatThrownBy(() -> files().backup(copy))
                .hasMessageContaining("copy.db exists. Give the name of a new file");
        assertThat(copy).hasContent("something else");
        assertThatThrownBy(() -> files().backup(folder.resolve("none/new.db")))
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> DatabaseFiles.of("jdbc:postgresql://host/name"))
                .hasMessageContaining("pg_dump");
    }

    @Test
    @DisplayName("A check counts the rows of an undamaged database, and tells a damaged, a truncated and an empty one")
    void check() throws Exception {
        try (Database database = open()) {
            for (int i = 0; i < 300; i++) {
                list(database, "News " + i + "x".repeat(500));
            }
        }
        assertThat(files().check().whole()).isTrue();
        assertThat(files().check().rows()).containsEntry("mailing_list", 300L);

        byte[] content = Files.readAllBytes(file());
        try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
            damaged.seek(content.length / 2);
            damaged.write(new byte[40_960]);
        }
        assertThat(files().check().problems()).isNotEmpty();

        Files.write(file(), Arrays.copyOf(content, content.length / 2));
        assertThat(files().check().problems()).isNotEmpty();

        Files.write(file(), "no database ".repeat(1_000).getBytes());
        assertThat(files().check().problems()).containsExactly("the file is not a whole database of SQLite");

        Files.write(file(), new byte[0]);
        assertThat(files().check().problems()).containsExactly("the file is empty");
    }

    @Test
    @DisplayName(
            "A restore replaces the database, keeps the replaced one beside it, and is refused while a process works with it")
    void restore() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (Database database = open()) {
            list(database, "News");
            files().backup(copy);
            list(database, "Later");
            assertThat(OtherProcess.run(url(), "restore", "-Dbackup=" + copy))
                    .startsWith("3")
                    .contains("in use by another process");
        }

        Optional<Path> replaced = files().restore(copy, NOW);
        assertThat(replaced).contains(folder.resolve("data/news.db.replaced-20261128T100000Z"));
        try (Database database = open()) {
            assertThat(lists(database)).isEqualTo(1);
        }
        try (Database old = Database.open("jdbc:sqlite:" + replaced.get(), null, null)) {
            assertThat(lists(old)).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A restore brings back a database that vanished, and a new start is not refused for it")
    void restoreVanished() throws Exception {
        Path copy = folder.resolve("copy.db");
        open().close();
        files().backup(copy);
        Files.delete(file());
        assertThatThrownBy(this::open).hasMessageContaining("is gone");

        assertThat(files().restore(copy, NOW)).isEmpty();
        open().close();
    }

    @Test
    @DisplayName("A restore from something else than a backup changes nothing")
    void restoreRefused() throws Exception {
        try (Database database = open()) {
            list(database, "News");
        }
        Path garbage = Files.writeString(folder.resolve("garbage.db"), "garbage ".repeat(1_000));
        Path empty = Files.createFile(folder.resolve("empty.db"));
        Path theirs = folder.resolve("theirs.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + theirs);
                var statement = connection.createStatement()) {
            statement.execute("create table theirs (id int)");
        }
        assertThatThrownBy(() -> files().restore(garbage, NOW)).hasMessageContaining("garbage.db is damaged");
        assertThatThrownBy(() -> files().restore(empty, NOW)).hasMessageContaining("does not exist, or is empty");
        assertThatThrownBy(() -> files().restore(theirs, NOW))
                .hasMessageContaining("is not a database of ConsentBridge");
        try (Database database = open()) {
            assertThat(lists(database)).isEqualTo(1);
        }
        assertThat(folder.resolve("data/news.db.restoring")).doesNotExist();
    }

    private Database open() {
        return Database.open(url(), null, null);
    }

    private DatabaseFiles files() {
        return DatabaseFiles.of(url());
    }

    private Path file() {
        return folder.resolve("data/news.db");
    }

    private String url() {
        return "jdbc:sqlite:" + file();
    }

    private static void list(Database database, String name) {
        database.change(
                handle -> handle.execute("insert into mailing_list (connection, name) values ('main', ?)", name));
    }

    private static int lists(Database database) {
        return database.query(handle -> handle.createQuery("select count(*) from mailing_list")
                .mapTo(Integer.class)
                .one());
    }
}
