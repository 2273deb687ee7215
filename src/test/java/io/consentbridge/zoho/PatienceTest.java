package io.consentbridge.zoho;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A call that a limit holds up. */
class PatienceTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private final CallStop stop = new CallStop();
    private final List<Duration> pauses = new ArrayList<>();
    private final Patience patience =
            new Patience(Duration.ofMinutes(1), Clock.fixed(NOW, ZoneOffset.UTC), stop, pauses::add);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    @DisplayName("is waited for as long as its last failure says, not as an earlier one said")
    void lastFailureCounts() {
        ZohoFault.Throttled fault = new ZohoFault.Throttled("again", NOW.plusSeconds(50));
        fault.addSuppressed(new ZohoFault.Throttled("first", NOW.minusSeconds(5)));
        exchange.setException(fault);

        patience.process(exchange);

        assertThat(pauses).containsExactly(Duration.ofMillis(50_001));
    }

    @Test
    @DisplayName("is not waited for beyond the patience")
    void longLocks() {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new ZohoFault.Throttled("locked", NOW.plusSeconds(60)));
        assertThat(patience.waits(exchange)).isTrue();

        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new ZohoFault.Throttled("locked", NOW.plusSeconds(61)));
        assertThat(patience.waits(exchange)).isFalse();
    }

    @Test
    @DisplayName("is not waited for when the process ends, after any length of waiting")
    void ends() {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new ZohoFault.Throttled("locked", NOW.plusSeconds(60)));
        stop.stop();

        assertThat(patience.waits(exchange)).isFalse();
        stop.pause(Duration.ofDays(1));
    }
}
