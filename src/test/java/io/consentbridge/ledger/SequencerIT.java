package io.consentbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.consent.Person;
import io.consentbridge.proof.Evidence;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.LogTree;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.RunNumbers;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How events get their numbers, on every engine. */
@EveryEngine
class SequencerIT extends LedgerFixture {

    private static final SealingKey MASTER = SealingKey.random();

    SequencerIT(TestDatabase engine) {
        super(engine);
    }

    private Sequencer sequencer(String node) {
        Keys keys = keys(MASTER);
        keys.begin();
        return new Sequencer(database, keys, clock, node, Duration.ofMinutes(1));
    }

    private int sequence() {
        return sequencer("node-1").run(clock.instant().plusSeconds(1));
    }

    private List<Long> numbers() {
        return database.query(handle -> handle.select("select id from ledger_entry order by id")
                .mapTo(Long.class)
                .list());
    }

    @Test
    @DisplayName("Every event gets one number, without a gap, and what is plain of it is gone")
    void sequenced() {
        append(event(EventKind.GIVEN, ANN, Map.of("how", "web")), event(EventKind.DELIVERED, ANN));
        append(event(EventKind.ALLOWED, BOB));
        List<LedgerEntry> before = new PersonLedger(database).of(ANN);

        assertThat(sequence()).isEqualTo(3);
        assertThat(sequence()).isZero();

        assertThat(numbers()).containsExactly(0L, 1L, 2L);
        assertThat(count("ledger_event")).isZero();
        List<LedgerEntry> after = new PersonLedger(database).of(ANN);
        assertThat(after).extracting(LedgerEntry::sequence).containsExactly(OptionalLong.of(0), OptionalLong.of(1));
        assertThat(after)
                .extracting(LedgerEntry::event)
                .isEqualTo(before.stream().map(LedgerEntry::event).toList());
        assertThat(after)
                .extracting(LedgerEntry::at)
                .isEqualTo(before.stream().map(LedgerEntry::at).toList());
        assertThat(after).extracting(LedgerEntry::evidence).as("without keys").containsOnly(Map.of());
        PersonLedger withKeys = new PersonLedger(database, keys(MASTER));
        assertThat(withKeys.of(ANN)).extracting(LedgerEntry::evidence).containsExactly(Map.of("how", "web"), Map.of());
        assertThat(withKeys.proven(ANN)).hasSize(2).allSatisfy(proven -> {
            Evidence evidence = proven.evidence().orElseThrow();
            assertThat(new String(proven.leaf())).contains("\"evidence\":\"" + evidence.hash() + "\"");
            assertThat(new String(evidence.text()))
                    .contains("\"record\":\"4711\",\"run\":\"run-1\",\"sync\":\"leads\"}");
        });
        assertThat(count("ledger_subject")).isEqualTo(2);
        assertThat(count("ledger_entry where sealed is not null")).isEqualTo(1);
    }

    @Test
    @DisplayName("Many events are numbered in batches, and the tree holds them all")
    void many() {
        database.change(handle -> LedgerRows.append(handle, events(2600)));
        assertThat(sequence()).isEqualTo(2600);
        append(event(EventKind.GIVEN, ANN));
        assertThat(sequence()).isEqualTo(1);

        assertThat(numbers()).isEqualTo(LongStream.rangeClosed(0, 2600).boxed().toList());
        Hash root = database.query(handle -> new LogTree(new StoredTiles(handle), 2601).root());
        assertThat(root).isNotEqualTo(Hash.EMPTY_TREE);
        assertThat(count("ledger_subject")).isEqualTo(2601);
    }

    @Test
    @DisplayName(
            "A refusal of somebody whose consent stands is a withdrawal, numbered or not; of anybody else it is a suppression")
    void withdrawn() {
        append(event(EventKind.GIVEN, ANN), event(EventKind.ALLOWED, BOB));
        append(gone(ANN, "bounced"), gone(BOB, "opted-out"));
        sequence();
        append(event(EventKind.GIVEN, ANN));
        append(gone(ANN, "opted-out"));
        append(gone(ANN, "opted-out"));
        assertThat(kinds(ANN))
                .containsExactly(
                        EventKind.GIVEN,
                        EventKind.SUPPRESSED,
                        EventKind.GIVEN,
                        EventKind.WITHDRAWN,
                        EventKind.SUPPRESSED);
        assertThat(kinds(BOB)).containsExactly(EventKind.ALLOWED, EventKind.SUPPRESSED);
    }

    @Test
    @DisplayName("Events get their numbers in the order in which they became true, whichever connection appended them")
    void inOrder() {
        append(event(EventKind.GIVEN, BOB));
        append(gone(BOB, "opted-out"));
        append(event(EventKind.ALLOWED, ANN));
        database.change(one -> {
            LedgerRows.append(one, List.of(event(EventKind.ALLOWED, ANN)));
            // An embedded database has one connection that writes.
            if (engine.shared()) {
                CompletableFuture.runAsync(() -> append(event(EventKind.GIVEN, ANN)))
                        .join();
            } else {
                LedgerRows.append(one, List.of(event(EventKind.GIVEN, ANN)));
            }
            LedgerRows.append(one, List.of(gone(ANN, "opted-out")));
        });
        sequence();
        assertThat(kinds(ANN))
                .containsExactly(EventKind.ALLOWED, EventKind.ALLOWED, EventKind.GIVEN, EventKind.WITHDRAWN);
    }

    private List<EventKind> kinds(Person person) {
        return new PersonLedger(database)
                .of(person).stream().map(LedgerEntry::event).toList();
    }

    private static LedgerEvent gone(Person person, String reason) {
        return new LedgerEvent(
                EventKind.SUPPRESSED,
                person,
                "main",
                "news",
                "v1",
                "",
                LedgerEvent.CAMPAIGNS,
                Map.of("reason", reason),
                "",
                "",
                Map.of(),
                NOW);
    }

    @Test
    @DisplayName("Two processes never number at once: the other one goes on when the lease of the first is over")
    void lease() {
        append(event(EventKind.GIVEN, ANN));
        assertThat(sequencer("node-1").run(clock.instant().plusSeconds(1))).isEqualTo(1);
        append(event(EventKind.GIVEN, BOB));
        assertThat(sequencer("node-2").run(clock.instant().plusSeconds(1))).isZero();
        clock.pass(Duration.ofMinutes(2));
        assertThat(sequencer("node-2").run(clock.instant().plusSeconds(1))).isEqualTo(1);
        assertThat(numbers()).containsExactly(0L, 1L);
    }

    @Test
    @DisplayName("A process that is done lets another one number at once")
    void givenBack() {
        append(event(EventKind.GIVEN, ANN));
        Sequencer first = sequencer("node-1");
        assertThat(first.run(clock.instant().plusSeconds(1))).isEqualTo(1);
        append(event(EventKind.GIVEN, BOB));
        sequencer("node-3").giveBack();
        assertThat(sequencer("node-2").run(clock.instant().plusSeconds(1))).isZero();
        first.giveBack();
        assertThat(sequencer("node-2").run(clock.instant().plusSeconds(1))).isEqualTo(1);
        assertThat(numbers()).containsExactly(0L, 1L);
    }

    @Test
    @DisplayName("An event that was committed later than a younger one is numbered too")
    void committedLate() {
        append(event(EventKind.GIVEN, ANN), event(EventKind.GIVEN, BOB));
        database.change(handle -> handle.execute("update ledger_event set id = id + 1000"));
        assertThat(sequence()).isEqualTo(2);
        append(event(EventKind.WITHDRAWN, ANN));
        database.change(handle -> handle.execute("update ledger_event set id = 3"));
        assertThat(sequence()).isEqualTo(1);
        assertThat(numbers()).containsExactly(0L, 1L, 2L);
    }

    @Test
    @DisplayName("A batch that fails leaves everything as it was, and is numbered again")
    void failed() {
        sequencer("node-1");
        append(event(EventKind.GIVEN, ANN));
        assertThatThrownBy(() -> database.change(handle -> {
                    new Batch(handle, keys(MASTER)).write(10);
                    throw new IllegalStateException("killed");
                }))
                .hasMessageContaining("killed");
        assertThat(numbers()).isEmpty();
        assertThat(count("ledger_event")).isEqualTo(1);
        assertThat(count("ledger_tile")).isZero();
        assertThat(sequence()).isEqualTo(1);
        assertThat(numbers()).containsExactly(0L);
    }

    @Test
    @DisplayName("After an erasure the numbers stay, and nothing of the person can be read")
    void erased() {
        append(event(EventKind.GIVEN, ANN, Map.of("ip", "192.0.2.1")), event(EventKind.GIVEN, BOB));
        sequence();
        append(event(EventKind.ERASED, ANN));
        database.change(handle -> keys(MASTER).destroy(handle, List.of(ANN)));
        assertThat(sequence()).isEqualTo(1);

        assertThat(numbers()).containsExactly(0L, 1L, 2L);
        assertThat(new PersonLedger(database).of(ANN)).isEmpty();
        assertThat(new PersonLedger(database).of(BOB)).hasSize(1);
        assertThat(count("ledger_subject where wrapped_key is null and person_id is null"))
                .isEqualTo(1);
        assertThat(count("ledger_entry where sealed is not null")).isZero();
    }

    @Test
    @DisplayName("A person who is erased while their events get numbers leaves neither record nor key")
    void erasedMeanwhile() {
        Keys keys = keys(MASTER);
        keys.begin();
        append(event(EventKind.GIVEN, ANN, Map.of("ip", "192.0.2.1")));
        CompletableFuture<Void> erasure = database.transaction(handle -> {
            LogRows.keepLease(handle, "node-1", NOW, NOW.plusSeconds(60));
            new Batch(handle, keys).write(1000);
            CompletableFuture<Void> destroying =
                    CompletableFuture.runAsync(() -> database.change(other -> keys.destroy(other, List.of(ANN))));
            await().until(() -> destroying.isDone() || database.embedded() || waitsForLock());
            return destroying;
        });
        erasure.join();

        assertThat(numbers()).containsExactly(0L);
        assertThat(count("ledger_entry where record_id is not null or sealed is not null"))
                .isZero();
        assertThat(count("ledger_subject where wrapped_key is not null or person_id is not null"))
                .isZero();
    }

    @Test
    @DisplayName(
            "Decisions of before there was a ledger are imported once, page by page, and say since when they are protected")
    void imported() {
        database.change(handle -> {
            long ann = PersonNumbers.of(handle, List.of(ANN)).of(ANN);
            long run = RunNumbers.of(handle, "run-0");
            handle.execute("""
                    insert into ledger_decision (id, fingerprint, connection, purpose, statement_version, sync, decision, why)
                    values (1, 'f', 'main', 'news', 'v1', 'leads', 'deliver', 'because')
                    """);
            for (int i = 1; i <= 2500; i++) {
                handle.createUpdate("""
                                insert into consent_ledger (id, person_id, decision, record_id, run, evidence, recorded_at)
                                values (:id, :ann, 1, '41', :run, '{"how":null}', :at)
                                """)
                        .bind("id", i)
                        .bind("ann", ann)
                        .bind("run", run)
                        .bind("at", NOW.plusSeconds(i))
                        .execute();
            }
        });
        List<LedgerEntry> before = new PersonLedger(database).of(ANN);
        append(event(EventKind.GIVEN, BOB));

        assertThat(sequence()).isEqualTo(2501);

        assertThat(count("consent_ledger")).isZero();
        List<LedgerEntry> after = new PersonLedger(database).of(ANN);
        assertThat(after)
                .hasSize(2500)
                .extracting(LedgerEntry::at)
                .isEqualTo(before.stream().map(LedgerEntry::at).toList());
        assertThat(after).extracting(LedgerEntry::event).containsOnly(EventKind.IMPORTED);
        assertThat(count("ledger_kind where event = 'imported'")).isEqualTo(1);
        assertThat(database.<String>query(
                        handle -> handle.select("select inputs from ledger_kind where event = 'imported'")
                                .mapTo(String.class)
                                .one()))
                .isEqualTo("{\"decision\":\"deliver\",\"unprotectedBefore\":\"" + clock.instant() + "\"}");
        assertThat(after.get(0).recordId()).isEqualTo("41");
        assertThat(after.get(0).decision()).isEqualTo("deliver");
    }
}
