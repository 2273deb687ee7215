package io.consentbridge.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.campaigns.ListedMember;
import io.consentbridge.config.Settings.Rejoin;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Under which spellings Campaigns lists a person, on every engine. */
@EveryEngine
class SpellingsIT {

    private static final String CLEAN = "anna@xn--bcher-kva.example";
    private static final String IDN = "anna@b\u00fccher.example";
    private static final String HIDDEN = "an\u200bna@xn--bcher-kva.example";
    private static final Person ANNA = new Person(CLEAN);

    private final TestDatabase engine;
    private OutboxFixture scene;
    private Spellings spellings;

    SpellingsIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
        spellings = new Spellings(scene.database);
        look(listed(), listed());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static List<ListedMember> listed(String... spellings) {
        return Arrays.stream(spellings)
                .map(spelling -> new ListedMember(new Person(spelling), spelling))
                .toList();
    }

    /** Everybody is read an hour later, in the order in which it is done: who left, then who is active. */
    private void look(List<ListedMember> gone, List<ListedMember> active) {
        scene.clock.pass(Duration.ofHours(1));
        Optional<Instant> before = scene.lists.find(scene.list).orElseThrow().membersReadAt();
        Instant reading = scene.suppressions.beginReading();
        spellings.gone(scene.list, reading, gone);
        scene.suppressions.listed(scene.list, reading, IgnoreReason.OPTED_OUT, people(gone));
        scene.suppressions.finishReading(scene.list, reading);
        scene.suppressions.cameBack(
                scene.list, reading, before, Rejoin.ANYBODY, spellings.returned(scene.list, active));
        spellings.active(scene.list, reading, active);
        scene.reading.listed(scene.list, reading, people(active));
        scene.reading.finishReading(scene.list, reading, 0);
    }

    private static List<Person> people(List<ListedMember> page) {
        return page.stream().map(ListedMember::person).toList();
    }

    private boolean refuses() {
        return !scene.suppressions.of("main", scene.list, List.of(ANNA)).isEmpty();
    }

    private boolean isActive() {
        return Stream.ofNullable(scene.members.of(scene.list, List.of(ANNA)).get(ANNA))
                .anyMatch(Member::active);
    }

    private Delivery claimed(Action action) {
        Outcome outcome = action == Action.SUBSCRIBE ? new Outcome.New() : new Outcome.Deleted();
        scene.outbox.enqueue(List.of(new DraftBuilder(scene.list, ANNA)
                .action(action)
                .content(Content.leaving(ANNA))
                .fingerprint("fp" + action)
                .run("run")
                .onSuccess(outcome)
                .build()));
        return scene.outbox.claim("main", action, "one", 1, OutboxFixture.LEASE).get(0);
    }

    private void delivered(Delivery delivery) {
        scene.outbox.settle(List.of(new Settlement.Delivered(delivery, delivery.onSuccess())));
    }

    @Test
    @DisplayName(
            "No spelling is stored for people who are listed under the normalised form of their address, in upper or lower case")
    void nothingKept() {
        look(listed(), listed("Anna@xn--bcher-kva.example", "b@example.com"));

        assertThat(claimed(Action.UNSUBSCRIBE).listedAs()).isEmpty();
        assertThat(scene.database.<Long>query(handle -> handle.createQuery("select count(*) from listed_as")
                        .mapTo(Long.class)
                        .one()))
                .isZero();
    }

    @Test
    @DisplayName("A person who leaves is removed under each listed spelling, and a completed removal is not repeated")
    void leaves() {
        look(listed(), listed(IDN, HIDDEN));

        Delivery leaving = claimed(Action.UNSUBSCRIBE);
        assertThat(leaving.otherSpellings()).containsExactlyInAnyOrder(IDN, HIDDEN);
        spellings.left(leaving.connection(), leaving.listId(), false, leaving.personId(), IDN, scene.clock.instant());
        scene.outbox.settle(List.of(new Settlement.Released(leaving, "the process was interrupted", false)));
        Delivery rest = scene.outbox
                .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                .get(0);
        assertThat(rest.otherSpellings()).containsExactly(HIDDEN);

        delivered(rest);
        assertThat(isActive()).isFalse();
        assertThat(claimed(Action.UNSUBSCRIBE).otherSpellings()).isEmpty();
    }

    @Test
    @DisplayName("Do-Not-Mail is sent for each spelling that any list of the connection has")
    void barred() {
        long other = scene.list("Events");
        scene.lists.found(other, "key2");
        Instant reading = scene.suppressions.beginReading();
        spellings.active(other, reading, listed(HIDDEN));
        scene.reading.listed(other, reading, List.of(ANNA));
        look(listed(), listed(IDN));

        Delivery barring = claimed(Action.DO_NOT_MAIL);
        assertThat(barring.otherSpellings()).containsExactlyInAnyOrder(IDN, HIDDEN);

        delivered(barring);
        assertThat(claimed(Action.DO_NOT_MAIL).otherSpellings()).isEmpty();
    }

    @Test
    @DisplayName("An update goes to the listed spelling, unless the normalised address is listed too")
    void updated() {
        look(listed(), listed(IDN));
        Delivery update = claimed(Action.SUBSCRIBE);
        assertThat(update.updatedAs()).contains(IDN);
        delivered(update);

        look(listed(), listed(IDN, CLEAN));
        assertThat(claimed(Action.SUBSCRIBE).updatedAs()).isEmpty();
    }

    @Test
    @DisplayName("A person who was subscribed before another spelling was listed is updated and removed under both")
    void subscribedBefore() {
        delivered(claimed(Action.SUBSCRIBE));
        look(listed(), listed(CLEAN, IDN));

        assertThat(claimed(Action.SUBSCRIBE).updatedAs()).isEmpty();
        scene.outbox.handBack("one");
        assertThat(claimed(Action.UNSUBSCRIBE).listedAs()).containsExactlyInAnyOrder(CLEAN, IDN);
    }

    @Test
    @DisplayName(
            "A person who left under one spelling and is active under another refuses, and is still on the list (B76)")
    void leftUnderOne() {
        look(listed(), listed(CLEAN, IDN));

        look(listed(CLEAN), listed(IDN));

        assertThat(refuses()).isTrue();
        assertThat(isActive()).as("is asked to leave").isTrue();
        assertThat(claimed(Action.UNSUBSCRIBE).otherSpellings()).containsExactly(IDN);
    }

    @Test
    @DisplayName(
            "A person who left under the other spelling refuses too, even if that spelling was never listed before")
    void leftUnderTheOther() {
        delivered(claimed(Action.SUBSCRIBE));

        look(listed(IDN), listed(CLEAN));

        assertThat(refuses()).isTrue();
        assertThat(isActive()).isTrue();
    }

    @Test
    @DisplayName("A person that one look lists under one spelling both as left and as active is gone")
    void inBoth() {
        look(listed(), listed(IDN));

        look(listed(IDN), listed(IDN));

        assertThat(refuses()).isTrue();
        assertThat(isActive()).isFalse();
    }

    @Test
    @DisplayName(
            "A person who left under one spelling is not freed by being active under another, also when the first is purged")
    void freesNobody() {
        look(listed(CLEAN), listed(IDN));
        look(listed(), listed(IDN));
        assertThat(refuses()).isTrue();

        look(listed(), listed(HIDDEN));
        assertThat(refuses()).as("a third one").isTrue();

        look(listed(), listed(CLEAN));
        assertThat(refuses()).as("the one that left came back").isFalse();
    }

    @Test
    @DisplayName("A person who comes back under the spelling with which they left is free again")
    void cameBack() {
        look(listed(), listed(IDN));
        look(listed(IDN), listed());
        assertThat(refuses()).isTrue();

        look(listed(), listed(IDN));

        assertThat(refuses()).isFalse();
        assertThat(isActive()).isTrue();
        assertThat(claimed(Action.UNSUBSCRIBE).otherSpellings()).containsExactly(IDN);
    }

    @Test
    @DisplayName("A spelling that two complete readings miss gets no more deliveries; one reading proves nothing")
    void vanished() {
        look(listed(), listed(IDN, CLEAN));
        look(listed(), listed(CLEAN));
        assertThat(claimed(Action.UNSUBSCRIBE).otherSpellings()).containsExactly(IDN);
        scene.outbox.handBack("one");

        look(listed(), listed(CLEAN));

        assertThat(claimed(Action.UNSUBSCRIBE).otherSpellings()).isEmpty();
    }

    @Test
    @DisplayName("A spelling that no database can store is skipped, and the person still counts as a member")
    void impossible() {
        look(
                listed(),
                listed("an\u0000na@xn--bcher-kva.example", "anna" + "\u200b".repeat(2000) + "@xn--bcher-kva.example"));

        assertThat(isActive()).isTrue();
        assertThat(claimed(Action.UNSUBSCRIBE).listedAs()).isEmpty();
    }
}
