package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the outbox promises where a list or connection cannot take deliveries, on every engine. */
@EveryEngine
class ListDeliveriesIT extends DeliveriesFixture {

    ListDeliveriesIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName("A list without a key hands out one delivery at a time, and does not stop other lists")
    void listWithoutKey() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.enqueue(scene.draft("run1", 11));
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        long other = scene.list("Other");
        scene.lists.found(other, "other");
        scene.outbox.enqueue(List.of(
                new DraftBuilder(other, OutboxFixture.person(3)).record("r3").build()));
        assertThat(numbers(scene.claim("one", 10))).containsExactly(1, 3);
        assertThat(scene.claim("two", 10)).isEmpty();
        scene.lists.found(scene.list, "made");
        assertThat(numbers(scene.claim("two", 10))).containsExactly(2, 11);
    }

    @Test
    @DisplayName("Nobody is subscribed to a waiting list before its time; its removals and other lists continue")
    void postponedList() {
        long other = scene.list("Other");
        scene.lists.found(other, "other");
        scene.enqueue(
                scene.draft("run1", 1),
                new DraftBuilder(other, OutboxFixture.person(2)).record("r2").build(),
                scene.draft("run1", "r3", 3, Action.UNSUBSCRIBE, "f"));
        Instant free = scene.clock.instant().plusSeconds(1800);
        scene.lists.postpone(scene.list, free);
        scene.lists.postpone(scene.list, free.minusSeconds(60));

        assertThat(numbers(scene.claim("one", 10))).containsExactly(2);
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
        assertThat(scene.queries.isDue("main", Action.SUBSCRIBE)).isFalse();
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        assertThat(scene.claim("one", 10)).isEmpty();

        scene.clock.pass(Duration.ofSeconds(1800));
        assertThat(numbers(scene.claim("one", 1))).containsExactly(1);
    }

    @Test
    @DisplayName("Nobody is subscribed on a connection that is switched off; people who leave still leave")
    void switchedOff() {
        Integrations integrations = new Integrations(scene.database, scene.clock);
        scene.enqueue(
                scene.draft("run1", 1),
                scene.draft("run1", "r2", 2, Action.UNSUBSCRIBE, "f"),
                scene.draft("run1", "r3", 3, Action.DO_NOT_MAIL, "f"));

        integrations.switchOff("main", Integrations.Kind.DEACTIVATED);

        assertThat(scene.queries.isDue("main", Action.SUBSCRIBE)).isFalse();
        assertThat(scene.claim("one", 10)).isEmpty();
        for (Action leaving : List.of(Action.UNSUBSCRIBE, Action.DO_NOT_MAIL)) {
            assertThat(scene.queries.isDue("main", leaving)).isTrue();
            assertThat(scene.outbox.claim("main", leaving, "one", 10, OutboxFixture.LEASE))
                    .hasSize(1);
        }
        integrations.switchOn("main");
        assertThat(scene.queries.isDue("main", Action.SUBSCRIBE)).isTrue();
        assertThat(numbers(scene.claim("one", 10))).containsExactly(1);
    }

    @Test
    @DisplayName(
            "A waiting list that must be looked up first hands out no removals; once it has a key they leave at once")
    void postponedRemovals() {
        scene.enqueue(
                scene.draft("run1", "r1", 1, Action.UNSUBSCRIBE, "f"),
                scene.draft("run1", "r2", 2, Action.DO_NOT_MAIL, "f"));
        scene.lists.missing(
                scene.list, scene.lists.find(scene.list).orElseThrow().key());
        Instant free = scene.clock.instant().plusSeconds(60);
        scene.lists.postpone(scene.list, free);

        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .isEmpty();
        scene.requireDue(Action.UNSUBSCRIBE, free);
        assertThat(scene.outbox.claim("main", Action.DO_NOT_MAIL, "one", 10, OutboxFixture.LEASE))
                .as("it needs no list")
                .hasSize(1);
        scene.lists.found(scene.list, "made");
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
    }

    @Test
    @DisplayName("All that waits for a missing list becomes a dead letter without a call")
    void parkAll() {
        scene.enqueue(
                IntStream.range(0, 1500).mapToObj(i -> scene.draft("run1", i)).toArray(Draft[]::new));
        Delivery flying = scene.claimOne();
        assertThat(scene.outbox.parkAll(scene.list, "2501", "the list is gone")).isEqualTo(1499);
        scene.outbox.settle(List.of(new Settlement.Parked(flying, "2501", "the list is gone", false)));
        assertThat(scene.deadLetters.count()).isEqualTo(1500);
        assertThat(scene.waiting()).isZero();
        assertThat(scene.fate("run1", "r7")).startsWith("dead-lettered");
    }

    @Test
    @DisplayName(
            "A person with a waiting removal from a missing list has left, even if the brake held it; Do-Not-Mail waits")
    void leaversOfAGoneList() {
        scene.enqueue(
                scene.draft("run1", 1),
                Draft.leaving(scene.list, OutboxFixture.person(2), "run1", "r2", new Outcome.Deleted()),
                Draft.leaving(scene.list, OutboxFixture.person(3), "run1", "r3", new Outcome.Deleted()),
                scene.draft("run1", "r4", 4, Action.DO_NOT_MAIL, "fp4"));
        scene.database.change(handle -> handle.execute(
                "update delivery set held_for = 'run1', due_at = ? where record_id = 'r3'",
                Instant.parse("9999-01-01T00:00:00Z")));
        scene.lists.missing(scene.list, Optional.of("key"));

        assertThat(scene.outbox.parkAll(scene.list, "2501", "the list is gone")).isEqualTo(1);

        assertThat(scene.deadLetters.count()).isEqualTo(1);
        assertThat(scene.fate("run1", "r2")).startsWith("deleted");
        assertThat(scene.fate("run1", "r3")).startsWith("deleted");
        assertThat(scene.waiting()).as("Do-Not-Mail needs no list").isEqualTo(1);
    }

    @Test
    @DisplayName("A claim for some lists hands out nothing of lists whose leavers were not read")
    void forSomeLists() {
        long other = scene.list("Events");
        scene.lists.found(other, "key2");
        scene.enqueue(scene.draft("run1", 1));

        assertThat(scene.outbox.nextLists("main", 10)).containsExactly(scene.list);
        assertThat(scene.outbox.claimFor("main", Set.of(other), "one", 10, OutboxFixture.LEASE))
                .isEmpty();
        assertThat(scene.outbox.claimFor("main", Set.of(scene.list), "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
        assertThat(scene.outbox.nextLists("main", 10)).as("nothing is due").isEmpty();
    }

    @Test
    @DisplayName("A list that was found after the reading hands out nothing before it was read itself")
    void foundMeanwhile() {
        scene.lists.missing(scene.list, Optional.of("key"));
        scene.enqueue(scene.draft("run1", 1));
        Set<Long> read = scene.outbox.nextLists("main", 10);
        assertThat(read).isEmpty();
        scene.lists.found(scene.list, "another");

        assertThat(scene.outbox.claimFor("main", read, "one", 10, OutboxFixture.LEASE))
                .isEmpty();

        Set<Long> again = scene.outbox.nextLists("main", 10);
        assertThat(scene.outbox.claimFor("main", again, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
    }

    @Test
    @DisplayName("No delivery is claimed while its connection backs off")
    void held() {
        scene.enqueue(scene.draft("run1", 1));
        scene.backoff.begin("main", "Zoho is out of reach");
        assertThat(scene.claim("one", 5)).isEmpty();
        scene.requireDue(Action.SUBSCRIBE, scene.clock.instant().plusSeconds(10));
        scene.backoff.succeeded("main");
        assertThat(scene.claim("one", 5)).hasSize(1);
    }
}
