package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.MovedClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long the CRM is left alone when refusals cannot be read. */
class SweepRestsTest {

    private static final Duration MOST = Duration.ofMinutes(15);

    private final MovedClock clock = new MovedClock();
    private final SweepRests rests = new SweepRests(clock, Duration.ofMinutes(15));
    private final Object configuration = new Object();

    @Test
    @DisplayName("a field that stays hidden costs some attempts in the first hour and four in each later hour")
    void doubles() {
        int tries = 0;
        for (int tick = 0; tick < 24 * 360; tick++) {
            if (!rests.isResting("main", configuration)) {
                assertThat(rests.failed("main", configuration, MOST)).isEqualTo(tries == 0);
                tries++;
            }
            clock.pass(Duration.ofSeconds(10));
        }
        assertThat(tries).isBetween(90, 105);
    }

    @Test
    @DisplayName("a new configuration ends the pause, and so does a success")
    void ends() {
        rests.failed("main", configuration, MOST);
        assertThat(rests.isResting("main", configuration)).isTrue();
        assertThat(rests.isResting("other", configuration)).isFalse();
        assertThat(rests.isResting("main", new Object())).isFalse();

        assertThat(rests.succeeded("main")).isTrue();
        assertThat(rests.isResting("main", configuration)).isFalse();
        assertThat(rests.succeeded("main")).isFalse();
    }
}
