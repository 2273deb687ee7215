package io.consentbridge.runtime;

import io.consentbridge.sync.Limits;
import io.consentbridge.sync.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds schedules that are never due, or due more often than a connection may have runs (B56, B57). */
final class ScheduleCheck {

    private final Limits limits;
    private final ZoneId zone;
    private final Instant now;

    /** What is wrong with a schedule, and what would be right. */
    record Fault(String what, String whatWouldBeRight) {}

    /** @param zone the time zone of days and months */
    ScheduleCheck(Limits limits, ZoneId zone, Instant now) {
        this.limits = limits;
        this.zone = zone;
        this.now = now;
    }

    /** Checks the whole next month; empty when nothing is wrong. */
    Optional<Fault> of(Schedule schedule) {
        if (Schedules.next(schedule, zone, now).isEmpty()) {
            return Optional.of(
                    new Fault("the schedule \"" + schedule.text() + "\" never fires", "write one that" + " does"));
        }
        YearMonth month = YearMonth.from(now.atZone(zone)).plusMonths(1);
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        Map<LocalDate, Integer> days = new HashMap<>();
        int runs = 0;
        Optional<Instant> due = Schedules.next(
                schedule, zone, month.atDay(1).atStartOfDay(zone).toInstant().minusMillis(1));
        while (due.isPresent() && due.get().isBefore(end)) {
            runs++;
            int today = days.merge(due.get().atZone(zone).toLocalDate(), 1, Integer::sum);
            if (exceeds(today, limits.runsPerDay())) {
                return Optional.of(tooOften(schedule, limits.runsPerDay(), "day", "limits.runs-per-day"));
            }
            if (exceeds(runs, limits.runsPerMonth())) {
                return Optional.of(tooOften(schedule, limits.runsPerMonth(), "month", "limits.runs-per-month"));
            }
            if (limits.runsPerDay() == 0 && limits.runsPerMonth() == 0) {
                return Optional.empty();
            }
            due = Schedules.next(schedule, zone, due.get());
        }
        return Optional.empty();
    }

    private static boolean exceeds(int runs, int most) {
        return most > 0 && runs > most;
    }

    private static Fault tooOften(Schedule schedule, int most, String period, String setting) {
        return new Fault(
                "the schedule \"" + schedule.text() + "\" fires more often than the " + most
                        + " runs that its connection may have in a " + period,
                "schedule it less often, or raise " + setting);
    }
}
