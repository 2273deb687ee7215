package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the books say of people whom we took off a list, on every engine. */
@EveryEngine
class PutBackIT {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final TestDatabase engine;
    private OutboxFixture scene;

    PutBackIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
        scene.database.change(handle -> handle.execute("""
                insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)
                values ('run1', 'leads', 'main', 'command', false, ?, 'delivering', ?)
                """, TIME, TIME));
        send(scene.draft("run1", 1), new Outcome.New());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void send(Draft draft, Outcome outcome) {
        scene.outbox.enqueue(List.of(draft));
        List<Delivery> flying = scene.outbox.claim("main", draft.action(), "one", 1, OutboxFixture.LEASE);
        assertThat(flying).hasSize(1);
        scene.outbox.settle(List.of(new Settlement.Delivered(flying.get(0), outcome)));
    }

    private void takeOff() {
        scene.clock.pass(Duration.ofMinutes(1));
        Draft leaving = Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", new Outcome.Deleted())
                .heldBack("leads", Held.Cause.DELETED);
        scene.outbox.enqueue(List.of(leaving));
        scene.database.change(handle -> new HeldDeliveries(handle, "main", "leads").release(scene.clock.instant()));
        Delivery flying = scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);
        scene.outbox.settle(List.of(new Settlement.Delivered(flying, new Outcome.Deleted())));
    }

    private void look(Integer... gone) {
        scene.clock.pass(Duration.ofMinutes(1));
        Instant reading = scene.suppressions.beginReading();
        scene.suppressions.listed(
                scene.list,
                reading,
                IgnoreReason.OPTED_OUT,
                Arrays.stream(gone).map(OutboxFixture::person).toList());
        scene.suppressions.finishReading(scene.list, reading);
    }

    private Optional<TakenOff> takenOff() {
        return scene.database.query(handle -> Optional.ofNullable(
                TakenOff.of(handle, scene.list, PersonNumbers.known(handle, List.of(OutboxFixture.person(1))))
                        .get(OutboxFixture.person(1))));
    }

    @Test
    @DisplayName(
            "A removed person is stored with sync, cause and time, and only a delivery marked as a return puts them back")
    void putBack() {
        look();
        takeOff();
        look(1);
        assertThat(takenOff()).hasValueSatisfying(taken -> {
            assertThat(taken.sync()).contains("leads");
            assertThat(taken.cause()).contains(Held.Cause.DELETED);
            assertThat(taken.mayReturn()).isTrue();
        });

        scene.enqueue(scene.draft("run2", 1));
        assertThat(scene.claim("one", 1)).as("no other delivery may").isEmpty();
        assertThat(scene.fate("run2", "r1")).startsWith("ignored opted-out");
        scene.clock.pass(Duration.ofMinutes(1));
        send(scene.draft("run3", 1).putBack(), new Outcome.Readded());

        assertThat(takenOff()).isEmpty();
        assertThat(scene.member(1))
                .hasValueSatisfying(member -> assertThat(member.active()).isTrue());
        assertThat(scene.suppressions.of("main", scene.list, List.of(OutboxFixture.person(1))))
                .isEmpty();
    }

    @Test
    @DisplayName("A person who is still listed as unsubscribed after a return was put back without effect, once")
    void inVain() {
        look();
        takeOff();
        look(1);
        send(scene.draft("run3", 1).putBack(), new Outcome.Readded());
        look(1);

        assertThat(takenOff()).hasValueSatisfying(taken -> {
            assertThat(taken.returnedAt()).isPresent();
            assertThat(taken.mayReturn()).isFalse();
        });
        scene.enqueue(scene.draft("run4", 1).putBack());
        assertThat(scene.claim("one", 1)).isEmpty();
    }

    @Test
    @DisplayName("A reading that began before the return does not show that it had no effect")
    void readBefore() {
        look();
        takeOff();
        look(1);
        Instant reading = scene.suppressions.beginReading();
        scene.clock.pass(Duration.ofSeconds(1));
        send(scene.draft("run3", 1).putBack(), new Outcome.Readded());
        scene.suppressions.listed(scene.list, reading, IgnoreReason.OPTED_OUT, List.of(OutboxFixture.person(1)));

        assertThat(takenOff()).isEmpty();
        assertThat(scene.member(1))
                .hasValueSatisfying(member -> assertThat(member.active()).isTrue());
    }

    @Test
    @DisplayName(
            "A person who left by themselves does not count as removed by the connector, and without a recent reading the cause is unknown")
    void cannotTell() {
        takeOff();
        assertThat(takenOff()).hasValueSatisfying(taken -> {
            assertThat(taken.sure()).isFalse();
            assertThat(taken.mayReturn()).isFalse();
        });

        scene.clock.pass(Duration.ofMinutes(1));
        send(scene.draft("run3", 1), new Outcome.Readded());
        look(1);
        takeOff();
        assertThat(takenOff()).isEmpty();
    }

    @Test
    @DisplayName("A refusal in the CRM overrides a return")
    void refusedSince() {
        look();
        takeOff();
        look(1);
        scene.suppressions.add(List.of(new Suppression(
                "main",
                OutboxFixture.person(1),
                Suppression.EVERY_LIST,
                Suppression.crm("Contacts", "7"),
                IgnoreReason.OPTED_OUT,
                scene.clock.instant())));

        scene.enqueue(scene.draft("run3", 1).putBack());

        assertThat(scene.claim("one", 1)).isEmpty();
        assertThat(scene.fate("run3", "r1")).startsWith("ignored opted-out");
    }

    private long park(Draft draft) {
        scene.enqueue(draft);
        scene.outbox.settle(List.of(new Settlement.Parked(scene.claimOne(), "2101", "no reply", false)));
        return scene.deadLetters.list(10).get(0).id();
    }

    @Test
    @DisplayName("A dead letter that puts a person back does so when it is replayed")
    void replayed() {
        look();
        takeOff();
        look(1);
        long letter = park(scene.draft("run3", 1).putBack());

        assertThat(scene.deadLetters.replay(List.of(letter)).get(0).refused()).isEmpty();
        Delivery flying = scene.claimOne();
        assertThat(flying.returning()).isTrue();
        scene.outbox.settle(List.of(new Settlement.Delivered(flying, new Outcome.Readded())));

        assertThat(takenOff()).isEmpty();
        assertThat(scene.fate("run3", "r1")).startsWith("readded");
        assertThat(scene.deadLetters.count()).isZero();
    }

    @Test
    @DisplayName("A dead letter that puts a person back is not replayed once they refused")
    void replayedTooLate() {
        look();
        takeOff();
        look(1);
        long letter = park(scene.draft("run3", 1).putBack());
        scene.suppressions.add(List.of(new Suppression(
                "main",
                OutboxFixture.person(1),
                Suppression.EVERY_LIST,
                Suppression.crm("Contacts", "7"),
                IgnoreReason.OPTED_OUT,
                scene.clock.instant())));

        assertThat(scene.deadLetters.replay(List.of(letter)).get(0).refused().orElseThrow())
                .contains("must no longer be mailed");
    }

    @Test
    @DisplayName("A removed person that a dead letter cannot put back is reported as removed by the connector")
    void notByThatLetter() {
        look();
        takeOff();
        long letter = park(scene.draft("run3", 1));
        look(1);

        assertThat(scene.deadLetters.replay(List.of(letter)).get(0).refused().orElseThrow())
                .contains(
                        "Removed by ConsentBridge because the record was deleted in the CRM", "returning: resubscribe");
    }

    @Test
    @DisplayName("A subscription that a removal replaces because of a known refusal counts as that refusal")
    void givesWay() {
        scene.enqueue(scene.draft("run3", 1));

        scene.outbox.enqueue(List.of(Draft.leaving(
                        scene.list,
                        OutboxFixture.person(1),
                        "run3",
                        Draft.NO_RECORD,
                        new Outcome.Ignored(IgnoreReason.OPTED_OUT))
                .uncounted()));

        assertThat(scene.fate("run3", "r1"))
                .isEqualTo("ignored opted-out The person refused, and leaves the list instead.");
    }
}
