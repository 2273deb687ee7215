package io.consentbridge.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.Database;
import io.consentbridge.store.RunNumbers;
import io.consentbridge.store.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an embedded database when its old history is deleted. */
class ShrinkingIT {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final int RUNS = 30;
    private static final int RECORDS = 2_000;
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    private Path file;
    private Database database;
    private HistoryRetention retention;

    @BeforeEach
    void open() {
        String url = TestDatabase.SQLITE.fresh(folder);
        file = TestDatabase.fileOf(url);
        database = TestDatabase.SQLITE.reopen(url);
        retention = new HistoryRetention(database, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName(
            "The file and its log become small again after old runs are deleted, and the file does not count as replaced")
    void shrinks() {
        long empty = size();
        fill();
        database.shrink();
        long full = file.toFile().length();
        assertThat(full).as("nothing is free yet").isGreaterThan(4 * MEGABYTE);

        assertThat(retention.prune(31)).isEqualTo(RUNS - 1);
        assertThat(file.toFile().length()).as("deleting alone frees nothing").isGreaterThanOrEqualTo(full);
        assertThat(database.shrink()).isTrue();

        assertThat(size()).isLessThan(empty + MEGABYTE);
        assertThat(count("outcome")).as("the last run stays").isEqualTo(RECORDS);
        assertThat(database.fileUsable()).isTrue();
        assertThat(database.damage()).isEmpty();
        assertThat(database.fileFault()).isEmpty();
    }

    @Test
    @DisplayName("While the file shrinks, a transaction waits only a moment, and a reader keeps its view")
    void meanwhile() throws Exception {
        fill();
        retention.prune(31);
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            reader.setAutoCommit(false);
            assertThat(number(reader, "select count(*) from outcome")).isEqualTo(RECORDS);

            CompletableFuture<Boolean> shrinking = CompletableFuture.supplyAsync(database::shrink);
            Duration longest = Duration.ZERO;
            do {
                Instant begin = Instant.now();
                database.change(handle -> handle.execute("update run set message = 'written meanwhile'"));
                Duration took = Duration.between(begin, Instant.now());
                longest = took.compareTo(longest) > 0 ? took : longest;
            } while (!shrinking.isDone());

            assertThat(longest).isLessThan(Duration.ofSeconds(2));
            assertThat(shrinking.get()).as("a reader holds the log").isFalse();
            assertThat(number(reader, "select count(*) from run where message is null"))
                    .isOne();
            reader.rollback();
        }
        assertThat(database.shrink()).isTrue();
        assertThat(size()).isLessThan(2 * MEGABYTE);
    }

    @Test
    @DisplayName("A new database and a copy of it can shrink")
    void setting() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(number(connection, "pragma auto_vacuum")).isEqualTo(2);
            statement.execute("vacuum into '" + copy + "'");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
            assertThat(number(connection, "pragma auto_vacuum")).isEqualTo(2);
        }
    }

    private void fill() {
        database.change(handle -> {
            for (int run = 0; run < RUNS; run++) {
                Instant day = NOW.minus(Duration.ofDays(100 - run));
                handle.createUpdate("""
                                insert into run (id, sync, connection, cause, full_read, due_at, state, started_at, finished_at)
                                values (:id, 'leads', 'main', 'command', false, :day, 'completed', :day, :day)
                                """)
                        .bind("id", "run " + run)
                        .bind("day", day)
                        .execute();
                handle.createUpdate("""
                                insert into outcome (run, record_id, kind, detail)
                                with recursive n (i) as (select 1 union all select i + 1 from n where i < :records)
                                select :run, 'r' || i, 1, 'Consent was obtained on the form of the fair.' from n
                                """)
                        .bind("run", RunNumbers.of(handle, "run " + run))
                        .bind("records", RECORDS)
                        .execute();
            }
        });
    }

    private long count(String table) {
        return database.query(handle ->
                handle.select("select count(*) from " + table).mapTo(Long.class).one());
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }

    private long size() {
        return file.toFile().length()
                + file.resolveSibling(file.getFileName() + "-wal").toFile().length();
    }
}
