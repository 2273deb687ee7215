package io.consentbridge.audience;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a refusal that a list reported ends, and who counts as missing there, on every engine. */
@EveryEngine
class RejoinIT {

    private final TestDatabase engine;
    private OutboxFixture scene;
    private Rejoin rejoin = Rejoin.PERSON;
    private long complaints;

    RejoinIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
        look(List.of(), List.of());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** Everybody is read an hour later: who left, then who is active. */
    private void look(List<Integer> gone, List<Integer> active) {
        scene.clock.pass(Duration.ofHours(1));
        Optional<Instant> before = scene.lists.find(scene.list).orElseThrow().membersReadAt();
        Instant reading = scene.suppressions.beginReading();
        scene.suppressions.listed(scene.list, reading, IgnoreReason.OPTED_OUT, people(gone));
        scene.suppressions.finishReading(scene.list, reading);
        scene.suppressions.cameBack(scene.list, reading, before, rejoin, people(active));
        scene.reading.listed(scene.list, reading, people(active));
        scene.reading.finishReading(scene.list, reading, complaints);
    }

    private static List<Person> people(List<Integer> numbers) {
        return numbers.stream().map(OutboxFixture::person).toList();
    }

    private boolean refuses(int person) {
        return !scene.suppressions
                .of("main", scene.list, List.of(OutboxFixture.person(person)))
                .isEmpty();
    }

    private void deliver(int person, Action action, Outcome outcome) {
        scene.outbox.enqueue(List.of(new DraftBuilder(scene.list, OutboxFixture.person(person))
                .action(action)
                .content(Content.leaving(OutboxFixture.person(person)))
                .fingerprint("fp" + action + person)
                .run("run")
                .record("r" + person)
                .onSuccess(outcome)
                .build()));
        Delivery flying = scene.outbox
                .claim("main", action, "one", 1, OutboxFixture.LEASE)
                .get(0);
        scene.outbox.settle(List.of(new Settlement.Delivered(flying, outcome)));
    }

    private boolean isLost(int person) {
        return scene.database.query(handle -> handle.createQuery("""
                        select m.lost from list_member m join person p on p.id = m.person_id where p.address = :person
                        """)
                .bind("person", OutboxFixture.person(person).address())
                .mapTo(Boolean.class)
                .one());
    }

    @ParameterizedTest(name = "refusals.rejoin = {0}")
    @EnumSource(Rejoin.class)
    @DisplayName(
            "A person who changed from unsubscribed to active by themselves is free on that list, unless the setting says that nothing frees")
    void cameBack(Rejoin setting) {
        rejoin = setting;
        look(List.of(1), List.of(2));
        look(List.of(1), List.of(2));
        assertThat(refuses(1)).isTrue();

        look(List.of(), List.of(1, 2));

        assertThat(refuses(1)).isEqualTo(setting == Rejoin.NEVER);
    }

    @ParameterizedTest(name = "refusals.rejoin = {0}")
    @EnumSource(Rejoin.class)
    @DisplayName("A person who vanished from the list and is active again may have been imported, and stays refused")
    void purgedAndImported(Rejoin setting) {
        rejoin = setting;
        look(List.of(1), List.of());
        look(List.of(), List.of());
        assertThat(refuses(1)).as("purged").isTrue();

        look(List.of(), List.of(1));

        assertThat(refuses(1)).isEqualTo(setting != Rejoin.ANYBODY);
    }

    @Test
    @DisplayName("A person that one look lists both as left and as active stays refused (B76)")
    void inBoth() {
        look(List.of(1), List.of(1));

        assertThat(refuses(1)).isTrue();
        assertThat(scene.member(1).filter(Member::active)).isEmpty();
    }

    @Test
    @DisplayName(
            "A person who is active because the connector's subscription was in flight when they left stays refused (B76)")
    void ourOwnSubscription() {
        scene.enqueue(scene.draft("run", 1));
        Delivery flying = scene.claimOne();
        look(List.of(1), List.of());
        look(List.of(), List.of(1));
        assertThat(refuses(1)).as("while it flies").isTrue();

        scene.outbox.settle(List.of(new Settlement.Delivered(flying, new Outcome.New())));
        look(List.of(), List.of(1));
        assertThat(refuses(1)).as("after it was delivered").isTrue();

        scene.outbox.settle(List.of(new Settlement.Delivered(
                scene.outbox
                        .claim("main", Action.UNSUBSCRIBE, "one", 1, OutboxFixture.LEASE)
                        .get(0),
                new Outcome.Ignored(IgnoreReason.OPTED_OUT))));
        look(List.of(1), List.of());
        look(List.of(), List.of(1));
        assertThat(refuses(1)).as("when they came back after that").isFalse();
    }

    @Test
    @DisplayName("A person who is active because a subscription of the connector lost its reply stays refused (B76)")
    void perhapsOurSubscription() {
        scene.enqueue(scene.draft("run", 1));
        Delivery flying = scene.claimOne();
        look(List.of(1), List.of());
        scene.outbox.settle(List.of(new Settlement.Released(flying, "no reply", true)));

        look(List.of(), List.of(1));
        look(List.of(), List.of(1));

        assertThat(refuses(1)).isTrue();
    }

    @Test
    @DisplayName(
            "A person that the connector removed and who did not refuse is free once they are back, no matter who put them back")
    void takenOffByUs() {
        deliver(1, Action.SUBSCRIBE, new Outcome.New());
        look(List.of(), List.of(1));
        deliver(1, Action.UNSUBSCRIBE, new Outcome.Deleted());
        look(List.of(1), List.of());
        look(List.of(), List.of());

        look(List.of(), List.of(1));

        assertThat(refuses(1)).isFalse();
        assertThat(scene.member(1))
                .hasValueSatisfying(member -> assertThat(member.active()).isTrue());
    }

    @Test
    @DisplayName(
            "A person that the connector removed does not count as back while Campaigns still lists them as before")
    void listedLate() {
        deliver(1, Action.SUBSCRIBE, new Outcome.New());
        look(List.of(), List.of(1));
        deliver(1, Action.UNSUBSCRIBE, new Outcome.Deleted());
        scene.clock.pass(Duration.ofMinutes(2));
        Instant reading = scene.suppressions.beginReading();

        scene.reading.listed(scene.list, reading, people(List.of(1)));

        assertThat(scene.member(1))
                .hasValueSatisfying(member -> assertThat(member.active()).isFalse());
    }

    @Test
    @DisplayName("B72: a member whom two readings miss without a reason is lost; one reading proves nothing")
    void missing() {
        deliver(1, Action.SUBSCRIBE, new Outcome.New());
        deliver(2, Action.SUBSCRIBE, new Outcome.New());
        look(List.of(), List.of(1, 2, 3));

        look(List.of(), List.of());

        assertThat(scene.member(1)).hasValueSatisfying(member -> {
            assertThat(member.missing()).isTrue();
            assertThat(member.perhapsOnList()).as("who refuses is taken off").isTrue();
            assertThat(member.active()).isFalse();
        });
        assertThat(isLost(1)).isFalse();
        assertThat(scene.reading.toConfirm(scene.list, scene.clock.instant())).isFalse();
        assertThat(scene.reading.toConfirm(scene.list, scene.clock.instant().plusSeconds(600)))
                .isTrue();

        look(List.of(), List.of(2));

        assertThat(isLost(1)).isTrue();
        assertThat(isLost(2)).as("was overlooked once").isFalse();
        assertThat(isLost(3)).as("is not ours").isFalse();
        assertThat(scene.reading.toConfirm(scene.list, scene.clock.instant().plusSeconds(600)))
                .isFalse();
        deliver(1, Action.SUBSCRIBE, new Outcome.Readded());
        assertThat(isLost(1)).isFalse();
    }

    @Test
    @DisplayName("A member who vanishes while other people complain may have complained too, and is not lost")
    void perhapsComplained() {
        deliver(1, Action.SUBSCRIBE, new Outcome.New());
        deliver(2, Action.SUBSCRIBE, new Outcome.New());
        look(List.of(), List.of(1, 2));

        complaints = 1;
        look(List.of(), List.of(2));
        look(List.of(), List.of(2));
        assertThat(isLost(1)).isFalse();

        look(List.of(), List.of());
        complaints = 2;
        look(List.of(), List.of());
        assertThat(isLost(2)).isFalse();
    }
}
