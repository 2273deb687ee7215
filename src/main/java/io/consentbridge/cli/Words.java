package io.consentbridge.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Formats times and figures for a terminal, the same everywhere; null is a dash. A time is shown in the zone of its
 * connection, which is named.
 *
 * @param zones the connections' time zones, by name
 * @param runtime whether a runtime is up, so that syncs run by schedule
 */
record Words(Map<String, ZoneId> zones, boolean runtime) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    /** Returns the time to the minute; null is a dash. */
    String time(String connection, Instant instant) {
        return timeIn(zone(connection), instant);
    }

    /** Returns the time to the minute in that zone, which is named; null is a dash. */
    static String timeIn(String zone, Instant instant) {
        return timeIn(ZoneId.of(zone), instant);
    }

    private static String timeIn(ZoneId zone, Instant instant) {
        return instant == null ? "-" : MINUTE.format(instant.atZone(zone)) + " " + name(zone);
    }

    private static String name(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** Returns when something next happens by itself, which only a runtime does; null is a dash. */
    String next(String zone, Instant instant) {
        return instant == null || runtime ? timeIn(zone, instant) : "when a runtime runs";
    }

    /** Returns the text with each instant in it formatted like other times. */
    String timesIn(String connection, String text) {
        return timesIn(zone(connection), text);
    }

    /** Returns the same in that zone. */
    static String timesOf(String zone, String text) {
        return timesIn(ZoneId.of(zone), text);
    }

    private static String timesIn(ZoneId zone, String text) {
        return text == null ? null : ISO.matcher(text).replaceAll(found -> timeIn(zone, Instant.parse(found.group())));
    }

    /** Returns the zone of a connection; for an unknown connection, the zone that all others share, otherwise UTC. */
    private ZoneId zone(String connection) {
        ZoneId known = connection == null ? null : zones.get(connection);
        Set<ZoneId> all = Set.copyOf(zones.values());
        return known != null ? known : all.size() == 1 ? all.iterator().next() : ZoneOffset.UTC;
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
