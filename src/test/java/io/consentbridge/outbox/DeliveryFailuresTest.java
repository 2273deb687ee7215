package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.consentbridge.audience.Content;
import io.consentbridge.audience.HeldLists;
import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.quota.Quota;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a failure makes of a delivery. */
class DeliveryFailuresTest {

    private static final String OWN = "json/listsubscribe";

    private final OutboxFixture scene = new OutboxFixture(TestDatabase.usual());
    private final QuotaGovernor quota = new QuotaGovernor(
            scene.database,
            scene.clock,
            (connection, method) -> new Quota(List.of(new Quota.Window(10, Duration.ofHours(1)))));
    private final HeldLists heldLists =
            new HeldLists(scene.database, scene.clock, Duration.ofSeconds(10), Duration.ofMinutes(1));
    private boolean answers = true;
    private boolean hasList = true;
    private final Reach reach = new Reach() {
        @Override
        public boolean answers(Delivery delivery) {
            return answers;
        }

        @Override
        public boolean hasList(Delivery delivery) {
            return hasList;
        }
    };
    private final DeliveryFailures misfortunes = new DeliveryFailures(
            quota,
            scene.backoff,
            scene.lists,
            heldLists,
            new DeletedLists(scene.lists, scene.outbox),
            scene.queries,
            reach,
            scene.clock);
    private final Instant free = scene.clock.instant().plusSeconds(1800);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    @DisplayName("a refusal leaves nobody marked as perhaps on the list, unless an earlier attempt was disturbed")
    void refusedAfterADisturbance() {
        ZohoFault.Rejected refusal = new ZohoFault.Rejected("901", "refused");

        assertThat(misfortunes.settle(exchange, delivery(1, 2), refusal))
                .isInstanceOfSatisfying(
                        Settlement.Parked.class,
                        parked -> assertThat(parked.perhapsSent()).isFalse());
        DeliveryFailures.disturbed(exchange);
        assertThat(misfortunes.settle(exchange, delivery(1, 2), refusal))
                .isInstanceOfSatisfying(
                        Settlement.Parked.class,
                        parked -> assertThat(parked.perhapsSent()).isTrue());
    }

    @Test
    @DisplayName("a lock of the delivery's own method delays every delivery by that method")
    void ownMethodIsLocked() {
        throttled(new ZohoFault.Throttled(OWN, "called too often", free));

        assertThat(quota.usage("main", OWN).lockedUntil()).contains(free);
        assertThat(scene.backoff.current("main")).isEmpty();
    }

    @Test
    @DisplayName("a lock of a method that prepares the delivery delays its list, and nothing else")
    void otherMethodIsLocked() {
        scene.enqueue(scene.draft("run1", 2));
        quota.reserve("main", OWN, 1);

        throttled(new ZohoFault.Throttled("addlistandcontacts", "called too often", free));

        assertThat(quota.usage("main", OWN).lockedUntil()).isEmpty();
        assertThat(quota.reserve("main", OWN, 10))
                .as("the call that was not made is free again")
                .isEqualTo(10);
        assertThat(scene.backoff.current("main")).isEmpty();
        assertThat(scene.claim("one", 10)).isEmpty();
        scene.requireDue(Action.SUBSCRIBE, free);
    }

    @Test
    @DisplayName(
            "a removal whose list cannot be looked up for a missing scope waits for growing pauses, with all that leave the list")
    void listMayNotBeFound() {
        scene.lists.missing(scene.list, Optional.of("key"));
        scene.enqueue(
                scene.draft("run1", "r1", 1, Action.UNSUBSCRIBE, "f"),
                scene.draft("run1", "r2", 2, Action.UNSUBSCRIBE, "f"));
        quota.reserve("main", Action.UNSUBSCRIBE.method(), 1);
        ZohoFault refusal = ZohoFault.Rejected.byScope(CampaignsLists.FIND, "main: no scope");

        for (int pause : List.of(10, 20, 40)) {
            List<Delivery> claimed = scene.outbox.claim("main", Action.UNSUBSCRIBE, "one", 10, OutboxFixture.LEASE);
            assertThat(claimed).hasSize(1);
            Settlement settled = misfortunes.settle(exchange, claimed.get(0), refusal);
            scene.outbox.settle(List.of(settled));

            assertThat(settled).isInstanceOf(Settlement.Released.class);
            scene.requireDue(Action.UNSUBSCRIBE, scene.clock.instant().plusSeconds(pause));
            scene.clock.pass(Duration.ofSeconds(pause));
        }
        assertThat(quota.usage("main", Action.UNSUBSCRIBE.method()).lockedUntil())
                .as("other lists")
                .isEmpty();
        misfortunes.prepared(delivery(), CampaignsLists.FIND);
        misfortunes.settle(exchange, leaving(1), refusal);
        // After a success the first pause is short again.
        scene.requireDue(Action.UNSUBSCRIBE, scene.clock.instant().plusSeconds(10));
    }

    @Test
    @DisplayName("a missing token delays the whole connection until a success")
    void noToken() {
        throttled(new ZohoFault.Throttled("too many access tokens", free));

        assertThat(scene.backoff.current("main"))
                .hasValueSatisfying(hold -> assertThat(hold.until()).isEqualTo(free));
        assertThat(quota.usage("main", OWN).lockedUntil()).isEmpty();
        misfortunes.succeeded(delivery());
        assertThat(scene.backoff.current("main")).isEmpty();
    }

    @Test
    @DisplayName("an outage of any length counts against nobody, for one delivery alone and for many")
    void outage() {
        ZohoFault.Transient outage = new ZohoFault.Transient("no reply", null);
        answers = false;
        for (int hour = 0; hour < 100; hour++) {
            assertThat(misfortunes.settle(exchange, delivery(1, 0), outage)).isInstanceOf(Settlement.Released.class);
            assertThat(scene.backoff.current("main")).isPresent();
            scene.clock.pass(Duration.ofHours(1));
        }
        answers = true;
        misfortunes.settle(exchange, delivery(2, 0), outage);
        assertThat(misfortunes.settle(exchange, delivery(3, 2), outage))
                .as("three that fail, and none that gets through")
                .isInstanceOf(Settlement.Released.class);
    }

    @Test
    @DisplayName(
            "a delivery that fails alone while Zoho answers is retried after others, and parked after three rounds")
    void aloneAtFault() {
        ZohoFault.Transient failure = new ZohoFault.Transient("no reply", null);

        assertThat(misfortunes.settle(exchange, delivery(1, 0), failure))
                .isInstanceOfSatisfying(
                        Settlement.Postponed.class,
                        postponed -> assertThat(postponed.until()).isAfter(scene.clock.instant()));
        assertThat(misfortunes.settle(exchange, delivery(1, 2), failure)).isInstanceOf(Settlement.Parked.class);
        assertThat(scene.backoff.current("main")).isEmpty();
    }

    @Test
    @DisplayName(
            "an outage that begins while deliveries are in flight counts against none of them, even if another one just succeeded")
    void outageBeginsInFlight() {
        exchange.setVariable(DeliveryFailures.STARTED, scene.clock.instant());
        scene.clock.pass(Duration.ofSeconds(1));
        misfortunes.succeeded(delivery(1, 0));
        answers = false;

        for (int id = 2; id <= 10; id++) {
            assertThat(misfortunes.settle(exchange, delivery(id, 2), new ZohoFault.Transient("no reply", null)))
                    .isInstanceOf(Settlement.Released.class);
        }
        assertThat(scene.backoff.current("main")).isPresent();
        assertThat(misfortunes.settle(exchange, delivery(11, 2), new OutOfMemoryError("heap")))
                .isInstanceOf(Settlement.Released.class);
    }

    @Test
    @DisplayName("a delivery that fails while others succeed is retried in three rounds before it is parked")
    void failsBesideOthers() {
        exchange.setVariable(DeliveryFailures.STARTED, scene.clock.instant());
        misfortunes.succeeded(delivery(1, 0));
        ZohoFault.Transient failure = new ZohoFault.Transient("no reply", null);

        for (int id = 2; id <= 10; id++) {
            assertThat(misfortunes.settle(exchange, delivery(id, 1), failure)).isInstanceOf(Settlement.Postponed.class);
        }
        assertThat(misfortunes.settle(exchange, delivery(2, 2), failure)).isInstanceOf(Settlement.Parked.class);
        assertThat(scene.backoff.current("main")).isEmpty();
    }

    @Test
    @DisplayName("a list that breaks while deliveries are in flight is held, and none of them is parked or marked")
    void listBreaksInFlight() {
        exchange.setVariable(DeliveryFailures.STARTED, scene.clock.instant());
        misfortunes.succeeded(delivery(1, 0));

        assertThat(misfortunes.unrecognised(exchange, delivery(2, 0), unknown()))
                .isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.unrecognised(exchange, delivery(3, 0), unknown()))
                .isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.unrecognised(exchange, delivery(4, 0), unknown()))
                .isInstanceOf(Settlement.Released.class);
        assertThat(heldLists.of("main")).hasSize(1);
    }

    @Test
    @DisplayName("a code without a message marks nobody before it came twice, even if another person was accepted")
    void refusedInFlight() {
        ContactReply.Refused wordless = new ContactReply.Refused(IgnoreReason.INVALID_PATTERN, "2004", false, false);
        scene.enqueue(scene.draft("run1", 7), scene.draft("run1", 8));
        exchange.setVariable(DeliveryFailures.STARTED, scene.clock.instant());
        misfortunes.succeeded(delivery(1, 0));

        assertThat(misfortunes.refused(exchange, delivery(2, 0), wordless)).isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.refused(exchange, delivery(2, 1), wordless))
                .isInstanceOfSatisfying(
                        Settlement.Refused.class,
                        refused -> assertThat(refused.remembered()).isTrue());
    }

    @Test
    @DisplayName(
            "a lost database is not the delivery's fault: it is given back as perhaps sent, nothing is counted, nothing thrown")
    void lostDatabase() {
        Delivery delivery = delivery(1, 2);
        answers = false;
        scene.database.close();
        Throwable lost = catchThrowable(() -> scene.database.change(handle -> {}));

        for (Throwable cause :
                List.of(lost, new ZohoFault.Transient("no answer", null), new MissingTopics(List.of("Fairs")))) {
            assertThat(misfortunes.settle(exchange, delivery, cause))
                    .isInstanceOfSatisfying(
                            Settlement.Released.class,
                            released -> assertThat(released.perhapsSent()).isTrue());
        }
    }

    @Test
    @DisplayName(
            "three deliveries with one code hold the list while nobody is accepted, and one accepted person releases it")
    void listAtFault() {
        assertThat(misfortunes.unrecognised(exchange, delivery(1, 0), unknown()))
                .isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.unrecognised(exchange, delivery(2, 0), unknown()))
                .isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.unrecognised(exchange, delivery(3, 0), unknown()))
                .isInstanceOf(Settlement.Released.class);

        assertThat(heldLists.of("main")).singleElement().satisfies(held -> {
            assertThat(held.list()).isEqualTo("Product News");
            assertThat(held.because()).contains("all subscriptions are refused with code 2007", "Invalid topic.");
        });
        assertThat(scene.backoff.current("main")).as("other lists go on").isEmpty();
        assertThatThrownBy(() -> misfortunes.requireFree(delivery(4, 0))).isInstanceOf(Halted.class);

        misfortunes.succeeded(delivery(4, 0));
        assertThat(heldLists.of("main")).isEmpty();
        misfortunes.requireFree(delivery(5, 0));
    }

    @Test
    @DisplayName("a documented code of one person is remembered once another subscription has succeeded, not before")
    void personAtFault() {
        ContactReply.Refused group = new ContactReply.Refused(IgnoreReason.GROUP_EMAIL, "2005", false, true);
        scene.enqueue(scene.draft("run1", 7), scene.draft("run1", 8));
        exchange.setVariable(DeliveryFailures.STARTED, scene.clock.instant());

        assertThat(misfortunes.refused(exchange, delivery(1, 0), group)).isInstanceOf(Settlement.Postponed.class);
        misfortunes.succeeded(delivery(2, 0));
        assertThat(misfortunes.refused(exchange, delivery(1, 1), group))
                .isInstanceOfSatisfying(Settlement.Refused.class, refused -> {
                    assertThat(refused.remembered()).isTrue();
                    assertThat(refused.suppress()).isFalse();
                });
    }

    @Test
    @DisplayName(
            "one person alone is excluded at once where the reply's message names them, and else after three attempts")
    void aloneRefused() {
        ContactReply.Refused group = new ContactReply.Refused(IgnoreReason.GROUP_EMAIL, "2005", false, true);
        ContactReply.Refused never = new ContactReply.Refused(IgnoreReason.DO_NOT_MAIL, "2006", true, true);

        assertThat(misfortunes.refused(exchange, delivery(1, 0), group))
                .isInstanceOfSatisfying(
                        Settlement.Refused.class,
                        refused -> assertThat(refused.remembered()).isTrue());
        assertThat(misfortunes.refused(exchange, delivery(2, 0), never))
                .as("what is said of the person is a refusal, and stays")
                .isInstanceOfSatisfying(
                        Settlement.Refused.class,
                        refused -> assertThat(refused.suppress()).isTrue());

        ContactReply.Refused wordless = new ContactReply.Refused(IgnoreReason.INVALID_PATTERN, "2004", false, false);
        assertThat(misfortunes.refused(exchange, delivery(3, 1), wordless)).isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.refused(exchange, delivery(3, 2), wordless))
                .isInstanceOfSatisfying(
                        Settlement.Refused.class,
                        refused -> assertThat(refused.remembered()).isFalse());
    }

    @Test
    @DisplayName(
            "a list where everybody gets one code is held and nobody is marked, even if the code belongs to a person")
    void everybodyRefused() {
        ContactReply.Refused group = new ContactReply.Refused(IgnoreReason.GROUP_EMAIL, "2005", false, false);

        assertThat(misfortunes.refused(exchange, delivery(1, 0), group)).isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.refused(exchange, delivery(2, 0), group)).isInstanceOf(Settlement.Postponed.class);
        assertThat(misfortunes.refused(exchange, delivery(3, 0), group)).isInstanceOf(Settlement.Released.class);
        assertThat(heldLists.of("main")).hasSize(1);
    }

    @Test
    @DisplayName(
            "the last people of a run are marked in any number when their addresses are refused minutes after others were accepted")
    void lastOfARun() {
        ContactReply.Refused bounced = new ContactReply.Refused(IgnoreReason.BOUNCED, "2007", true, true);
        scene.enqueue(scene.draft("run1", 27), scene.draft("run1", 28));
        misfortunes.succeeded(delivery(26, 0));
        scene.clock.pass(Duration.ofSeconds(5));

        for (int number = 1; number <= 25; number++) {
            assertThat(misfortunes.refused(exchange, delivery(number, 0), bounced))
                    .isInstanceOf(Settlement.Postponed.class);
        }
        for (int number = 1; number <= 25; number++) {
            assertThat(misfortunes.refused(exchange, delivery(number, 1), bounced))
                    .isInstanceOfSatisfying(
                            Settlement.Refused.class,
                            refused -> assertThat(refused.suppress()).isTrue());
        }
        assertThat(heldLists.of("main")).isEmpty();
    }

    private static ContactReply.Unrecognised unknown() {
        return new ContactReply.Unrecognised("2007", "Invalid topic.");
    }

    private void throttled(ZohoFault.Throttled fault) {
        assertThat(misfortunes.settle(exchange, delivery(), fault)).isInstanceOf(Settlement.Released.class);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Delivery delivery() {
        return delivery(1, 0);
    }

    private Delivery leaving(long id) {
        return delivery(id, 0, Action.UNSUBSCRIBE, Optional.empty());
    }

    private Delivery delivery(long id, int rounds) {
        return delivery(id, rounds, Action.SUBSCRIBE, Optional.of("key"));
    }

    private Delivery delivery(long id, int rounds, Action action, Optional<String> key) {
        Content content = new Content(Map.of("Contact Email", "p1@example.com"), List.of(), null);
        return new Delivery(
                id,
                1,
                Instant.EPOCH,
                "main",
                scene.list,
                "News",
                key,
                Optional.empty(),
                1,
                new Person("p1@example.com"),
                action,
                content,
                "fp",
                "run1",
                "r1",
                1L,
                new Outcome.New(),
                rounds,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }
}
