package io.consentbridge.confirmation.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
    private final RateLimit limit = new RateLimit(2, Duration.ofMinutes(1), 3, now::get);

    @Test
    @DisplayName("A key has its number of requests in each window")
    void windows() {
        assertThat(limit.admits("a")).isTrue();
        assertThat(limit.admits("a")).isTrue();
        assertThat(limit.admits("a")).isFalse();
        assertThat(limit.admits("b")).isTrue();
        now.updateAndGet(instant -> instant.plusSeconds(60));
        assertThat(limit.admits("a")).isTrue();
    }

    @Test
    @DisplayName("A clock that is set back opens a new window instead of locking everybody out")
    void setBack() {
        assertThat(limit.admits("a") && limit.admits("a")).isTrue();
        now.updateAndGet(instant -> instant.minus(Duration.ofDays(1)));
        assertThat(limit.admits("a")).isTrue();
    }

    @Test
    @DisplayName("Only a bounded number of keys is counted: the oldest are forgotten")
    void bounded() {
        assertThat(limit.admits("a") && limit.admits("a")).isTrue();
        limit.admits("b");
        limit.admits("c");
        limit.admits("d");
        assertThat(limit.admits("a")).isTrue();
    }
}
