package io.consentbridge.mapping;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a CRM value in the form for Campaigns, the same on every machine. */
final class ValueWriter {

    // The only definition of the form of points in time in Campaigns.
    private static final DateTimeFormatter POINT_IN_TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    private static final String BETWEEN_CHOICES = ";";
    private static final String NO_CHOICE = "-None-";

    private final ZoneId zone;

    ValueWriter(ZoneId zone) {
        this.zone = zone;
    }

    /** The value as text, empty if there is none; {@code field} is null if nothing is known about it. */
    String write(Object value, CrmField field) {
        if (value == null) {
            return "";
        }
        if (value instanceof Collection<?> several) {
            return several.stream()
                    .map(one -> write(one, field))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(BETWEEN_CHOICES));
        }
        if (value instanceof Map<?, ?> reference) {
            return write(reference.containsKey("name") ? reference.get("name") : reference.get("id"), null);
        }
        if (value instanceof Number number) {
            return plain(number);
        }
        return text(value.toString(), field);
    }

    private String text(String raw, CrmField field) {
        String text = clean(raw);
        return switch (field == null ? "text" : field.dataType()) {
            case "datetime" -> inZone(text);
            case "picklist", "multiselectpicklist" ->
                text.equals(NO_CHOICE) ? "" : clean(field.choices().getOrDefault(text, text));
            default -> text;
        };
    }

    /**
     * The text with one kind of line break and without what no text can contain: control characters, and unpaired
     * surrogates, which would arrive as question marks.
     */
    private static String clean(String raw) {
        String stripped = raw.strip();
        if (isClean(stripped)) {
            return stripped;
        }
        String text = stripped.replace("\r\n", "\n").replace('\r', '\n');
        if (text.codePoints().noneMatch(ValueWriter::isNone)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().filter(point -> !isNone(point)).forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    // Nearly every text: nothing in it is to be replaced or left out.
    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) || Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNone(int point) {
        return Character.isISOControl(point) && point != '\n' && point != '\t'
                || Character.getType(point) == Character.SURROGATE;
    }

    private String inZone(String text) {
        try {
            return pointInTime(OffsetDateTime.parse(text));
        } catch (DateTimeException notAPointInTime) {
            return text;
        }
    }

    /** A point in time in the connection's zone. */
    String pointInTime(OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toOffsetDateTime().format(POINT_IN_TIME);
    }

    private static String plain(Number number) {
        if (number instanceof Double d && !Double.isFinite(d)) {
            return "";
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
