package io.consentbridge.sync;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads "every day, week or month, on, at" as a schedule (B17, B41, B42).
 *
 * <p>A raw cron expression is not judged here.
 */
public final class ScheduleReader {

    private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");
    private static final List<String> WEEKDAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final Set<String> EVERY = Set.of("day", "week", "month");

    private ScheduleReader() {}

    /**
     * The schedule of these words.
     *
     * @param every day, week or month
     * @param on a weekday for week; 1 to 28 or {@code last} for month; null for day
     * @param at hours and minutes, such as 09:00
     * @throws ScheduleFault when the words make no schedule
     */
    public static Schedule read(String every, String on, String at) {
        if (!EVERY.contains(every)) {
            throw new ScheduleFault("every", "every is " + quoted(every), "write day, week or month");
        }
        Matcher time = TIME.matcher(at == null ? "" : at.strip());
        if (!time.matches()) {
            throw new ScheduleFault("at", "at is " + quoted(at), "write a time of day in quotes, such as \"09:00\"");
        }
        int hour = Integer.parseInt(time.group(1));
        int minute = Integer.parseInt(time.group(2));
        String clock = "%02d:%02d".formatted(hour, minute);
        String start = "0 " + minute + " " + hour + " ";
        return switch (every) {
            case "day" -> daily(start, on, clock);
            case "week" -> weekly(start, on, clock);
            default -> monthly(start, on, clock);
        };
    }

    private static Schedule daily(String start, String on, String clock) {
        if (on != null) {
            throw new ScheduleFault("on", "on is given for every day", "leave it out, or write every: week");
        }
        return new Schedule(start + "* * ?", "every day at " + clock);
    }

    private static Schedule weekly(String start, String on, String clock) {
        return WEEKDAYS.stream()
                .filter(day -> day.equalsIgnoreCase(on))
                .findFirst()
                .map(day -> new Schedule(start + "? * " + cron(day), "every week on " + day + " at " + clock))
                .orElseThrow(() -> new ScheduleFault(
                        "on", "on is " + quoted(on) + " for every week", "write a weekday, such as monday"));
    }

    private static Schedule monthly(String start, String on, String clock) {
        if ("last".equalsIgnoreCase(on)) {
            return new Schedule(start + "L * ?", "every month on the last day at " + clock);
        }
        // A 29th, 30th or 31st is missing in some months, and those runs would silently be missing too.
        if (on != null && on.matches("[1-9]|1\\d|2[0-8]")) {
            return new Schedule(start + on + " * ?", "every month on day " + on + " at " + clock);
        }
        throw new ScheduleFault("on", "on is " + quoted(on) + " for every month", "write a day from 1 to 28, or last");
    }

    private static String cron(String day) {
        return day.substring(0, 3).toUpperCase(Locale.ROOT);
    }

    private static String quoted(String word) {
        return word == null ? "missing" : "\"" + word + "\"";
    }
}
