package io.consentbridge.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.outbox.RefusedAddress;
import io.consentbridge.outbox.RefusedAddresses;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists that are held, lists that are followed, and addresses that are not asked about again. */
@EveryEngine
class HeldListsIT {

    private final OutboxFixture scene;
    private final HeldLists heldLists;

    HeldListsIT(TestDatabase engine) {
        scene = new OutboxFixture(engine);
        heldLists = new HeldLists(scene.database, scene.clock, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @DisplayName(
            "nobody is subscribed to a held list, other lists get their people, and people can still leave the held list")
    void held() {
        long other = scene.list("Other");
        scene.lists.found(other, "other");
        Draft leaving = Draft.leaving(scene.list, OutboxFixture.person(1), "run1", "r1", new Outcome.Deleted());
        scene.enqueue(leaving, scene.draft("run1", 2));
        scene.enqueue(
                new DraftBuilder(other, OutboxFixture.person(3)).record("r3").build());

        heldLists.hold(scene.list, HeldLists.Kind.IDENTITY, "renamed");

        assertThat(scene.claim("one", 10)).extracting(Delivery::listId).containsExactly(other);
        assertThat(scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE))
                .hasSize(1);
        assertThat(heldLists.of("main")).singleElement().satisfies(list -> {
            assertThat(list.because()).isEqualTo("renamed");
            assertThat(list.triedAt()).isEmpty();
        });
        heldLists.release(scene.list, HeldLists.Kind.IDENTITY);
        assertThat(scene.claim("one", 10)).hasSize(1);
    }

    @Test
    @DisplayName("a list that differs from what its purpose says stays held while deliveries are in flight")
    void identityStays() {
        heldLists.hold(scene.list, HeldLists.Kind.IDENTITY, "renamed");
        heldLists.hold(scene.list, HeldLists.Kind.CONFIRMATION, "a late reply");
        heldLists.succeeded(scene.list);

        assertThat(heldLists.of("main")).singleElement().satisfies(held -> {
            assertThat(held.kind()).isEqualTo(HeldLists.Kind.IDENTITY);
            assertThat(held.because()).isEqualTo("renamed");
        });
    }

    @Test
    @DisplayName("one person is tried after each doubled pause, and the first accepted person releases the list")
    void tried() {
        scene.enqueue(scene.draft("run1", 1), scene.draft("run1", 2), scene.draft("run1", 3));
        heldLists.holdAndTry(scene.list, "everybody is refused");
        heldLists.holdAndTry(scene.list, "a late reply changes nothing");
        assertThat(scene.claim("one", 10)).isEmpty();
        scene.requireDue(Action.SUBSCRIBE, scene.clock.instant().plusSeconds(10));

        scene.clock.pass(Duration.ofSeconds(10));
        List<Delivery> probe = scene.claim("one", 10);
        assertThat(probe).hasSize(1);
        assertThat(scene.claim("two", 10)).as("while one is tried").isEmpty();

        heldLists.holdAndTry(scene.list, "everybody is refused");
        scene.outbox.settle(List.of(new Settlement.Released(probe.get(0), "refused", false)));
        scene.clock.pass(Duration.ofSeconds(19));
        assertThat(scene.claim("one", 10)).isEmpty();
        scene.clock.pass(Duration.ofSeconds(1));
        assertThat(scene.claim("one", 10)).hasSize(1);

        heldLists.succeeded(scene.list);
        assertThat(heldLists.of("main")).isEmpty();
        assertThat(scene.claim("two", 10)).hasSize(2);
    }

    @Test
    @DisplayName(
            "a purpose that follows a renamed list keeps its records of members, unless the new name has records of its own")
    void followed() {
        scene.lists.follow("main", "key", "Archive");
        assertThat(scene.lists.find(scene.list).map(MailingList::name)).contains("Archive");
        assertThat(scene.lists.named("main", "archive ")).isPresent();

        long early = scene.list("Later");
        scene.lists.follow("main", "key", "Later");
        assertThat(scene.lists.find(early)).as("nobody knew it").isEmpty();
        assertThat(scene.lists.find(scene.list).map(MailingList::name)).contains("Later");

        long own = scene.list("Own");
        scene.lists.found(own, "own");
        scene.lists.follow("main", "key", "Own");
        assertThat(scene.lists.find(scene.list).map(MailingList::name)).contains("Later");
        assertThat(scene.lists.find(own)).isPresent();
    }

    @Test
    @DisplayName(
            "B79, B81: a refused address is remembered for thirty days; the address of a person who refused is not a refused address")
    void refusedAddress() {
        scene.enqueue(scene.draft("run1", 1));
        scene.outbox.settle(List.of(new Settlement.Refused(
                scene.claimOne(), new Outcome.Ignored(IgnoreReason.GROUP_EMAIL), false, true, "2005", false)));

        assertThat(scene.fate("run1", "r1"))
                .startsWith("ignored group-email Campaigns refuses the address: group-email");
        assertThat(known(scene.clock.instant())).isPresent();
        assertThat(known(scene.clock.instant().plus(Duration.ofDays(30)))).isEmpty();
        assertThat(scene.suppressions.of(OutboxFixture.person(1))).isEmpty();
    }

    private Optional<RefusedAddress> known(Instant now) {
        Map<Person, RefusedAddress> found = scene.database.query(handle -> RefusedAddresses.among(
                handle, "main", PersonNumbers.known(handle, List.of(OutboxFixture.person(1))), now));
        return Optional.ofNullable(found.get(OutboxFixture.person(1)));
    }
}
