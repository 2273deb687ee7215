package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.ZohoFault;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a failure makes of a delivery")
class MisfortunesTest {

    private final Misfortunes misfortunes =
            new Misfortunes(null, null, new GoneLists(null, null), InstantSource.system());
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

    private static Delivery delivery() {
        Content content = new Content(Map.of("Contact Email", "p1@example.com"), List.of(), null);
        return new Delivery(
                1,
                1,
                "main",
                1,
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
