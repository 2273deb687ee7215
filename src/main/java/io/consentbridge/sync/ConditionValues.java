package io.consentbridge.sync;

import io.consentbridge.sync.ConditionFault.Element;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Reads the values of conditions by the kind of their field. */
final class ConditionValues {

    private final ZoneId zone;
    private final LocalDate today;

    ConditionValues(ZoneId zone, LocalDate today) {
        this.zone = zone;
        this.today = today;
    }

    List<Object> read(Selection.Condition condition, Operator operator, SelectableField field) {
        return switch (operator.takes()) {
            case NONE -> List.of();
            case ONE -> List.of(one(condition.value(), operator, field));
            case SEVERAL ->
                ((List<?>) condition.value())
                        .stream().map(value -> one(value, operator, field)).toList();
            case TWO -> range((List<?>) condition.value(), operator, field);
            case DAYS -> lastDays(Integer.parseInt(condition.value().toString()), field.kind());
        };
    }

    private List<Object> lastDays(int days, FieldKind kind) {
        LocalDate first = today.minusDays(days);
        return kind == FieldKind.DATE ? List.of(first, today) : List.of(Span.of(first, zone), Span.of(today, zone));
    }

    private List<Object> range(List<?> values, Operator operator, SelectableField field) {
        Object from = one(values.get(0), operator, field);
        Object to = one(values.get(1), operator, field);
        if (order(from, to) > 0) {
            throw new ConditionFault(
                    Element.VALUE,
                    "the second value of between is smaller than the" + " first",
                    "write the smaller value first");
        }
        return List.of(from, to);
    }

    private static int order(Object from, Object to) {
        if (from instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) to);
        }
        return from instanceof LocalDate day
                ? day.compareTo((LocalDate) to)
                : ((Span) from).first().compareTo(((Span) to).last());
    }

    private Object one(Object value, Operator operator, SelectableField field) {
        return switch (field.kind()) {
            case NUMBER -> number(value, field);
            case BOOLEAN -> truth(value, field);
            case DATE -> day(value, field);
            case DATE_TIME -> time(value, field);
            case REFERENCE -> id(value, field);
            case CHOICE ->
                operator == Operator.CONTAINS || operator == Operator.NOT_CONTAINS || isAffix(operator)
                        ? text(value, field)
                        : choice(value, field);
            case CHOICES -> choice(value, field);
            default -> text(value, field);
        };
    }

    private static boolean isAffix(Operator operator) {
        return operator == Operator.STARTS_WITH || operator == Operator.ENDS_WITH;
    }

    // YAML reads 01234 as the number 1234, so a text must be written as one.
    private static String text(Object value, SelectableField field) {
        if (!(value instanceof String text)) {
            throw fault(field, value, "write the value in quotes, such as \"" + value + "\"");
        }
        if (text.isEmpty()) {
            throw fault(field, "empty", "write operator: is-empty, or is-not-empty");
        }
        return text;
    }

    private static String choice(Object value, SelectableField field) {
        String text = value.toString();
        return field.choices().stream()
                .filter(text::equals)
                .findFirst()
                .or(() ->
                        field.choices().stream().filter(text::equalsIgnoreCase).findFirst())
                .orElseGet(() -> {
                    if (field.choices().isEmpty()) {
                        return text(value, field);
                    }
                    throw new ConditionFault(
                            Element.VALUE,
                            field.apiName() + " has no choice \"" + text + "\"",
                            Nearest.hint(text, field.choices()));
                });
    }

    private static BigDecimal number(Object value, SelectableField field) {
        try {
            BigDecimal number = new BigDecimal(value.toString().strip());
            if (value instanceof Boolean || Math.abs((long) number.scale()) > 30 || number.precision() > 30) {
                throw new NumberFormatException();
            }
            return number;
        } catch (NumberFormatException noNumber) {
            throw fault(field, value, "write a number with digits and a decimal point, such as 5000000 or 0.5");
        }
    }

    private static Boolean truth(Object value, SelectableField field) {
        return switch (value.toString()) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw fault(field, value, "write true or false");
        };
    }

    private static String id(Object value, SelectableField field) {
        String id = value.toString().strip();
        if (!id.matches("\\d{1,20}")) {
            String dotted = field.lookupModule() == null ? field.apiName() + ".email" : field.apiName() + ".…";
            throw fault(
                    field,
                    value,
                    "write the id of a record, in digits, or compare a field of that record:" + " " + dotted);
        }
        return id;
    }

    private static LocalDate day(Object value, SelectableField field) {
        try {
            return LocalDate.parse(value.toString().strip());
        } catch (DateTimeException noDay) {
            throw fault(field, value, "write a date, such as 2026-06-30");
        }
    }

    private Span time(Object value, SelectableField field) {
        String text = value.toString().strip();
        try {
            if (text.length() <= 10) {
                return Span.of(LocalDate.parse(text), zone);
            }
            String iso = text.replace(' ', 'T');
            Instant instant = iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
            Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
            return new Span(second, second);
        } catch (DateTimeException noTime) {
            throw fault(field, value, "write a date or a time, such as 2026-06-30 or 2026-06-30T09:00:00+02:00");
        }
    }

    private static ConditionFault fault(SelectableField field, Object value, String whatWouldBeRight) {
        return new ConditionFault(
                Element.VALUE,
                field.apiName() + " is " + field.kind().text() + ", but the value is " + value,
                whatWouldBeRight);
    }
}
