package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleReaderTest {

    @ParameterizedTest
    @CsvSource({
        "day, , 09:00, DAY, 0, every day at 09:00",
        "day, , 9:05, DAY, 0, every day at 09:05",
        "week, monday, 09:00, WEEK, 1, every week on Monday at 09:00",
        "week, Sunday, 23:59, WEEK, 7, every week on Sunday at 23:59",
        "month, 1, 00:00, MONTH, 1, every month on day 1 at 00:00",
        "month, 28, 06:30, MONTH, 28, every month on day 28 at 06:30",
        "month, 29, 06:30, MONTH, 29, 'every month on day 29, or on the last day of a shorter month, at 06:30'",
        "month, last, 06:30, MONTH, 31, every month on the last day at 06:30"
    })
    @DisplayName("B41, B42: daily, weekly and monthly schedules are read, days that not each month has among them")
    void schedules(String every, String on, String at, Schedule.Unit unit, int day, String text) {
        LocalTime clock = LocalTime.parse(at.length() == 4 ? "0" + at : at);
        assertThat(ScheduleReader.read(every, on, at)).isEqualTo(new Schedule.Every(unit, day, clock, text));
    }

    @ParameterizedTest
    @CsvSource({
        "year, , 09:00, every",
        "day, monday, 09:00, on",
        "week, , 09:00, on",
        "week, moonday, 09:00, on",
        "month, , 09:00, on",
        "month, 0, 09:00, on",
        "month, 32, 09:00, on",
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

    @ParameterizedTest
    @CsvSource({
        "year, , 09:00, every is \"year\"",
        "week, moonday, 09:00, on is \"moonday\" for every: week",
        "month, , 09:00, on is missing for every: month",
        "day, , , at is missing",
        "day, , 24:00, at is \"24:00\""
    })
    @DisplayName("A refusal quotes what was written, or says that it is missing")
    void message(String every, String on, String at, String message) {
        assertThatThrownBy(() -> ScheduleReader.read(every, on, at)).hasMessage(message);
    }
}
