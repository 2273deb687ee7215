package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.zoho.AccessToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The database. */
class DatabaseIT {

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("What was committed survives a killed process")
    void killed(TestDatabase engine) throws Exception {
        String url = engine.fresh();
        assertThat(OtherProcess.run(url, "die")).startsWith("9");
        try (Database database = engine.reopen(url)) {
            List<String> found = database.query(handle -> handle.select("select record_id from sync_cursor")
                    .mapTo(String.class)
                    .list());
            assertThat(found).containsExactly("7");
        }
    }

    @Test
    @DisplayName("A second process on the same file gets the file's name and the remedies")
    void secondProcess() throws Exception {
        String url = TestDatabase.SQLITE.fresh();
        try (Database database = TestDatabase.SQLITE.reopen(url)) {
            assertThat(database.answers()).isTrue();
            assertThat(OtherProcess.run(url, "open"))
                    .startsWith("3")
                    .contains(TestDatabase.fileOf(url) + " is in use by another process", "stop it", "PostgreSQL");
        }
    }

    @Test
    @DisplayName("A missing server and a missing database are distinguished")
    void unreachable() {
        assertThatThrownBy(() -> Database.open("jdbc:postgresql://127.0.0.1:1/none", "u", "p"))
                .isInstanceOf(DatabaseFault.class)
                .hasMessageContaining("PostgreSQL at 127.0.0.1:1/none cannot be reached");
        String url = TestDatabase.POSTGRES.fresh().replace("/postgres?", "/another?");
        assertThatThrownBy(() -> Database.open(url, "postgres", "postgres"))
                .hasMessageContaining("has no such database");
        assertThatThrownBy(() -> Database.open("jdbc:oracle:thin", null, null))
                .hasMessageContaining("database.url must begin with");
    }

    @Test
    @DisplayName("Only the owner can read a folder that is created for an embedded database")
    void folderOfItsOwner(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("new/data");
        Database.open("jdbc:sqlite:" + data + "/db", null, null).close();
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    @DisplayName(
            "Only the owner can read the files of an embedded database, in a folder that all can read, and no matter who created them")
    void filesOfItsOwner(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String url = "jdbc:sqlite:" + folder + "/mails.db";
        Database.open(url, null, null).close();
        Path file = folder.resolve("mails.db");
        assertThat(rights(file)).isEqualTo("rw-------");

        Path beside = Files.createFile(folder.resolve("mails.db.bak"));
        Path anothers = Files.createFile(folder.resolve("mails.csv"));
        for (Path open : new Path[] {file, beside, anothers}) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-r--"));
        }
        Database.open(url, null, null).close();
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(rights(beside)).isEqualTo("rw-------");
        assertThat(rights(anothers)).isEqualTo("rw-rw-r--");
    }

    private static String rights(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("A database is missing until it is opened once, and looking for it creates none")
    void missing(TestDatabase engine) {
        String url = engine.fresh();
        for (int again = 0; again < 2; again++) {
            assertThat(Database.missing(url, engine.user(), engine.password()))
                    .contains(
                            engine == TestDatabase.SQLITE
                                    ? TestDatabase.fileOf(url).toString()
                                    : url.replace("jdbc:postgresql://", "tables in PostgreSQL at ")
                                            .replaceFirst("[?].*", ""));
        }
        engine.reopen(url).close();
        assertThat(Database.missing(url, engine.user(), engine.password())).isEmpty();
    }

    @Test
    @DisplayName("A folder that cannot be made is named")
    void folder(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("data"));
        assertThatThrownBy(() -> Database.open("jdbc:sqlite:" + file + "/db", null, null))
                .isInstanceOf(DatabaseFault.class)
                .hasMessageContaining("cannot be made");
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("After closing every call is a fault, and health says so")
    void closed(TestDatabase engine) {
        Database database = engine.open();
        assertThat(database.answers()).isTrue();
        database.close();
        assertThat(database.answers()).isFalse();
        assertThatThrownBy(() -> database.change(handle -> {})).isInstanceOf(DatabaseFault.class);
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("A refused statement quotes no row")
    void noPersonalData(TestDatabase engine) {
        try (Database database = engine.open()) {
            assertThatThrownBy(() -> database.change(handle -> handle.createUpdate(
                                    "insert into person (id, address) values (1, :person), (1, :person)")
                            .bind("person", "jane@example.com")
                            .execute()))
                    .isInstanceOf(DatabaseFault.class)
                    .hasMessageContaining(engine == TestDatabase.SQLITE ? "SQLite code 19" : "23505")
                    .hasMessageNotContaining("jane")
                    .hasNoCause();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(EveryEngine.Chosen.class)
    @DisplayName("One of many callers refreshes the token, and all get its result; another credential gets its own")
    void oneRefresh(TestDatabase engine) throws Exception {
        try (Database database = engine.open()) {
            JdbcTokenStore tokens = new JdbcTokenStore(database);
            AtomicInteger refreshes = new AtomicInteger();
            Instant expires = Instant.parse("2026-11-22T10:00:00Z");
            ExecutorService callers = Executors.newFixedThreadPool(6);
            List<Future<AccessToken>> got = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                got.add(callers.submit(() -> tokens.obtain(
                        "main",
                        "hash",
                        token -> true,
                        () -> new AccessToken("t" + refreshes.incrementAndGet(), expires))));
            }
            for (Future<AccessToken> token : got) {
                assertThat(token.get()).isEqualTo(new AccessToken("t1", expires));
            }
            callers.shutdown();
            AccessToken other = new AccessToken("other", expires);
            assertThat(tokens.obtain("main", "hash2", token -> true, () -> other))
                    .isEqualTo(other);
            assertThatThrownBy(() -> tokens.obtain("main", "hash2", token -> false, () -> {
                        throw new IllegalStateException("Zoho is away");
                    }))
                    .hasMessage("Zoho is away");
            assertThat(tokens.obtain("main", "hash2", token -> true, () -> null))
                    .isEqualTo(other);
        }
    }
}
