package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@EveryEngine
@DisplayName("SuppressedEventsIT: what Campaigns says against a person is one event of the ledger")
class SuppressedEventsIT {

    private final TestDatabase engine;
    private OutboxFixture scene;

    SuppressedEventsIT(TestDatabase engine) {
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

    private List<LedgerEntry> suppressed() {
        return new PersonLedger(scene.database)
                .of(OutboxFixture.person(1)).stream()
                        .filter(entry -> entry.event() == EventKind.SUPPRESSED)
                        .toList();
    }

    private Settlement refused(Delivery delivery, IgnoreReason reason) {
        return new Settlement.Refused(delivery, new Outcome.Ignored(reason), true, true, "2006", false);
    }

    static Stream<Arguments> replies() {
        return Stream.of(
                Arguments.of(
                        IgnoreReason.DO_NOT_MAIL,
                        "A reply of Campaigns to a delivery says that the person is in the Do-Not-Mail registry."),
                Arguments.of(
                        IgnoreReason.OPTED_OUT,
                        "A reply of Campaigns to a delivery says that the person complained or unsubscribed."),
                Arguments.of(
                        IgnoreReason.BLOCKED, "A reply of Campaigns to a delivery says that the address is blocked."),
                Arguments.of(
                        IgnoreReason.BOUNCED, "A reply of Campaigns to a delivery says that the address bounced."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replies")
    @DisplayName("A reply that suppresses a person is one event, however often it is settled or said again")
    void replied(IgnoreReason reason, String why) {
        scene.enqueue(scene.draft("run1", 1));
        Delivery first = scene.claimOne();
        scene.outbox.settle(List.of(refused(first, reason)));
        scene.outbox.settle(List.of(refused(first, reason)));
        scene.outbox.settle(List.of(refused(first, reason)));

        assertThat(suppressed()).singleElement().satisfies(entry -> {
            assertThat(entry.source()).isEqualTo(LedgerEvent.CAMPAIGNS);
            assertThat(entry.connection()).isEqualTo("main");
            assertThat(entry.purpose()).as("of every purpose").isEmpty();
            assertThat(entry.why()).isEqualTo(why);
            assertThat(entry.at()).isEqualTo(scene.clock.instant());
        });
    }

    @Test
    @DisplayName("A complaint after a bounce is an event of its own, a bounce after a complaint is none")
    void graver() {
        scene.enqueue(scene.draft("run1", 1));
        Delivery first = scene.claimOne();
        scene.outbox.settle(List.of(refused(first, IgnoreReason.BOUNCED)));
        scene.outbox.settle(List.of(refused(first, IgnoreReason.DO_NOT_MAIL)));
        scene.outbox.settle(List.of(refused(first, IgnoreReason.BOUNCED)));

        assertThat(suppressed()).extracting(LedgerEntry::why).hasSize(2);
        assertThat(suppressed().get(1).why()).contains("Do-Not-Mail");
    }

    @Test
    @DisplayName("A person whom ConsentBridge itself moved to Do-Not-Mail is suppressed by the product, once")
    void barred() {
        scene.enqueue(scene.draft("run1", "r1", 1, Action.DO_NOT_MAIL, "fp"));
        Delivery delivery = scene.outbox
                .claim("main", Action.DO_NOT_MAIL, "one", 1, OutboxFixture.LEASE)
                .get(0);
        Settlement moved = new Settlement.Delivered(delivery, delivery.onSuccess(), false);
        scene.outbox.settle(List.of(moved));
        scene.outbox.settle(List.of(moved));

        assertThat(suppressed()).singleElement().satisfies(entry -> {
            assertThat(entry.source()).isEqualTo(LedgerEvent.PRODUCT);
            assertThat(entry.why()).isEqualTo("ConsentBridge moved the person to the Do-Not-Mail registry.");
        });
    }

    @Test
    @DisplayName("A list that tells an unsubscription after a bounce tells an event, and the next reading tells none")
    void listed() {
        for (IgnoreReason reason :
                List.of(IgnoreReason.BOUNCED, IgnoreReason.BOUNCED, IgnoreReason.OPTED_OUT, IgnoreReason.OPTED_OUT)) {
            scene.clock.pass(Duration.ofMinutes(1));
            scene.suppressions.listed(
                    scene.list, scene.suppressions.beginReading(), reason, List.of(OutboxFixture.person(1)));
        }
        assertThat(suppressed())
                .extracting(LedgerEntry::why)
                .containsExactly(
                        "Campaigns lists the person as bounced.", "Campaigns lists the person as unsubscribed.");
    }

    @Test
    @DisplayName("Neither the suppression nor its event is stored if the transaction of the reply fails")
    void together() {
        Suppression said = new Suppression(
                "main",
                OutboxFixture.person(1),
                Suppression.EVERY_LIST,
                Suppression.REPLY,
                IgnoreReason.DO_NOT_MAIL,
                scene.clock.instant());
        assertThatThrownBy(() -> scene.database.change(handle -> {
                    scene.suppressions.replied(handle, List.of(said));
                    throw new IllegalStateException("the process dies");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(suppressed()).isEmpty();
        assertThat(scene.suppressions.of(OutboxFixture.person(1))).isEmpty();
    }
}
