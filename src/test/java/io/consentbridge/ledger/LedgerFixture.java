package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.Person;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A database with a ledger. */
abstract class LedgerFixture {

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00.123456Z");
    static final Person ANN = new Person("ann@c1.example.com");
    static final Person BOB = new Person("bob@c1.example.com");

    @TempDir
    Path folder;

    final TestDatabase engine;
    final String url;
    final MovedClock clock = new MovedClock();
    Database database;

    LedgerFixture(TestDatabase engine) {
        this.engine = engine;
        url = engine.withTables();
        database = engine.reopen(url);
    }

    @AfterEach
    void close() {
        database.close();
    }

    Path keyFile() {
        return folder.resolve("data/ledger.key");
    }

    Settings.Ledger settings(SealingKey... given) {
        return new Settings.Ledger(
                Optional.of(given).filter(keys -> keys.length > 0).map(keys -> keys[0]),
                Optional.of(given).filter(keys -> keys.length > 1).map(keys -> keys[1]),
                keyFile(),
                new Settings.Checkpoints(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    Keys keys(SealingKey... given) {
        return new Keys(database, settings(given), clock);
    }

    void append(LedgerEvent... events) {
        database.change(handle -> LedgerRows.append(handle, List.of(events)));
    }

    static LedgerEvent event(EventKind kind, Person person) {
        return event(kind, person, Map.of());
    }

    static LedgerEvent event(EventKind kind, Person person, Map<String, Object> evidence) {
        return new LedgerEvent(
                kind,
                person,
                "main",
                "news",
                "v1",
                "by-email",
                LedgerEvent.CRM,
                Map.of("basis", "obtained"),
                "4711",
                "run-1",
                evidence,
                NOW,
                new LedgerEvent.Told("leads", "deliver-as-expressed", "because"));
    }

    /** Events of so many people. */
    static List<LedgerEvent> events(int people) {
        return IntStream.range(0, people)
                .mapToObj(number -> event(EventKind.ALLOWED, new Person("p" + number + "@c1.example.com")))
                .toList();
    }

    long count(String table) {
        return database.query(handle ->
                handle.select("select count(*) from " + table).mapTo(Long.class).one());
    }

    /** Whether a transaction waits for another one; an embedded database does not tell. */
    boolean waitsForLock() {
        return database.query(handle -> handle.select(
                                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                        .mapTo(Long.class)
                        .one())
                > 0;
    }
}
