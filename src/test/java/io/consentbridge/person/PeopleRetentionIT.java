package io.consentbridge.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Settings;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.Keys;
import io.consentbridge.person.PeopleRetention.Position;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.RunNumbers;
import io.consentbridge.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EveryEngine
@DisplayName("PeopleRetentionIT: people of whom nothing is known any more are forgotten")
class PeopleRetentionIT {

    private static final Person ANN = new Person("ann@example.com");

    @TempDir
    private Path folder;

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private Database database;
    private PeopleRetention retention;
    private Instant before;
    private Instant old;

    PeopleRetentionIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        before = clock.instant().minus(Duration.ofDays(100));
        old = before.minus(Duration.ofDays(1));
        Keys keys = new Keys(
                database,
                new Settings.Ledger(
                        Optional.empty(),
                        Optional.empty(),
                        folder.resolve("ledger.key"),
                        new Settings.Checkpoints(Optional.empty(), Optional.empty(), Optional.empty())),
                clock);
        retention = new PeopleRetention(
                database,
                new Erasures.PersonKeys() {
                    @Override
                    public void seal() {}

                    @Override
                    public void destroy(Handle handle, Collection<Person> people) {
                        keys.destroy(handle, people);
                    }
                },
                clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long met(Person person) {
        return database.transaction(
                handle -> PersonNumbers.of(handle, List.of(person)).of(person));
    }

    private void run(String sql, Object... values) {
        database.change(handle -> handle.execute(sql, values));
    }

    private long count(String what) {
        return database.query(handle ->
                handle.select("select count(*) from " + what).mapTo(Long.class).one());
    }

    private Position forget() {
        return retention.forget(Position.BEGINNING, before);
    }

    /** A run with an outcome of a person. */
    private void outcome(long person, String id, String state, Instant at) {
        run(
                "insert into run (id, sync, connection, cause, full_read, due_at, state, started_at, finished_at)"
                        + " values (?, 'leads', 'main', 'command', false, ?, ?, ?, ?)",
                id,
                at,
                state,
                at,
                at);
        database.change(handle -> handle.execute(
                "insert into outcome (run, record_id, person_id, kind, detail) values (?, 'r1', ?, 1, 'Zerelda')",
                RunNumbers.of(handle, id),
                person));
    }

    /** An entry of the ledger about a person, under a key. */
    private void entry(long person, Instant at) {
        run(
                "insert into ledger_subject (person_id, subject, wrapped_key, master) values (?, ?, ?, 1)",
                person,
                new byte[] {1},
                new byte[] {2});
        run(
                "insert into ledger_entry (kind, subject, record_id, happened_at, sealed)"
                        + " select 1, id, 'r1', ?, ? from ledger_subject where person_id = ?",
                at,
                new byte[] {3},
                person);
    }

    @Test
    @DisplayName(
            "a person whose last event and outcome are old is forgotten with key and evidence, and is not suppressed")
    void forgotten() {
        long ann = met(ANN);
        outcome(ann, "run-1", "completed", old);
        entry(ann, old);
        run("insert into mailing_list (connection, name) values ('main', 'news')");
        run("insert into list_member (list_id, person_id, active) select id, ?, false from mailing_list", ann);
        run("insert into refused_address values (?, 'main', 'group', 'x', ?)", ann, old);

        Position end = forget();

        assertThat(end.end()).isTrue();
        assertThat(end.forgotten()).isEqualTo(1);
        for (String table : List.of("person", "list_member", "refused_address", "suppression", "erased_subject")) {
            assertThat(count(table)).as(table).isZero();
        }
        assertThat(count("outcome where person_id is null and detail is null and record_id like 'erased-%'"))
                .isOne();
        assertThat(count("ledger_subject where person_id is null and wrapped_key is null"))
                .isOne();
        assertThat(count("ledger_entry where sealed is null and record_id is null"))
                .isOne();
        assertThat(
                        count(
                                "ledger_event v join ledger_kind k on k.id = v.kind"
                                        + " where k.event = 'erased' and k.source = 'product' and v.person_id is null and v.subject is not null"))
                .as("the ledger says why nobody can read the evidence")
                .isOne();
    }

    @Test
    @DisplayName("a person with a younger outcome or a younger event stays until that is old, too")
    void young() {
        long ann = met(ANN);
        outcome(ann, "run-1", "completed", old);
        outcome(ann, "run-2", "completed", before.plusSeconds(1));
        long bob = met(new Person("bob@example.com"));
        entry(bob, before.plusSeconds(1));

        assertThat(forget().forgotten()).isZero();
        assertThat(count("outcome where person_id is not null")).isEqualTo(2);
        before = before.plusSeconds(2);
        assertThat(forget().forgotten()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into source_record (sync, record_id, person_id, modified_at, settled, decision) values ('s', 'r', :person, :old, true, 'ignore')",
                "insert into suppression (connection, person_id, list_id, origin, reason, since) values ('main', :person, 0, 'campaigns', 'opted-out', :old)",
                "insert into unknown_word (connection, person_id, origin, said_by) values ('main', :person, 'crm:Leads:1', :old)",
                "insert into former_address (person_id, connection, former_id, sync, record_id) values (:person, 'main', 0, 's', 'r')",
                "insert into former_address (person_id, connection, former_id, sync, record_id) values (0, 'main', :person, 's', 'r')",
                "insert into listed_as (list_id, person_id, spelling, active) values (1, :person, 'Ann@example.com', false)",
                "insert into delivery (list_id, person_id, connection, action, priority, content, fingerprint, run_id, record_id, on_success, on_success_updated, due_at) values (1, :person, 'main', 'subscribe', 1, '{}', 'f', 'r', 'r', 'new', false, :old)",
                "insert into dead_letter (list_id, person_id, connection, sync, action, priority, content, fingerprint, run_id, record_id, on_success, on_success_updated, cause, parked_at) values (1, :person, 'main', 's', 'subscribe', 1, '{}', 'f', 'r', 'r', 'new', false, 'c', :old)",
                "insert into confirmation_request (connection, purpose, statement_version, person_id, address, via, state, ground, list_id, sync, module, record_id, run_id, content, fingerprint, requested_at) values ('main', 'p', 'v', :person, 'a', 'mail', 'given', 'g', 1, 's', 'Leads', 'r', 'r', '{}', 'f', :old)",
                "insert into workflow_start (connection, workflow, trigger_key, list_id, person_id, purpose, state) values ('main', 'w', 't', 1, :person, 'p', 'pending')",
                "insert into campaign_reaction (id, campaign_id, reaction, person_id, seen_at) values (1, 1, 'sent', :person, :now)",
                "insert into erasure (person_id, asked_at) values (:person, :old)",
                "insert into consent_ledger (person_id, decision, record_id, run, recorded_at) values (:person, 1, 'r', 1, :old)",
                "insert into ledger_event (kind, person_id, happened_at) values (1, :person, :old)",
                "insert into refused_address (person_id, connection, reason, code, since) values (:person, 'main', 'group', 'x', :now)",
                "insert into list_member (list_id, person_id, active) select id, :person, true from mailing_list",
                "insert into list_member (list_id, person_id, active, taken_off) select id, :person, false, true from mailing_list",
                "insert into list_member (list_id, person_id, active, unsure) select id, :person, false, true from mailing_list",
                "insert into list_member (list_id, person_id, active, lost) select id, :person, false, true from mailing_list",
            })
    @DisplayName("a person who still stands somewhere stays")
    void stands(String row) {
        long ann = met(ANN);
        run("insert into mailing_list (connection, name) values ('main', 'news')");
        database.change(handle -> handle.createUpdate(row)
                .bind("person", ann)
                .bind("old", old)
                .bind("now", clock.instant())
                .execute());

        assertThat(forget().forgotten()).isZero();
        assertThat(count("person")).isOne();
    }

    @Test
    @DisplayName("what a person did with a mail long ago is forgotten with the person")
    void reacted() {
        long ann = met(ANN);
        run(
                "insert into campaign_reaction (id, campaign_id, reaction, person_id, seen_at) values (1, 1, 'clicked', ?, ?)",
                ann,
                old);
        assertThat(forget().forgotten()).isOne();
        assertThat(count("campaign_reaction")).isZero();
    }

    @Test
    @DisplayName("every table that names a person is asked before one is forgotten")
    void everyTable() {
        assertThat(database.query(TestDatabase::columns).stream()
                        .filter(column -> column.endsWith("person_id") || column.endsWith("former_id"))
                        .map(column -> column.substring(0, column.indexOf('.')))
                        .filter(table -> !table.equals("outcome"))
                        .distinct())
                .allSatisfy(table -> assertThat(PeopleRetention.FREE).containsPattern("(from|join) " + table + "\\b"));
    }

    @Test
    @DisplayName("nobody is forgotten while a run reads, and the search goes on where it stopped")
    void whileReading() {
        IntStream.range(0, 250).forEach(number -> met(new Person("p" + number + "@example.com")));
        outcome(0, "run-1", "reading", clock.instant());

        assertThat(forget()).isEqualTo(Position.BEGINNING);
        run("update run set state = 'completed'");
        assertThat(forget().forgotten()).isEqualTo(250);
        assertThat(count("person")).isZero();
    }

    @Test
    @DisplayName(
            "a refusal that is stored by another transaction at the same moment is not lost, and nobody waits for long")
    void refusesMeanwhile() throws Exception {
        long ann = met(ANN);
        CountDownLatch found = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> refusal = other.submit(() -> database.change(handle -> {
                long number = PersonNumbers.of(handle, List.of(ANN)).of(ANN);
                found.countDown();
                await(go);
                handle.execute(
                        "insert into suppression (connection, person_id, list_id, origin, reason, since) values ('main', ?, 0, 'crm:Leads:1', 'opted-out', ?)",
                        number,
                        old);
            }));
            await(found);
            if (!database.embedded()) {
                assertThat(forget()).as("others store people").isEqualTo(new Position(ann - 1, 0, false));
            }
            go.countDown();
            refusal.get();
        } finally {
            go.countDown();
            other.shutdownNow();
        }
        assertThat(forget().forgotten()).isZero();
        assertThat(count("suppression s join person p on p.id = s.person_id")).isOne();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
