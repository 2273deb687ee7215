package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the outbox promises, on every engine, of subscriptions of which nobody heard what became of them. */
@EveryEngine
class UnconfirmedSubscriptionIT {

    private final TestDatabase engine;
    private OutboxFixture scene;

    UnconfirmedSubscriptionIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName(
            "A person whose subscription was claimed when the process was killed counts as perhaps on the list until it is delivered")
    void killedWhileFlying() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.claimOne();
        scene.outbox.abandonAll();

        assertThat(scene.member(1)).hasValueSatisfying(member -> {
            assertThat(member.onlyUnsure()).isTrue();
            assertThat(member.perhapsOnList()).isTrue();
        });
        assertThat(scene.member(2)).isEmpty();
        scene.outbox.settle(List.of(new Settlement.Delivered(scene.claimOne(), new Outcome.New())));
        assertThat(scene.member(1)).hasValueSatisfying(member -> {
            assertThat(member.active()).isTrue();
            assertThat(member.unsure()).isFalse();
            assertThat(member.countedBy("run1")).contains(new Outcome.New());
        });
    }

    @Test
    @DisplayName(
            "A person that Campaigns asked to confirm is not a member, but is removed when they refuse, until they are listed")
    void askedToConfirm() {
        Outcome asked = new Outcome.Ignored(IgnoreReason.CONSENT_REQUESTED);
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.outbox.settle(scene.claim("one", 2).stream()
                .<Settlement>map(delivery -> new Settlement.Delivered(delivery, asked))
                .toList());

        assertThat(scene.member(1)).hasValueSatisfying(member -> {
            assertThat(member.active()).isFalse();
            assertThat(member.onlyAsked()).isTrue();
            assertThat(member.perhapsOnList()).isTrue();
            assertThat(member.counted()).isEmpty();
            assertThat(member.last()).isPresent();
        });
        assertThat(scene.fate("run1", "r1")).startsWith("ignored consent-requested");
        assertThat(scene.reading.anybodyAsked(scene.list)).isTrue();

        scene.clock.pass(java.time.Duration.ofMinutes(1));
        var reading = scene.suppressions.beginReading();
        scene.reading.listed(scene.list, reading, List.of(OutboxFixture.person(1)));
        scene.reading.finishReading(scene.list, reading, 0);

        assertThat(scene.member(1)).hasValueSatisfying(member -> {
            assertThat(member.active()).isTrue();
            assertThat(member.onlyAsked()).isFalse();
        });
        assertThat(scene.member(2))
                .hasValueSatisfying(member -> assertThat(member.onlyAsked()).isTrue());
    }

    @Test
    @DisplayName(
            "A person who refused mail while their subscription had lost its reply is removed from the list and not subscribed again")
    void forbiddenAfterAKill() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        assertThat(scene.claim("one", 1)).hasSize(1);
        scene.outbox.abandonAll();
        forbidByCrm(1);
        forbidByCrm(2);

        assertThat(scene.claim("two", 10)).isEmpty();
        List<Delivery> leaving = scene.outbox.claim("main", Action.UNSUBSCRIBE, "two", 10, OutboxFixture.LEASE);
        assertThat(leaving).extracting(Delivery::person).containsExactly(OutboxFixture.person(1));
        scene.outbox.settle(
                List.of(new Settlement.Delivered(leaving.get(0), leaving.get(0).onSuccess())));
        assertThat(scene.member(1))
                .hasValueSatisfying(member -> assertThat(member.perhapsOnList()).isFalse());
    }

    @Test
    @DisplayName(
            "A person who refused mail after the worker with their subscription fell silent is removed from the list")
    void forbiddenAfterALeaseEnded() {
        scene.enqueue(scene.draft("run1", 1));
        assertThat(scene.claim("one", 1)).hasSize(1);
        scene.clock.pass(OutboxFixture.LEASE.plusSeconds(1));
        forbidByCrm(1);

        assertThat(scene.claim("two", 10)).isEmpty();
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "two", 10, OutboxFixture.LEASE))
                .extracting(Delivery::person)
                .containsExactly(OutboxFixture.person(1));
    }

    @Test
    @DisplayName(
            "A person whose other or earlier address refuses mail while their subscription is in flight is removed")
    void forbiddenAtAnotherAddress() {
        scene.database.change(handle -> {
            FormerAddresses.besides(
                    handle, "main", Map.of("c9", Set.of(OutboxFixture.person(1), OutboxFixture.person(8))));
            FormerAddresses.moved(
                    handle,
                    "main",
                    "leads",
                    List.of(new FormerAddresses.Moved("r2", OutboxFixture.person(9), OutboxFixture.person(2))));
        });
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2), scene.draft("run1", 3));
        List<Delivery> flying = scene.claim("one", 3);
        assertThat(flying).hasSize(3);
        forbidByCrm(8);
        forbidByCrm(9);

        scene.outbox.settle(flying.stream()
                .<Settlement>map(each -> new Settlement.Delivered(each, new Outcome.New()))
                .toList());

        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "two", 10, OutboxFixture.LEASE))
                .extracting(Delivery::person)
                .containsExactlyInAnyOrder(OutboxFixture.person(1), OutboxFixture.person(2));
    }

    @Test
    @DisplayName("A subscription that is withdrawn in flight leaves its person perhaps on the list")
    void withdrawnWhileFlying() {
        scene.database.change(handle -> handle.execute("""
                insert into run (id, sync, connection, cause, full_read, due_at, state, started_at)
                values ('run1', 'leads', 'main', 'command', false, ?, 'delivering', ?)
                """, scene.clock.instant(), scene.clock.instant()));
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        assertThat(scene.claim("one", 1)).hasSize(1);
        scene.database.change(handle -> scene.outbox.withdraw(handle, "leads", List.of("r1", "r2"), "run2"));

        assertThat(scene.member(1))
                .hasValueSatisfying(member -> assertThat(member.perhapsOnList()).isTrue());
        assertThat(scene.member(2)).isEmpty();
    }

    @Test
    @DisplayName(
            "A delivery that is parked, given back or refused after a lost reply leaves its person perhaps on the list; without one it does not")
    void lostReplies() {
        Outcome.Ignored group = new Outcome.Ignored(IgnoreReason.GROUP_EMAIL);
        scene.enqueue(IntStream.rangeClosed(1, 5)
                .mapToObj(number -> scene.draft("run1", number))
                .toArray(Draft[]::new));
        List<Delivery> claimed = scene.claim("one", 5);
        scene.outbox.settle(List.of(
                new Settlement.Released(claimed.get(0), "no answer", true),
                new Settlement.Parked(claimed.get(1), null, "no answer", true),
                new Settlement.Refused(claimed.get(2), group, false, false, "2005", true),
                new Settlement.Parked(claimed.get(3), "2501", "the list is gone", false),
                new Settlement.Refused(claimed.get(4), group, false, false, "2005", false)));

        assertThat(IntStream.rangeClosed(1, 5)
                        .filter(number -> scene.member(number).isPresent()))
                .containsExactly(1, 2, 3);
    }

    private void forbidByCrm(int number) {
        scene.suppressions.add(List.of(new Suppression(
                "main",
                OutboxFixture.person(number),
                Suppression.EVERY_LIST,
                Suppression.CRM + "Contacts:" + number,
                IgnoreReason.OPTED_OUT,
                scene.clock.instant())));
    }
}
