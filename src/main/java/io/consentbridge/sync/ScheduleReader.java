package io.consentbridge.sync;

import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads "every day, week or month, on, at" as a schedule (B17, B41, B42).
 *
 * <p>A raw cron expression is not checked here.
 */
public final class ScheduleReader {

    private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
    private static final List<String> WEEKDAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final Set<String> EVERY = Set.of("day", "week", "month");

    private static final int SHORTEST_MONTH = 28;
    private static final int LONGEST_MONTH = 31;

    private ScheduleReader() {}

    /**
     * The schedule in these words.
     *
     * @param every day, week or month
     * @param on a weekday for week; 1 to 31 or {@code last} for month; null for day
     * @param at hours and minutes, such as 09:00
     * @throws ScheduleFault if the words are no schedule
     */
    public static Schedule read(String every, String on, String at) {
        if (!EVERY.contains(every)) {
            throw new ScheduleFault("every", "every is " + quoted(every), "write day, week or month");
        }
        Matcher time = TIME.matcher(at == null ? "" : at.strip());
        if (!time.matches()) {
            throw new ScheduleFault("at", "at is " + quoted(at), "write a time of day in quotes, such as \"09:00\"");
        }
        LocalTime clock = LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)));
        return switch (every) {
            case "day" -> daily(on, clock);
            case "week" -> weekly(on, clock);
            default -> monthly(on, clock);
        };
    }

    private static Schedule daily(String on, LocalTime clock) {
        if (on != null) {
            throw new ScheduleFault("on", "on cannot be combined with every: day", "delete it, or write every: week");
        }
        return new Schedule.Every(Schedule.Unit.DAY, 0, clock, "every day at " + clock);
    }

    private static Schedule weekly(String on, LocalTime clock) {
        return WEEKDAYS.stream()
                .filter(day -> day.equalsIgnoreCase(on))
                .findFirst()
                .map(day -> (Schedule) new Schedule.Every(
                        Schedule.Unit.WEEK, WEEKDAYS.indexOf(day) + 1, clock, "every week on " + day + " at " + clock))
                .orElseThrow(() -> new ScheduleFault(
                        "on", "on is " + quoted(on) + " for every: week", "write a weekday, such as monday"));
    }

    private static Schedule monthly(String on, LocalTime clock) {
        if ("last".equalsIgnoreCase(on)) {
            return new Schedule.Every(
                    Schedule.Unit.MONTH, LONGEST_MONTH, clock, "every month on the last day at " + clock);
        }
        if (on != null && on.matches("[1-9]|[12]\\d|3[01]")) {
            int day = Integer.parseInt(on);
            String shorter = day > SHORTEST_MONTH ? ", or on the last day of a shorter month," : "";
            return new Schedule.Every(
                    Schedule.Unit.MONTH, day, clock, "every month on day " + day + shorter + " at " + clock);
        }
        throw new ScheduleFault("on", "on is " + quoted(on) + " for every: month", "write a day from 1 to 31, or last");
    }

    /**
     * The same with {@code hour}, at each full hour, for a write-back.
     *
     * @param every hour, day, week or month
     */
    public static Schedule readWithHours(String every, String on, String at) {
        if (!"hour".equals(every)) {
            return read(every, on, at);
        }
        if (on != null || at != null) {
            String key = on != null ? "on" : "at";
            throw new ScheduleFault(key, key + " cannot be combined with every: hour", "delete it");
        }
        return new Schedule.Every(Schedule.Unit.HOUR, 0, LocalTime.MIDNIGHT, "every hour");
    }

    private static String quoted(String word) {
        return word == null ? "missing" : "\"" + word + "\"";
    }
}
