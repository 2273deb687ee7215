package io.consentbridge.writeback;

import io.consentbridge.mapping.CrmField;
import io.consentbridge.store.Columns;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Values in the form that the type of their CRM field needs (docs/zoho-notes.md, "CRM: writes"). A text that is too long is cut,
 * which is noted.
 */
public final class FieldFormats {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    private static final Set<String> TEXTS = Set.of("text", "textarea", "picklist", "website", "bigtext", "richtext");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Set<String> NUMBERS = Set.of("integer", "bigint", "double", "currency", "percent");

    /**
     * One update in the form in which it is written.
     *
     * @param values by field
     * @param note what is written differently; null for nothing
     * @param fault why it cannot be written; null if it can
     */
    record Formatted(Map<String, Object> values, String note, String fault) {}

    private FieldFormats() {}

    /**
     * What is wrong with a field for values of a kind; empty if they can be written.
     *
     * @param field null if the module has no such field
     * @param kind {@code Instant}, {@code LocalDate}, {@code String}, {@code Boolean}, or a kind of number
     */
    public static Optional<String> fault(String name, CrmField field, Class<?> kind) {
        if (field == null) {
            return Optional.of("the module has no field " + name);
        }
        if (!field.writable() || field.restricted()) {
            return Optional.of("the API does not write the field " + name + ", which is "
                    + (field.restricted() ? "restricted by privacy settings" : "read-only"));
        }
        return fits(field.dataType(), kind)
                ? Optional.empty()
                : Optional.of(
                        "the field " + name + " is of the type " + field.dataType() + ", which takes no " + word(kind));
    }

    private static boolean fits(String type, Class<?> kind) {
        if (TEXTS.contains(type)) {
            return true;
        }
        return kind == Instant.class || kind == LocalDate.class
                ? type.equals("datetime") || type.equals("date")
                : kind == Boolean.class ? type.equals("boolean") : kind != String.class && NUMBERS.contains(type);
    }

    private static String word(Class<?> kind) {
        return kind == Instant.class || kind == LocalDate.class
                ? "time"
                : kind == Boolean.class ? "yes or no" : kind == String.class ? "text" : "number";
    }

    /** @param zone of the connection, in which a time is written and has its date */
    static Formatted format(Map<String, Object> values, Map<String, CrmField> fields, ZoneId zone) {
        Map<String, Object> formatted = new LinkedHashMap<>();
        Set<String> faults = new TreeSet<>();
        List<String> notes = new ArrayList<>();
        values.forEach((name, value) -> {
            CrmField field = fields.get(name);
            Optional<LocalDate> day = day(value);
            Optional<String> fault = fault(name, field, day.isPresent() ? LocalDate.class : value.getClass());
            if (fault.isPresent()) {
                faults.add(fault.get());
            } else {
                formatted.put(
                        name, cut(name, field, of(timed(value, day, field, zone), field.dataType(), zone), notes));
            }
        });
        return new Formatted(
                formatted,
                notes.isEmpty() ? null : String.join("; ", notes),
                faults.isEmpty() ? null : String.join("; ", faults));
    }

    /** The day that a text names, as {@code 2026-11-28}. */
    private static Optional<LocalDate> day(Object value) {
        try {
            return value instanceof String text && DAY.matcher(text).matches()
                    ? Optional.of(LocalDate.parse(text))
                    : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** A day in a field of a time is its beginning. */
    private static Object timed(Object value, Optional<LocalDate> day, CrmField field, ZoneId zone) {
        return day.isPresent() && field.dataType().equals("datetime")
                ? day.get().atStartOfDay(zone).toInstant()
                : value;
    }

    private static Object of(Object value, String type, ZoneId zone) {
        if (value instanceof Instant time) {
            return type.equals("date")
                    ? time.atZone(zone).toLocalDate().toString()
                    : SECONDS.format(time.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
        }
        return TEXTS.contains(type) ? String.valueOf(value) : value;
    }

    private static Object cut(String name, CrmField field, Object value, List<String> notes) {
        if (!(value instanceof String text)
                || !TEXTS.contains(field.dataType())
                || field.length() < 1
                || text.length() <= field.length()) {
            return value;
        }
        notes.add(name + " is cut to " + field.length() + " characters");
        return Columns.clip(text, field.length());
    }
}
