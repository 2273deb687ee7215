package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sync.Limits;
import io.consentbridge.sync.Schedule;
import io.consentbridge.sync.ScheduleReader;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What check finds wrong with a schedule. */
class ScheduleCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0 0 9 31 2 ?, never fires",
        "0 0 9 1 1 ? 2020, never fires",
        "0 0 * * * ?, more often than the 10 runs that its connection may have in a day",
        "* * * * * ?, more often than the 10 runs that its connection may have in a day",
        "0 0 9/4 * * ?, more often than the 50 runs that its connection may have in a month"
    })
    @DisplayName("B56, B57: one that is never due, or more often than the limits allow, is found")
    void found(String cron, String what) {
        assertThat(check(10, 50).of(new Schedule.Cron(cron, "cron " + cron)))
                .hasValueSatisfying(fault -> assertThat(fault.what()).contains(cron, what));
    }

    @Test
    @DisplayName("One that is due once a day is valid, and so is any where the limits are off")
    void right() {
        assertThat(check(10, 50).of(ScheduleReader.read("day", null, "09:00"))).isEmpty();
        assertThat(check(10, 50).of(new Schedule.Cron("0 0 9 1 1 ? 2099", "once")))
                .isEmpty();
        assertThat(check(0, 0).of(new Schedule.Cron("* * * * * ?", "always"))).isEmpty();
    }

    private static ScheduleCheck check(int day, int month) {
        return new ScheduleCheck(new Limits(10, day, month, 5, 15), ZoneId.of("Europe/Berlin"), NOW);
    }
}
