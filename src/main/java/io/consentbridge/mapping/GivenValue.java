package io.consentbridge.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;

/** Reads an entry of the Map that the transformation of fields yields, whose name and value may have any type. */
final class GivenValue {

    private static final int LONGEST_NAME = 100;

    private GivenValue() {}

    /** The name of a field. */
    static String name(Object name) {
        if (!(name instanceof String text) || text.isBlank()) {
            throw new UnusableField("it has a field whose name is not text");
        }
        if (ContactMapper.isEmail(text)) {
            throw new UnusableField(
                    "it has \"" + quoted(text) + "\", which steps must not set: the address comes from the CRM record");
        }
        return text;
    }

    /** The name, quoted for messages. */
    static String quoted(String name) {
        String line = name.strip().replaceAll("\\p{Cntrl}", " ");
        return line.codePointCount(0, line.length()) <= LONGEST_NAME ? line : TextLimits.cut(line, LONGEST_NAME);
    }

    /** The value as text, written as the mapping writes it; null for none. */
    static String write(String name, Object value, ValueWriter writer) {
        if (value instanceof Collection<?> several) {
            several.forEach(one -> single(name, one));
            return writer.write(several, null);
        }
        return value == null ? "" : single(name, value, writer);
    }

    private static void single(String name, Object value) {
        if (!(value instanceof String || value instanceof Boolean || isNumber(value))) {
            throw unusable(name, "a list with " + kind(value));
        }
    }

    private static String single(String name, Object value, ValueWriter writer) {
        if (value instanceof String || value instanceof Boolean || isNumber(value)) {
            return writer.write(value, null);
        }
        if (value instanceof LocalDate day) {
            return day.toString();
        }
        if (value instanceof Instant instant) {
            return writer.pointInTime(instant.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
        }
        if (value instanceof OffsetDateTime time) {
            return writer.pointInTime(time.truncatedTo(ChronoUnit.SECONDS));
        }
        if (value instanceof ZonedDateTime time) {
            return writer.pointInTime(time.toOffsetDateTime().truncatedTo(ChronoUnit.SECONDS));
        }
        throw unusable(name, kind(value));
    }

    private static boolean isNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || value instanceof Double d && Double.isFinite(d)
                || value instanceof Float f && Float.isFinite(f);
    }

    private static String kind(Object value) {
        return value == null
                ? "null"
                : value instanceof Map ? "a Map" : value.getClass().getSimpleName();
    }

    private static UnusableField unusable(String name, String kind) {
        return new UnusableField("its field \"" + quoted(name) + "\" holds " + kind
                + ", which cannot be sent. Use text, a number, true or false, a date, a time with its zone, or a"
                + " list of text, numbers, true or false");
    }
}
