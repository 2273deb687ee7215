package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

class ScheduleReaderTest {

    @ParameterizedTest
    @CsvSource({
        "day, , 09:00, 0 0 9 * * ?, every day at 09:00",
        "day, , 9:05, 0 5 9 * * ?, every day at 09:05",
        "week, monday, 09:00, 0 0 9 ? * MON, every week on Monday at 09:00",
        "week, Sunday, 23:59, 0 59 23 ? * SUN, every week on Sunday at 23:59",
        "month, 1, 00:00, 0 0 0 1 * ?, every month on day 1 at 00:00",
        "month, 28, 06:30, 0 30 6 28 * ?, every month on day 28 at 06:30",
        "month, last, 06:30, 0 30 6 L * ?, every month on the last day at 06:30"
    })
    @DisplayName("B41, B42: daily, weekly and monthly schedules become a cron expression that Quartz takes")
    void schedules(String every, String on, String at, String cron, String text) {
        assertThat(ScheduleReader.read(every, on, at)).isEqualTo(new Schedule(cron, text));
        assertThat(CronExpression.isValidExpression(cron)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "year, , 09:00, every",
        "day, monday, 09:00, on",
        "week, , 09:00, on",
        "week, moonday, 09:00, on",
        "month, , 09:00, on",
        "month, 0, 09:00, on",
        "month, 31, 09:00, on",
        "day, , , at",
        "day, , 24:00, at",
        "day, , 9 o'clock, at"
    })
    @DisplayName("Words that make no schedule are refused at the key that is wrong")
    void refused(String every, String on, String at, String key) {
        assertThatThrownBy(() -> ScheduleReader.read(every, on, at))
                .isInstanceOfSatisfying(ScheduleFault.class, fault -> {
                    assertThat(fault.key()).isEqualTo(key);
                    assertThat(fault.whatWouldBeRight()).isNotBlank();
                });
    }
}
