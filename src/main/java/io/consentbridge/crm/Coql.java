package io.consentbridge.crm;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes names and values in COQL, Zoho's query language (docs/zoho-notes.md, "CRM: COQL"). */
final class Coql {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*){0,3}");
    private static final Pattern MODULE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern UNSAFE = Pattern.compile("\\\\(?='|$)|\\p{Cntrl}");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    /** The most values that {@code in} accepts (docs/zoho-notes.md, "CRM: limits of version 8"). */
    static final int MOST_VALUES = 100;

    private Coql() {}

    /** The API name of a field, checked, dotted for a field of another module. */
    static String field(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not the API name of a CRM field");
        }
        return name;
    }

    /** The API name of a module, checked. */
    static String module(String name) {
        if (!MODULE.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is not the API name of a CRM module");
        }
        return name;
    }

    static String list(List<?> values) {
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw new IllegalArgumentException(
                    values.size() + " values where Zoho CRM takes between 1 and " + MOST_VALUES);
        }
        return values.stream().map(Coql::literal).collect(Collectors.joining(", ", "(", ")"));
    }

    static String literal(Object value) {
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value.toString();
        }
        if (value instanceof BigDecimal || value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString()).toPlainString();
        }
        if (value instanceof Instant instant) {
            return quoted(dateTime(instant));
        }
        if (value instanceof OffsetDateTime dateTime) {
            return quoted(SECONDS.format(dateTime));
        }
        if (value instanceof String || value instanceof LocalDate) {
            return quoted(value.toString());
        }
        throw new IllegalArgumentException("a query cannot contain a "
                + (value == null ? "null" : value.getClass().getSimpleName()));
    }

    /** ISO-8601 with an offset and whole seconds, as the CRM's API requires. */
    static String dateTime(Instant instant) {
        return SECONDS.format(instant.atOffset(ZoneOffset.UTC));
    }

    /**
     * Doubles quotes (docs/zoho-notes.md, "CRM: COQL grammar"). Zoho does not say whether a backslash escapes too, so one is
     * refused where it would matter: before a quote and at the end.
     */
    private static String quoted(String text) {
        if (UNSAFE.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "a value with a control character, or with a backslash before a quote or at its end, cannot be"
                            + " written in a query");
        }
        return "'" + text.replace("'", "''") + "'";
    }
}
