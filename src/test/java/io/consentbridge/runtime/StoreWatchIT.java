package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
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

            catchThrowable(() -> database.change(handle -> handle.execute("shutdown immediately")));
            Files.writeString(file(), "no database".repeat(2_000));
            look(watch, 9);

            assertThat(ended.get()).isOne();
            assertThat(said.list).hasSize(1);
        }
    }

    @Test
    @DisplayName("ends the process within seconds when its file cannot be opened any more, with a line for each change")
    void closed() throws Exception {
        try (Database database = open()) {
            StoreWatch watch = new StoreWatch(database, now::get, ended::incrementAndGet);
            look(watch, 3);
            catchThrowable(() -> database.change(handle -> handle.execute("shutdown immediately")));
            try (FileChannel other = FileChannel.open(file(), StandardOpenOption.WRITE);
                    FileLock held = other.lock()) {
                look(watch, 9);
                assertThat(held.isValid()).isTrue();
            }

            assertThat(ended.get()).isOne();
            assertThat(said.list).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "counts as back when its file can be opened again and has failed nothing for ten seconds, and the process continues")
    void back() throws Exception {
        try (Database database = open()) {
            StoreWatch watch = new StoreWatch(database, now::get, ended::incrementAndGet);
            look(watch, 3);
            catchThrowable(() -> database.change(handle -> handle.execute("shutdown immediately")));
            try (FileChannel other = FileChannel.open(file(), StandardOpenOption.WRITE);
                    FileLock held = other.lock()) {
                look(watch, 2);
                assertThat(held.isValid()).isTrue();
            }
            look(watch, 8);
            assertThat(said.list).hasSize(1);
            look(watch, 10);

            assertThat(ended.get()).isZero();
            assertThat(said.list).hasSize(2);
            assertThat(said.list.get(1).getFormattedMessage()).isEqualTo("The database answers again");
        }
    }

    @Test
    @DisplayName("or whose file is empty at the start is refused with both ways out, and not begun anew")
    void emptyFile() throws Exception {
        Path file = folder.resolve("consentbridge");
        Files.createFile(Path.of(file + ".mv.db"));

        assertThat(catchThrowable(() -> Database.open("jdbc:h2:file:" + file, null, null)))
                .isInstanceOf(DatabaseFault.class)
                .hasMessageContaining(file + ".mv.db is empty. Restore a backup, or remove the file");
    }

    private Path file() {
        return folder.resolve("data/consentbridge.mv.db");
    }

    private Database open() {
        return Database.open("jdbc:h2:file:" + folder.resolve("data/consentbridge"), null, null);
    }

    private void look(StoreWatch watch, int seconds) {
        for (int second = 0; second < seconds; second++) {
            now.updateAndGet(before -> before.plusSeconds(1));
            watch.look();
        }
    }
}
