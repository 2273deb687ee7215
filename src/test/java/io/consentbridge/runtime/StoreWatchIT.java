package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A database that goes while the runtime is up. */
class StoreWatchIT {

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(StoreWatch.class);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-01T10:00:00Z"));
    private final AtomicInteger ended = new AtomicInteger();

    @BeforeEach
    void listen() {
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void silence() {
        log.detachAppender(said);
    }

    @Test
    @DisplayName("ends the process at once when its file is damaged, with one line")
    void damaged() throws Exception {
        try (Database database = open()) {
            StoreWatch watch = new StoreWatch(database, now::get, ended::incrementAndGet);
            look(watch, 3);
            assertThat(said.list).isEmpty();

            // What is in the log is read from there, and repairs the file.
            await().until(() -> emptyLog(database));
            Files.writeString(file(), "no database".repeat(2_000));
            // A connection of the pool that is just being opened may lock the file, which is no damage.
            await().until(() -> {
                look(watch, 1);
                return ended.get() > 0;
            });
            look(watch, 9);

            assertThat(ended.get()).isOne();
            assertThat(said.list).hasSize(1);
        }
    }

    @Test
    @DisplayName("ends the process at once when its file is replaced or deleted, with one line")
    void replaced() throws Exception {
        try (Database database = open()) {
            StoreWatch watch = new StoreWatch(database, now::get, ended::incrementAndGet);
            look(watch, 3);
            Files.delete(file());
            Files.writeString(file(), "another file");
            look(watch, 9);

            assertThat(ended.get()).isOne();
            assertThat(said.list).hasSize(1);
        }
    }

    @Test
    @DisplayName("ends the process within seconds when its disk stays full, with a line for each change")
    void full() {
        try (Database database = open()) {
            StoreWatch watch = new StoreWatch(database, now::get, ended::incrementAndGet);
            look(watch, 3);
            pages(database, 1);
            for (int second = 0; second < 9; second++) {
                assertThat(catchThrowable(() -> write(database))).hasMessageContaining("is full. Free space on it.");
                look(watch, 1);
            }

            assertThat(ended.get()).isOne();
            assertThat(said.list).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "counts as back when there is room again and it has failed nothing for ten seconds, and the process continues")
    void back() {
        try (Database database = open()) {
            StoreWatch watch = new StoreWatch(database, now::get, ended::incrementAndGet);
            look(watch, 3);
            pages(database, 1);
            for (int second = 0; second < 2; second++) {
                catchThrowable(() -> write(database));
                look(watch, 1);
            }
            pages(database, 1_000_000);
            write(database);
            look(watch, 8);
            assertThat(said.list).hasSize(1);
            look(watch, 10);

            assertThat(ended.get()).isZero();
            assertThat(said.list).hasSize(2);
            assertThat(said.list.get(1).getFormattedMessage()).isEqualTo("The database answers again");
        }
    }

    /** SQLite never takes fewer pages than it has. */
    private static void pages(Database database, int most) {
        database.change(handle -> handle.createQuery("pragma max_page_count = " + most)
                .mapTo(Long.class)
                .one());
    }

    private static void write(Database database) {
        database.change(handle -> handle.execute(
                "insert into mailing_list (connection, name) values ('main', ?)",
                UUID.randomUUID() + "x".repeat(20_000)));
    }

    @Test
    @DisplayName("or whose file is empty at the start is refused with both ways out, and not begun anew")
    void emptyFile() throws Exception {
        Path file = folder.resolve("consentbridge.db");
        Files.createFile(file);

        assertThat(catchThrowable(() -> Database.open("jdbc:sqlite:" + file, null, null)))
                .isInstanceOf(DatabaseFault.class)
                .hasMessageContaining(file + " is empty. Restore a backup, or remove the file");
    }

    /** Whether nobody was in the way. */
    private static boolean emptyLog(Database database) {
        return database.query(handle -> handle.createQuery("pragma wal_checkpoint(truncate)")
                .map((result, context) -> result.getInt("busy") == 0)
                .one());
    }

    private Path file() {
        return folder.resolve("data/consentbridge.db");
    }

    private Database open() {
        return Database.open("jdbc:sqlite:" + folder.resolve("data/consentbridge.db"), null, null);
    }

    private void look(StoreWatch watch, int seconds) {
        for (int second = 0; second < seconds; second++) {
            now.updateAndGet(before -> before.plusSeconds(1));
            watch.look();
        }
    }
}
