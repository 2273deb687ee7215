package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Person;
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

@DisplayName("What a failure makes of a delivery")
class MisfortunesTest {

    private static final String OWN = "json/listsubscribe";

    private final Scene scene = new Scene(TestDatabase.H2);
    private final QuotaGovernor quota = new QuotaGovernor(
            scene.database,
            scene.clock,
            (connection, method) -> new Quota(List.of(new Quota.Window(10, Duration.ofHours(1)))));
    private final Misfortunes misfortunes =
            new Misfortunes(quota, scene.holds, scene.lists, new GoneLists(scene.lists, scene.outbox), scene.clock);
    private final Instant free = scene.clock.instant().plusSeconds(1800);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    @DisplayName("a refusal leaves nobody perhaps on the list, unless an earlier try was disturbed")
    void refusedAfterADisturbance() {
        ZohoFault.Rejected refusal = new ZohoFault.Rejected("901", "refused");

        assertThat(misfortunes.settle(exchange, delivery(), refusal))
                .isInstanceOfSatisfying(
                        Settlement.Parked.class,
                        parked -> assertThat(parked.perhapsSent()).isFalse());
        Misfortunes.disturbed(exchange);
        assertThat(misfortunes.settle(exchange, delivery(), refusal))
                .isInstanceOfSatisfying(
                        Settlement.Parked.class,
                        parked -> assertThat(parked.perhapsSent()).isTrue());
    }

    @Test
    @DisplayName("a lock of the delivery's own method holds back whatever is sent by it")
    void ownMethodIsLocked() {
        throttled(new ZohoFault.Throttled(OWN, "called too often", free));

        assertThat(quota.usage("main", OWN).lockedUntil()).contains(free);
        assertThat(scene.holds.current("main")).isEmpty();
    }

    @Test
    @DisplayName("a lock of a method that prepares the delivery holds back its list, and nothing else is locked")
    void otherMethodIsLocked() {
        scene.enqueue(scene.draft("run1", 2));
        quota.reserve("main", OWN, 1);

        throttled(new ZohoFault.Throttled("addlistandcontacts", "called too often", free));

        assertThat(quota.usage("main", OWN).lockedUntil()).isEmpty();
        assertThat(quota.reserve("main", OWN, 10))
                .as("the call that was not made is free again")
                .isEqualTo(10);
        assertThat(scene.holds.current("main")).isEmpty();
        assertThat(scene.claim("one", 10)).isEmpty();
        assertThat(scene.outbox.nextDue("main", Action.SUBSCRIBE)).contains(free);
    }

    @Test
    @DisplayName("the want of a token holds back the whole connection, until a success")
    void noToken() {
        throttled(new ZohoFault.Throttled("too many access tokens", free));

        assertThat(scene.holds.current("main"))
                .hasValueSatisfying(hold -> assertThat(hold.until()).isEqualTo(free));
        assertThat(quota.usage("main", OWN).lockedUntil()).isEmpty();
        misfortunes.succeeded("main");
        assertThat(scene.holds.current("main")).isEmpty();
    }

    private void throttled(ZohoFault.Throttled fault) {
        assertThat(misfortunes.settle(exchange, delivery(), fault)).isInstanceOf(Settlement.Released.class);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Delivery delivery() {
        Content content = new Content(Map.of("Contact Email", "p1@example.com"), List.of(), null);
        return new Delivery(
                1,
                1,
                Instant.EPOCH,
                "main",
                scene.list,
                "News",
                Optional.of("key"),
                Optional.empty(),
                1,
                new Person("p1@example.com"),
                Action.SUBSCRIBE,
                content,
                "fp",
                "run1",
                "r1",
                1L,
                new Outcome.New(),
                0,
                Optional.empty());
    }
}
