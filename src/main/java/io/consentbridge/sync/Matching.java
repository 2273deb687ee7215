package io.consentbridge.sync;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Decides whether a record meets conditions that the CRM cannot be asked. Texts compare without case, as is assumed of the
 * CRM's own queries, which Zoho does not document; a field without a value meets only is-empty and the negative operators.
 */
public final class Matching {

    private Matching() {}

    /**
     * Whether a record meets a pattern.
     *
     * @param conditions all conditions, in their order
     * @param values API name, dotted for a field of another module, to JSON value
     */
    public static boolean holds(Pattern pattern, List<BoundCondition> conditions, Map<String, Object> values) {
        return pattern.holds(number -> {
            BoundCondition condition = conditions.get(number - 1);
            return holds(condition, values.get(condition.field()));
        });
    }

    /** Whether a JSON value meets a condition. */
    public static boolean holds(BoundCondition condition, Object value) {
        boolean empty = isEmpty(value);
        return switch (condition.operator()) {
            case IS_EMPTY -> empty;
            case IS_NOT_EMPTY -> !empty;
            case NOT_EQUALS -> empty || !equal(condition, value);
            case NOT_CONTAINS -> empty || !contains(condition, value);
            case NOT_IN -> empty || !isAmong(condition, value);
            default -> !empty && meets(condition, value);
        };
    }

    private static boolean isEmpty(Object value) {
        return value == null
                || value instanceof String text && text.isEmpty()
                || value instanceof Collection<?> several && several.isEmpty();
    }

    private static boolean meets(BoundCondition condition, Object value) {
        return switch (condition.operator()) {
            case EQUALS -> equal(condition, value);
            case CONTAINS -> contains(condition, value);
            case STARTS_WITH -> like(condition, value, String::startsWith);
            case ENDS_WITH -> like(condition, value, String::endsWith);
            case IN -> isAmong(condition, value);
            default -> {
                int first = compare(value, condition.values().get(0), condition.kind());
                yield switch (condition.operator()) {
                    case LESS_THAN, BEFORE -> first < 0;
                    case LESS_EQUAL -> first <= 0;
                    case GREATER_THAN, AFTER -> first > 0;
                    case GREATER_EQUAL -> first >= 0;
                    default -> first >= 0 && compare(value, condition.values().get(1), condition.kind()) <= 0;
                };
            }
        };
    }

    private static boolean equal(BoundCondition condition, Object value) {
        return compare(value, condition.values().get(0), condition.kind()) == 0;
    }

    private static boolean isAmong(BoundCondition condition, Object value) {
        return condition.values().stream()
                .anyMatch(wanted -> value instanceof Collection<?> several
                        ? several.stream().anyMatch(one -> one != null && compare(one, wanted, condition.kind()) == 0)
                        : compare(value, wanted, condition.kind()) == 0);
    }

    private static boolean contains(BoundCondition condition, Object value) {
        return value instanceof Collection<?> ? isAmong(condition, value) : like(condition, value, String::contains);
    }

    private static boolean like(BoundCondition condition, Object value, BiPredicate<String, String> how) {
        return how.test(lower(value), lower(condition.values().get(0)));
    }

    // Below, within or above the wanted values; an unreadable value is above all, and equal to none.
    private static int compare(Object value, Object wanted, FieldKind kind) {
        try {
            return switch (kind) {
                case NUMBER -> new BigDecimal(value.toString()).compareTo((BigDecimal) wanted);
                case BOOLEAN -> Boolean.valueOf(value.toString()).compareTo((Boolean) wanted);
                case DATE -> LocalDate.parse(value.toString()).compareTo((LocalDate) wanted);
                case DATE_TIME -> within(OffsetDateTime.parse(value.toString()).toInstant(), (Span) wanted);
                case REFERENCE ->
                    (value instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : value.toString())
                            .compareTo((String) wanted);
                default -> lower(value).compareTo(lower(wanted));
            };
        } catch (NumberFormatException | DateTimeException unreadable) {
            return 1;
        }
    }

    private static int within(Instant time, Span span) {
        return time.isBefore(span.first()) ? -1 : time.isAfter(span.last()) ? 1 : 0;
    }

    private static String lower(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
