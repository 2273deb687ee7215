package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("A database that goes while the runtime is up")
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
    @DisplayName(
            "ends the process when its file cannot be opened any more, once, within seconds, with a line for each change")
    void fileGone() throws Exception {
        Path file = folder.resolve("data/consentbridge");
        try (Database database = Database.open("jdbc:h2:file:" + file, null, null)) {
            StoreWatch watch = new StoreWatch(database, now::get, ended::incrementAndGet);
            look(watch, 3);
            assertThat(said.list).isEmpty();

            catchThrowable(() -> database.change(handle -> handle.execute("shutdown immediately")));
            Files.writeString(Path.of(file + ".mv.db"), "no database".repeat(2_000));
            look(watch, 9);

            assertThat(ended.get()).isOne();
            assertThat(said.list).hasSize(2);
        }
    }

    @Test
    @DisplayName("or whose file is empty at the start is refused with both ways out, and not begun anew")
    void emptyFile() throws Exception {
        Path file = folder.resolve("consentbridge");
        Files.createFile(Path.of(file + ".mv.db"));

        assertThat(catchThrowable(() -> Database.open("jdbc:h2:file:" + file, null, null)))
                .isInstanceOf(DatabaseFault.class)
                .hasMessageContaining(file + ".mv.db is empty. Put a backup in its place, or remove it");
    }

    private void look(StoreWatch watch, int seconds) {
        for (int second = 0; second < seconds; second++) {
            now.updateAndGet(before -> before.plusSeconds(1));
            watch.look();
        }
    }
}
