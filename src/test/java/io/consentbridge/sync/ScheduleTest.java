package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a schedule in words is due. */
class ScheduleTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate END = LocalDate.of(2036, 1, 1);

    @ParameterizedTest
    @CsvSource({
        // The hour that does not exist: at the first minute after it.
        "week, sunday, 02:30, Europe/Berlin, 2027-03-27T12:00:00Z, 2027-03-28T01:00:00Z",
        "day, , 02:00, Europe/Berlin, 2027-03-27T12:00:00Z, 2027-03-28T01:00:00Z",
        "day, , 02:30, America/New_York, 2027-03-13T12:00:00Z, 2027-03-14T07:00:00Z",
        "day, , 02:15, Australia/Lord_Howe, 2026-10-03T12:00:00Z, 2026-10-03T15:30:00Z",
        // The hour that exists twice: the first time, and not again.
        "day, , 02:30, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
        "day, , 02:30, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "day, , 01:45, Australia/Lord_Howe, 2026-04-04T14:45:00Z, 2026-04-05T15:15:00Z",
        // A server in UTC, a zone elsewhere.
        "day, , 03:00, Asia/Tokyo, 2026-11-27T12:00:00Z, 2026-11-27T18:00:00Z",
        "day, , 03:00, Asia/Kathmandu, 2026-11-27T21:14:59Z, 2026-11-27T21:15:00Z",
        // Days that a month lacks.
        "month, 31, 09:00, UTC, 2027-01-31T09:00:00Z, 2027-02-28T09:00:00Z",
        "month, 29, 09:00, UTC, 2028-02-01T00:00:00Z, 2028-02-29T09:00:00Z",
        "month, 30, 09:00, UTC, 2027-02-28T09:00:00Z, 2027-03-30T09:00:00Z",
        "month, last, 09:00, UTC, 2027-04-01T00:00:00Z, 2027-04-30T09:00:00Z",
        // A day that a zone left out.
        "day, , 09:00, Pacific/Apia, 2011-12-29T20:00:00Z, 2011-12-30T10:00:00Z"
    })
    @DisplayName("B41, B42: the next due time is correct across clock changes and ends of months")
    void next(String every, String on, String at, String zone, Instant after, Instant due) {
        assertThat(every(every, on, at).next(after, ZoneId.of(zone))).isEqualTo(due);
    }

    @Property(tries = 60)
    @Label("Each day of ten years has one due time, at its scheduled time or at the first minute after the hour"
            + " that does not exist")
    void everyDay(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(max = 23) int hour,
            @ForAll @IntRange(max = 59) int minute) {
        LocalTime at = LocalTime.of(hour, minute);
        List<Instant> due = due(every("day", null, at.toString()), zone);

        assertThat(due).hasSize((int) (END.toEpochDay() - FIRST.toEpochDay()));
        for (int i = 0; i < due.size(); i++) {
            ZonedDateTime ran = due.get(i).atZone(zone);
            assertThat(ran.toLocalDate()).isEqualTo(FIRST.plusDays(i));
            if (!ran.toLocalTime().equals(at)) {
                assertThat(zone.getRules().getValidOffsets(FIRST.plusDays(i).atTime(at)))
                        .isEmpty();
                assertThat(zone.getRules()
                                .getTransition(FIRST.plusDays(i).atTime(at))
                                .getDateTimeAfter())
                        .isEqualTo(ran.toLocalDateTime());
            }
        }
    }

    @Property(tries = 30)
    @Label("Each week and each month of ten years has one due time, on its day or on the last one that there is")
    void everyWeekAndMonth(@ForAll("zones") ZoneId zone, @ForAll @IntRange(min = 1, max = 31) int day) {
        List<Instant> weeks = due(every("week", "sunday", "02:30"), zone);
        List<Instant> months = due(every("month", String.valueOf(day), "02:30"), zone);

        assertThat(weeks)
                .hasSize(522)
                .allSatisfy(due -> assertThat(due.atZone(zone).getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY));
        assertThat(months).hasSize(120).allSatisfy(due -> {
            LocalDate date = due.atZone(zone).toLocalDate();
            assertThat(date.getDayOfMonth()).isEqualTo(Math.min(day, date.lengthOfMonth()));
        });
    }

    @Property(tries = 500)
    @Label("From any instant on the next due time is the first of them all that is later")
    void fromAnyInstant(@ForAll("zones") ZoneId zone, @ForAll @IntRange(max = 315_000_000) int seconds) {
        Schedule.Every schedule = every("day", null, "02:30");
        Instant after = FIRST.atStartOfDay(zone).toInstant().plusSeconds(seconds);

        Instant next = schedule.next(after, zone);

        assertThat(next).isAfter(after);
        assertThat(schedule.next(next.minusMillis(1), zone)).isEqualTo(next);
        assertThat(next).isBeforeOrEqualTo(after.plusSeconds(90_000 + 3_600));
    }

    @Test
    @DisplayName("A write-back may be due every hour, at each full hour, across changes of the clock")
    void everyHour() {
        Schedule.Every hourly = (Schedule.Every) ScheduleReader.readWithHours("hour", null, null);
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant twice = Instant.parse("2026-10-25T00:10:00Z");

        assertThat(due(hourly, berlin, twice, 3))
                .containsExactly(
                        Instant.parse("2026-10-25T01:00:00Z"),
                        Instant.parse("2026-10-25T02:00:00Z"),
                        Instant.parse("2026-10-25T03:00:00Z"));
        assertThat(hourly.next(Instant.parse("2026-11-28T12:15:00Z"), ZoneId.of("Asia/Kathmandu")))
                .isEqualTo(Instant.parse("2026-11-28T12:15:00Z").plusSeconds(3600));
    }

    private static List<Instant> due(Schedule.Every schedule, ZoneId zone, Instant from, int many) {
        List<Instant> due = new ArrayList<>();
        Instant last = from;
        while (due.size() < many) {
            last = schedule.next(last, zone);
            due.add(last);
        }
        return due;
    }

    private static List<Instant> due(Schedule.Every schedule, ZoneId zone) {
        List<Instant> due = new ArrayList<>();
        Instant end = END.atStartOfDay(zone).toInstant();
        Instant next = schedule.next(FIRST.atStartOfDay(zone).toInstant().minusMillis(1), zone);
        while (next.isBefore(end)) {
            due.add(next);
            next = schedule.next(next, zone);
        }
        return due;
    }

    private static Schedule.Every every(String every, String on, String at) {
        return (Schedule.Every) ScheduleReader.read(every, on, at);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
                .map(ZoneId::of);
    }
}
