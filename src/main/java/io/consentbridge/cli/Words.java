package io.consentbridge.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How times and figures look on a terminal, the same everywhere; nothing is a dash.
 *
 * @param zone in which times are shown
 */
record Words(ZoneId zone) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** To the minute; null is a dash. */
    String time(Instant instant) {
        return instant == null ? "-" : MINUTE.format(instant.atZone(zone));
    }

    /** To the minute in that zone, which is named; null is a dash. */
    static String timeIn(String zone, Instant instant) {
        return instant == null ? "-" : MINUTE.format(instant.atZone(ZoneId.of(zone))) + " " + zone;
    }

    /** null is a dash. */
    static String text(Object value) {
        if (value == null) {
            return "-";
        }
        return value instanceof Number number ? number(number.longValue()) : value.toString();
    }

    /** 12,500. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** "3.2 s" or "4 min 5 s". */
    static String duration(Duration duration) {
        if (duration.toMinutes() == 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return number(duration.toMinutes()) + " min " + duration.toSecondsPart() + " s";
    }

    /** "1 record", "2 records". */
    static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** "1 delivery", "2 deliveries". */
    static String count(long number, String noun, String nouns) {
        return number(number) + " " + (number == 1 ? noun : nouns);
    }

    /** "hour" for 3,600 seconds, "day" for 86,400. */
    static String window(long seconds) {
        if (seconds == Duration.ofHours(1).toSeconds()) {
            return "hour";
        } else if (seconds == Duration.ofDays(1).toSeconds()) {
            return "day";
        } else if (seconds == Duration.ofMinutes(1).toSeconds()) {
            return "minute";
        }
        return number(seconds) + " s";
    }
}
