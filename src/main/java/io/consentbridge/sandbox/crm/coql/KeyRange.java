package io.consentbridge.sandbox.crm.coql;

import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.Keys;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * The range of (Modified_Time, id) outside which a condition is certainly false: a box of times and positions, and the
 * lowest and highest key within it; a bound that is unknown is left wide.
 */
record KeyRange(long timeFrom, long timeTo, int positionFrom, int positionTo, long lowest, long highest) {

    private static final long LAST_TIME = 1L << 34;
    private static final KeyRange ALL = box(0, LAST_TIME, 0, Keys.LAST_ORDINAL);

    static KeyRange of(Condition condition, ModuleSpec module) {
        if (condition instanceof Condition.And and) {
            return of(and.left(), module).and(of(and.right(), module));
        }
        if (condition instanceof Condition.Or or) {
            return of(or.left(), module).or(of(or.right(), module));
        }
        if (condition instanceof Condition.Test test && !test.values().isEmpty()) {
            try {
                return ofTest(test, module);
            } catch (DateTimeException | NumberFormatException refusedLater) {
                return ALL;
            }
        }
        return ALL;
    }

    private static KeyRange ofTest(Condition.Test test, ModuleSpec module) {
        String value = test.values().get(0);
        if (test.column().equals("Modified_Time")) {
            long time = OffsetDateTime.parse(value).toEpochSecond();
            return switch (test.operator()) {
                case EQUAL -> times(time, time);
                case GREATER -> times(time + 1, LAST_TIME);
                case GREATER_OR_EQUAL -> times(time, LAST_TIME);
                case LESS -> times(0, time - 1);
                case LESS_OR_EQUAL -> times(0, time);
                case BETWEEN ->
                    times(time, OffsetDateTime.parse(test.values().get(1)).toEpochSecond());
                default -> ALL;
            };
        }
        if (test.column().equals("id")) {
            long position = Long.parseLong(value) - module.recordId(0);
            return switch (test.operator()) {
                case EQUAL -> positions(position, position);
                case GREATER -> positions(position + 1, Keys.LAST_ORDINAL);
                case GREATER_OR_EQUAL -> positions(position, Keys.LAST_ORDINAL);
                case LESS -> positions(0, position - 1);
                case LESS_OR_EQUAL -> positions(0, position);
                default -> ALL;
            };
        }
        return ALL;
    }

    private static KeyRange times(long from, long to) {
        return box(Math.max(0, from), Math.min(LAST_TIME, to), 0, Keys.LAST_ORDINAL);
    }

    private static KeyRange positions(long from, long to) {
        return box(0, LAST_TIME, clamp(from), clamp(to));
    }

    private static int clamp(long position) {
        return (int) Math.max(0, Math.min(Keys.LAST_ORDINAL, position));
    }

    private static KeyRange box(long timeFrom, long timeTo, int positionFrom, int positionTo) {
        return new KeyRange(
                timeFrom,
                timeTo,
                positionFrom,
                positionTo,
                Keys.of(timeFrom, positionFrom),
                Keys.of(timeTo, positionTo));
    }

    private KeyRange and(KeyRange other) {
        KeyRange box = box(
                Math.max(timeFrom, other.timeFrom),
                Math.min(timeTo, other.timeTo),
                Math.max(positionFrom, other.positionFrom),
                Math.min(positionTo, other.positionTo));
        return new KeyRange(
                box.timeFrom,
                box.timeTo,
                box.positionFrom,
                box.positionTo,
                Math.max(box.lowest, Math.max(lowest, other.lowest)),
                Math.min(box.highest, Math.min(highest, other.highest)));
    }

    private KeyRange or(KeyRange other) {
        return new KeyRange(
                Math.min(timeFrom, other.timeFrom),
                Math.max(timeTo, other.timeTo),
                Math.min(positionFrom, other.positionFrom),
                Math.max(positionTo, other.positionTo),
                Math.min(lowest, other.lowest),
                Math.max(highest, other.highest));
    }
}
