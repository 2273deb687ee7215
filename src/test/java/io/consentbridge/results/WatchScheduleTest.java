package io.consentbridge.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a campaign is looked at. */
class WatchScheduleTest {

    private static final Instant SENT = Instant.parse("2026-03-01T10:00:20Z");

    @ParameterizedTest(name = "looked at {0} after sending, next {1} after it")
    @CsvSource({
        "PT0S, PT1H",
        "PT59M, PT1H",
        "PT1H, PT2H",
        "PT47H30M, PT48H",
        "PT48H, PT72H",
        "P13DT23H, P14D",
        "P14D, P21D",
        "P90D, P91D",
        "-PT5M, PT1H"
    })
    @DisplayName("A campaign is looked at hourly for two days, daily until two weeks and weekly until three months")
    void next(Duration age, Duration next) {
        assertThat(WatchSchedule.next(SENT, SENT.plus(age))).contains(SENT.plus(next));
    }

    @Test
    @DisplayName("After three months a campaign is not looked at any more")
    void over() {
        assertThat(WatchSchedule.next(SENT, SENT.plus(Duration.ofDays(91)))).isEmpty();
        assertThat(WatchSchedule.next(SENT, SENT.plus(Duration.ofDays(900)))).isEmpty();
    }

    @Test
    @DisplayName("Looks that come late do not move those behind them: at most one for each hour, and few altogether")
    void late() {
        Optional<Instant> due = Optional.of(SENT);
        int looks = 0;
        while (due.isPresent()) {
            looks++;
            due = WatchSchedule.next(SENT, due.get().plus(Duration.ofMinutes(17)));
        }
        assertThat(looks).isEqualTo(48 + 1 + 12 + 11);
    }
}
