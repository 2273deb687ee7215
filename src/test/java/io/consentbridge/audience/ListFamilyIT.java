package io.consentbridge.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.Held;
import io.consentbridge.outbox.HeldDeliveries;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.outbox.RefusingMembers;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The list of a purpose, and a campaign's own list beside it: what somebody refuses on one of them counts on both. */
@EveryEngine
class ListFamilyIT {

    private final OutboxFixture scene;
    private long own;
    private long stranger;

    ListFamilyIT(TestDatabase engine) {
        scene = new OutboxFixture(engine);
    }

    @BeforeEach
    void lists() {
        own = scene.list("Product News - spring-offer");
        scene.lists.found(own, "own");
        scene.lists.refuseTogether(own, scene.list);
        stranger = scene.list("Other");
        scene.lists.found(stranger, "other");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void left(long list, int number) {
        scene.suppressions.listed(
                list, scene.suppressions.beginReading(), IgnoreReason.OPTED_OUT, List.of(OutboxFixture.person(number)));
    }

    private List<Suppression> against(long list, int number) {
        Person person = OutboxFixture.person(number);
        return scene.suppressions.of("main", list, List.of(person)).getOrDefault(person, List.of());
    }

    @Test
    @DisplayName("B134: who left the list of the purpose is not put on the campaign's own list, by no claim either")
    void mainCounts() {
        scene.enqueue(
                new DraftBuilder(own, OutboxFixture.person(1)).record("r1").build(),
                new DraftBuilder(own, OutboxFixture.person(2)).record("r2").build());
        left(scene.list, 1);

        assertThat(against(own, 1)).singleElement().satisfies(said -> {
            assertThat(said.origin()).isEqualTo(Suppression.OTHER_LIST);
            assertThat(said.reason()).isEqualTo(IgnoreReason.OPTED_OUT);
            assertThat(said.listId()).isEqualTo(own);
            assertThat(said.saysThatTheyLeft()).isFalse();
        });
        assertThat(scene.claim("one", 10)).extracting(Delivery::person).containsExactly(OutboxFixture.person(2));
        assertThat(scene.fate("run1", "r1")).startsWith("ignored opted-out");
    }

    @Test
    @DisplayName(
            "B134: who left the campaign's own list is not subscribed to the list of the purpose, nor to that of the"
                    + " purpose's next campaign, and stays where another purpose mails them")
    void ownCounts() {
        long next = scene.list("Product News - summer-offer");
        scene.lists.found(next, "next");
        scene.lists.refuseTogether(next, scene.list);
        left(own, 1);
        scene.enqueue(
                scene.draft("run1", 1),
                new DraftBuilder(next, OutboxFixture.person(1)).record("r2").build(),
                new DraftBuilder(stranger, OutboxFixture.person(1)).record("r3").build());

        assertThat(against(scene.list, 1)).hasSize(1);
        assertThat(against(next, 1)).hasSize(1);
        assertThat(against(stranger, 1)).isEmpty();
        assertThat(scene.claim("one", 10)).extracting(Delivery::listId).containsExactly(stranger);
    }

    @Test
    @DisplayName("B134: a member of the purpose's list who left the campaign's own list is found as refusing")
    void leavesMain() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2));
        scene.outbox.settle(scene.claim("one", 10).stream()
                .<Settlement>map(delivery -> new Settlement.Delivered(delivery, delivery.onSuccess(), false))
                .toList());
        left(own, 1);

        assertThat(new RefusingMembers(scene.database).of("main", scene.list, 0, 10))
                .extracting(RefusingMembers.RefusingMember::person)
                .containsExactly(OutboxFixture.person(1));
    }

    @Test
    @DisplayName(
            "B134: who was taken off the campaign's own list by this product has refused nothing on the purpose's list")
    void oursIsNotTheirs() {
        scene.enqueue(
                new DraftBuilder(own, OutboxFixture.person(1)).record("r1").build());
        settle(Action.SUBSCRIBE);
        scene.enqueue(Draft.leaving(own, OutboxFixture.person(1), "run1", "r2", new Outcome.Ignored(IgnoreReason.OTHER))
                .heldBack("campaign:spring-offer/any", Held.Cause.UNMATCHED));
        scene.database.change(handle ->
                new HeldDeliveries(handle, "main", "campaign:spring-offer/any").release(scene.clock.instant()));
        settle(Action.UNSUBSCRIBE);
        left(own, 1);

        assertThat(against(scene.list, 1)).isEmpty();
        scene.enqueue(scene.draft("run2", 1));
        assertThat(scene.claim("one", 10)).hasSize(1);
    }

    private void settle(Action action) {
        List<Delivery> claimed = scene.outbox.claim("main", action, "one", 10, OutboxFixture.LEASE);
        assertThat(claimed).hasSize(1);
        scene.outbox.settle(claimed.stream()
                .<Settlement>map(delivery -> new Settlement.Delivered(delivery, delivery.onSuccess(), false))
                .toList());
    }

    @Test
    @DisplayName(
            "B134: who refuses on the purpose's list while a subscription to the campaign's own list is in flight leaves it")
    void whileInFlight() {
        scene.enqueue(
                new DraftBuilder(own, OutboxFixture.person(1)).record("r1").build());
        List<Delivery> flying = scene.claim("one", 10);
        left(scene.list, 1);
        scene.outbox.settle(flying.stream()
                .<Settlement>map(delivery -> new Settlement.Delivered(delivery, delivery.onSuccess(), false))
                .toList());

        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .extracting(Delivery::listId)
                .containsExactly(own);
    }
}
