package io.consentbridge.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists that are locked while a campaign is in review. */
@EveryEngine
class ListLocksIT {

    private final OutboxFixture scene;
    private final ListLocks locks;

    ListLocksIT(TestDatabase engine) {
        scene = new OutboxFixture(engine);
        locks = new ListLocks(scene.database, scene.clock);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName("B133: subscriptions to a list wait while a campaign is in review, people who leave still leave, and"
            + " other lists get their people")
    void locked() {
        long other = scene.list("Other");
        scene.lists.found(other, "other");
        Draft leaving = Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", new Outcome.Deleted());
        scene.enqueue(leaving, scene.draft("run1", 2));
        scene.enqueue(
                new DraftBuilder(other, OutboxFixture.person(3)).record("r3").build());

        locks.begin(scene.list, "spring-offer");

        assertThat(scene.claim("one", 10)).extracting(Delivery::listId).containsExactly(other);
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
        scene.clock.pass(Duration.ofDays(30));
        assertThat(scene.claim("two", 10)).extracting(Delivery::listId).doesNotContain(scene.list);

        locks.end("spring-offer");
        assertThat(scene.claim("three", 10)).extracting(Delivery::listId).contains(scene.list);
    }

    @Test
    @DisplayName("B133: a list that does not exist in Campaigns yet is locked as well")
    void withoutKey() {
        long fresh = scene.list("Fresh");
        scene.enqueue(
                new DraftBuilder(fresh, OutboxFixture.person(3)).record("r3").build());
        locks.begin(fresh, "spring-offer");

        assertThat(scene.claim("one", 10)).isEmpty();

        locks.end("spring-offer");
        assertThat(scene.claim("one", 10)).hasSize(1);
    }

    @Test
    @DisplayName("B133: a list that two campaigns review stays locked until both reviews have ended")
    void twoCampaigns() {
        scene.enqueue(scene.draft("run1", 2));
        locks.begin(scene.list, "spring-offer");
        locks.begin(scene.list, "summer-offer");
        locks.begin(scene.list, "summer-offer");

        locks.end("spring-offer");
        assertThat(scene.claim("one", 10)).isEmpty();
        assertThat(locks.of("main")).extracting(ListLocks.Lock::campaign).containsExactly("summer-offer");
        assertThat(locks.isBegun("spring-offer")).isFalse();
        assertThat(locks.isBegun("summer-offer")).isTrue();

        locks.end("summer-offer");
        assertThat(scene.claim("one", 10)).hasSize(1);
    }

    @Test
    @DisplayName(
            "B133: a locked list is told among the held ones with the name of the campaign, and is held for no fault")
    void told() {
        HeldLists held = new HeldLists(scene.database, scene.clock, Duration.ofSeconds(10), Duration.ofSeconds(30));
        locks.begin(scene.list, "spring-offer");

        assertThat(held.of("main")).singleElement().satisfies(list -> {
            assertThat(list.because()).contains("campaign spring-offer is in review");
            assertThat(list.kind().isFault()).isFalse();
            assertThat(list.triedAt()).isEmpty();
        });

        held.hold(scene.list, HeldLists.Kind.IDENTITY, "renamed");
        assertThat(held.of("main")).extracting(HeldLists.HeldList::kind).containsExactly(HeldLists.Kind.IDENTITY);
    }

    @Test
    @DisplayName(
            "B133: a lock ends no refusal: somebody who refused while the list was locked is not subscribed after it")
    void refusedMeanwhile() {
        scene.enqueue(scene.draft("run1", 2));
        locks.begin(scene.list, "spring-offer");
        scene.suppressions.add(List.of(new Suppression(
                "main",
                OutboxFixture.person(2),
                scene.list,
                Suppression.CAMPAIGNS,
                IgnoreReason.OPTED_OUT,
                scene.clock.instant())));

        locks.end("spring-offer");

        assertThat(scene.claim("one", 10)).isEmpty();
        assertThat(scene.fate("run1", "r2")).startsWith("ignored opted-out");
    }

    @Test
    @DisplayName("B133: what was claimed before the lock is counted as in flight until it is settled")
    void inFlight() {
        scene.enqueue(scene.draft("run1", 2), scene.draft("run1", 3));
        scene.claim("one", 1);
        locks.begin(scene.list, "spring-offer");

        assertThat(locks.inFlight(scene.list)).isEqualTo(1);
        scene.clock.pass(OutboxFixture.LEASE.plusSeconds(1));
        assertThat(locks.inFlight(scene.list)).isZero();
        assertThat(scene.claim("two", 10)).isEmpty();
    }
}
