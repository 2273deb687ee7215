package io.consentbridge.sandbox.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sandbox.clock.SandboxClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The limits of subscriptions that take long to reach; LimitsAndFaultsTest has the one of a minute, over HTTP. */
class QuotasTest {

    private static final String SUBSCRIBE = "json/listsubscribe";

    private final SandboxClock clock =
            new SandboxClock(Clock.fixed(Instant.parse("2026-11-28T08:00:00Z"), ZoneOffset.UTC), null);
    private final Quotas quotas = new Quotas(clock, () -> true);

    /** Sends so many at once, then waits, again and again. */
    private void send(int wanted, int atOnce, Duration pause) {
        for (int sent = 0; sent < wanted; sent++) {
            if (sent > 0 && sent % atOnce == 0) {
                clock.move(pause);
            }
            assertThat(quotas.take(SUBSCRIBE)).as("call %d", sent + 1).isTrue();
        }
    }

    @Test
    @DisplayName("Quotas allow 12,500 subscriptions an hour at most, however evenly they come")
    void hour() {
        send(12_500, 125, Duration.ofSeconds(31));
        clock.move(Duration.ofSeconds(31));

        assertThat(quotas.take(SUBSCRIBE)).isFalse();
        assertThat(quotas.take("getmailinglists")).isTrue();
    }

    @Test
    @DisplayName("Quotas allow 75,000 subscriptions a day at most, however evenly they come")
    void day() {
        send(75_000, 125, Duration.ofSeconds(40));
        clock.move(Duration.ofSeconds(40));

        assertThat(quotas.take(SUBSCRIBE)).isFalse();
    }
}
