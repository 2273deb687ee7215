package io.consentbridge.sync;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;

/** When a sync or a write-back runs on its own, in its connection's zone (B17, B41, B42). */
public sealed interface Schedule {

    /** The schedule in words, for people: "every week on Monday at 09:00". */
    String text();

    /**
     * A Quartz expression, with the rule of Quartz for hours that do not exist or exist twice.
     *
     * @param expression six or seven fields, seconds first
     */
    record Cron(String expression, String text) implements Schedule {}

    /** The unit in which it recurs. */
    enum Unit {
        /** Of write-backs only; a sync reads changes, and has limits on its runs. */
        HOUR,
        DAY,
        WEEK,
        MONTH
    }

    /**
     * A schedule for every hour, day, week or month. An hour that does not exist runs at the first minute after it; one that
     * exists twice runs once, the first time.
     *
     * @param on for a week the day from Monday, 1; for a month the day, or its last day if the month is shorter; 0 for a day or an hour
     */
    record Every(Unit unit, int on, LocalTime at, String text) implements Schedule {

        /** The first due time after an instant. */
        public Instant next(Instant after, ZoneId zone) {
            if (unit == Unit.HOUR) {
                Instant hour = after.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
                return hour.plus(1, ChronoUnit.HOURS);
            }
            // A due time may fall on the day after its own.
            LocalDate day = firstFrom(after.atZone(zone).toLocalDate().minusDays(1));
            Instant due = instant(day.atTime(at), zone);
            while (!due.isAfter(after)) {
                day = following(day);
                due = instant(day.atTime(at), zone);
            }
            return due;
        }

        private LocalDate firstFrom(LocalDate day) {
            return switch (unit) {
                case HOUR, DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.nextOrSame(DayOfWeek.of(on)));
                case MONTH -> in(YearMonth.from(day));
            };
        }

        private LocalDate following(LocalDate day) {
            return switch (unit) {
                case HOUR, DAY -> day.plusDays(1);
                case WEEK -> day.plusWeeks(1);
                case MONTH -> in(YearMonth.from(day).plusMonths(1));
            };
        }

        private LocalDate in(YearMonth month) {
            return month.atDay(Math.min(on, month.lengthOfMonth()));
        }

        private static Instant instant(LocalDateTime local, ZoneId zone) {
            ZoneOffsetTransition change = zone.getRules().getTransition(local);
            return change != null && change.isGap()
                    ? change.getInstant()
                    : local.atZone(zone).toInstant();
        }
    }
}
