package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the outbox promises of people who leave a list, on every engine. */
@EveryEngine
class LeavingIT extends DeliveriesFixture {

    LeavingIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName(
            "B53: a person who has just left because they refused is not removed again, and the record counts at once")
    void leavesOnce() {
        deliver(scene.draft("run1", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        Delivery sent = claimLeaving();
        scene.outbox.settle(List.of(new Settlement.Delivered(sent, sent.onSuccess())));

        scene.enqueue(refusing(1));

        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run2", "r1")).startsWith("ignored opted-out");
        // A person who is on the list again, or perhaps is, leaves it again.
        deliver(scene.draft("run3", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        assertThat(scene.waiting()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B53: a removal in flight is not repeated, and its result counts for the record that requests it meanwhile")
    void leavesOnceInFlight() {
        deliver(scene.draft("run1", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        Delivery sent = claimLeaving();

        scene.enqueue(refusing(1));
        scene.outbox.enqueue(List.of(refusing(1)));
        assertThat(scene.fate("run2", "r1")).startsWith("pending");
        scene.outbox.settle(List.of(new Settlement.Delivered(sent, sent.onSuccess())));

        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run2", "r1")).startsWith("ignored opted-out");
    }

    @Test
    @DisplayName(
            "B53: a removal in flight that fails is repeated, and counts for the record that requests it meanwhile")
    void leavesAfterFailure() {
        deliver(scene.draft("run1", 1));
        scene.outbox.enqueue(List.of(refusing(1)));
        Delivery sent = claimLeaving();
        scene.enqueue(refusing(1));
        scene.outbox.settle(List.of(new Settlement.Released(sent, "no reply", true)));

        Delivery again = claimLeaving();
        scene.outbox.settle(List.of(new Settlement.Parked(again, "9999", "refused", false)));

        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run2", "r1")).startsWith("dead-lettered");
    }

    private Draft refusing(int number) {
        return Draft.leaving(
                scene.list,
                OutboxFixture.person(number),
                "run2",
                "r" + number,
                new Outcome.Ignored(IgnoreReason.OPTED_OUT));
    }

    private Delivery claimLeaving() {
        return scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);
    }

    @Test
    @DisplayName("B52: two records of one run that remove a person from a list each keep their own reason")
    void bothLeave() {
        Outcome optedOut = new Outcome.Ignored(IgnoreReason.OPTED_OUT);
        scene.enqueue(Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", optedOut));
        scene.enqueue(Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1b", optedOut));
        assertThat(scene.fate("run1", "r1")).isEqualTo("ignored opted-out null");
        assertThat(scene.fate("run1", "r1b")).startsWith("pending");
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 5, OutboxFixture.LEASE))
                .extracting(Delivery::recordId)
                .containsExactly("r1b");
    }

    @Test
    @DisplayName(
            "B52: a removal without a counted record that overtakes one of the same record and run settles its outcome")
    void uncountedOvertakes() {
        Outcome optedOut = new Outcome.Ignored(IgnoreReason.OPTED_OUT);
        Draft counted = Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", new Outcome.Deleted());
        scene.enqueue(counted);
        scene.outbox.enqueue(List.of(Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", optedOut)
                .uncounted()));

        assertThat(scene.fate("run1", "r1")).startsWith("deleted");
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 5, OutboxFixture.LEASE))
                .extracting(Delivery::recordId)
                .containsExactly("r1");
    }

    @Test
    @DisplayName("An unsubscription of a suppressed person is still handed out")
    void leaversAreNotHeldBack() {
        scene.enqueue(scene.draft("run1", "r1", 1, Action.UNSUBSCRIBE, "gone"));
        scene.suppressions.add(List.of(new Suppression(
                "main", OutboxFixture.person(1), 0, "reply", IgnoreReason.BOUNCED, scene.clock.instant())));
        List<Delivery> claimed = scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 5, OutboxFixture.LEASE);
        assertThat(claimed).hasSize(1);
        scene.outbox.settle(List.of(new Settlement.Delivered(claimed.get(0), new Outcome.Deleted())));
        assertThat(scene.members
                        .of(scene.list, List.of(OutboxFixture.person(1)))
                        .get(OutboxFixture.person(1))
                        .active())
                .isFalse();
    }

    @Test
    @DisplayName(
            "A removal is settled while a page of its run is stored by a transaction that locks the row of the run")
    void settlesBesideAPage() throws Exception {
        assumeFalse(scene.database.embedded(), "SQLite has one writer, for which every other waits");
        scene.database.change(handle -> handle.execute("""
                insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)
                values ('run1', 'leads', 'main', 'command', false, ?, 'reading', ?)
                """, scene.clock.instant(), scene.clock.instant()));
        deliver(scene.draft("run1", 1));
        scene.enqueue(scene.draft("run1", "r1b", 1, Action.UNSUBSCRIBE, "f"));
        Delivery leaving = scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);

        scene.database.change(handle -> {
            handle.execute("update run set lease_until = ? where id = 'run1'", scene.clock.instant());
            CompletableFuture<Void> settled = CompletableFuture.runAsync(
                    () -> scene.outbox.settle(List.of(new Settlement.Delivered(leaving, leaving.onSuccess()))));
            assertThat(settled).succeedsWithin(Duration.ofSeconds(5));
        });

        assertThat(left("run1")).isEqualTo(1);
    }

    @Test
    @DisplayName("Only members count as people who left, not people who were perhaps on the list or on a missing list")
    void whoLeft() {
        deliver(scene.draft("run1", 1));
        deliver(scene.draft("run1", 2));
        scene.enqueue(scene.draft("run1", 3));
        scene.outbox.settle(List.of(new Settlement.Parked(scene.claimOne(), null, "no reply", true)));
        scene.enqueue(
                scene.draft("run2", "r1", 1, Action.UNSUBSCRIBE, "f"),
                scene.draft("run2", "r2", 2, Action.UNSUBSCRIBE, "f"),
                scene.draft("run2", "r3", 3, Action.UNSUBSCRIBE, "f"));
        scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 3, OutboxFixture.LEASE)
                .forEach(leaving -> scene.outbox.settle(List.of(new Settlement.Delivered(
                        leaving, leaving.onSuccess(), !leaving.person().equals(OutboxFixture.person(2))))));

        assertThat(left("run2")).isEqualTo(1);
    }

    @Test
    @DisplayName("A person whose removal is overtaken by another one in flight counts once as a person who left")
    void leftOnce() {
        deliver(scene.draft("run1", 1));
        scene.enqueue(scene.draft("run2", "r1", 1, Action.UNSUBSCRIBE, "f"));
        Delivery first = claimLeaving();
        scene.enqueue(scene.draft("run2", "r2", 1, Action.UNSUBSCRIBE, "f"));
        scene.outbox.settle(List.of(new Settlement.Delivered(first, first.onSuccess(), true)));
        Delivery second = claimLeaving();
        scene.outbox.settle(List.of(new Settlement.Delivered(second, second.onSuccess(), true)));

        assertThat(left("run2")).isEqualTo(1);
    }

    private long left(String run) {
        return scene.database.query(
                handle -> handle.createQuery("select coalesce(sum(people), 0) from run_left where run_id = :run")
                        .bind("run", run)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    @DisplayName(
            "B51: a person whose other address refuses mail while their subscription is in flight leaves, unless the sync ignores that")
    void otherAddressRefuses() {
        Outbox ignoring = new Outbox(
                scene.database,
                scene.clock,
                scene.suppressions,
                sync -> sync.equals("ignoring"),
                connection -> java.time.ZoneOffset.UTC,
                sync -> Optional.empty(),
                io.consentbridge.audience.ErasedPeople.none(scene.database));
        scene.database.change(handle -> handle.execute("""
                insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)
                values ('run2', 'ignoring', 'main', 'command', false, ?, 'delivering', ?)
                """, scene.clock.instant(), scene.clock.instant()));
        scene.enqueue(scene.draft("run1", 1), scene.draft("run2", 2));
        List<Delivery> flying = scene.claim("one", 2);
        scene.database.change(handle -> FormerAddresses.besides(
                handle,
                "main",
                Map.of(
                        "c1", Set.of(OutboxFixture.person(1), OutboxFixture.person(11)),
                        "c2", Set.of(OutboxFixture.person(2), OutboxFixture.person(12)))));
        for (int other : List.of(11, 12)) {
            scene.suppressions.add(List.of(new Suppression(
                    "main",
                    OutboxFixture.person(other),
                    Suppression.EVERY_LIST,
                    Suppression.CRM + "Contacts:c" + other,
                    IgnoreReason.OPTED_OUT,
                    scene.clock.instant())));
        }

        ignoring.settle(flying.stream()
                .<Settlement>map(delivery -> new Settlement.Delivered(delivery, delivery.onSuccess()))
                .toList());

        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .extracting(Delivery::person)
                .containsExactly(OutboxFixture.person(1));
    }
}
