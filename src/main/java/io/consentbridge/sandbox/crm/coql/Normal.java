package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.schema.User;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Converts values and literals of a type to one comparable form; texts compare without case. */
final class Normal {

    private Normal() {}

    /** Returns the comparable form of a raw value; null and empty text are both null. */
    static Comparable<?> value(Object raw) {
        if (raw == null) {
            return null;
        }
        if (raw instanceof String text) {
            return text.isEmpty() ? null : text.toLowerCase(Locale.ROOT);
        }
        if (raw instanceof Integer || raw instanceof Double) {
            return ((Number) raw).doubleValue();
        }
        if (raw instanceof Ref ref) {
            return ref.id();
        }
        if (raw instanceof User user) {
            return user.id();
        }
        return raw instanceof Comparable<?> comparable ? comparable : raw.toString();
    }

    /** Returns the comparable form of a literal; throws when it does not fit the type. */
    static Comparable<?> literal(DataType type, String text) {
        try {
            return switch (type) {
                case BIGINT, LOOKUP, OWNER -> Long.parseLong(text);
                case INTEGER, CURRENCY, DOUBLE, PERCENT, FORMULA -> Double.parseDouble(text);
                case BOOLEAN -> truth(text);
                case DATETIME -> OffsetDateTime.parse(text).toInstant();
                case DATE -> LocalDate.parse(text);
                default -> text.toLowerCase(Locale.ROOT);
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException("not a value of type " + type.api(), e);
        }
    }

    private static Boolean truth(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        throw new IllegalArgumentException("not a value of type boolean");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Comparable<?> left, Comparable<?> right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? -1 : 1;
        }
        return left.getClass() == right.getClass()
                ? ((Comparable) left).compareTo(right)
                : left.toString().compareTo(right.toString());
    }
}
