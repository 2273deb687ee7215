package io.consentbridge.sync;

import io.consentbridge.sync.ConditionFault.Element;
import java.util.List;

/** Checks a condition without knowing its field: whether its operator exists, and takes such a value. */
public final class ConditionShape {

    private static final int LONGEST = 36_500;

    private ConditionShape() {}

    /**
     * The operator of a condition.
     *
     * @throws ConditionFault if there is no such operator, or it takes another number of values
     */
    public static Operator check(Selection.Condition condition) {
        Operator operator = Operator.of(condition.operator())
                .orElseThrow(() -> new ConditionFault(
                        Element.OPERATOR,
                        "there is no operator " + condition.operator(),
                        Operator.ofSign(condition.operator())
                                .map(meant -> "write " + meant.word())
                                .orElseGet(() -> Nearest.hint(condition.operator(), Operator.words()))));
        Object value = condition.value();
        boolean fits = switch (operator.takes()) {
            case NONE -> value == null;
            case ONE -> value != null && !(value instanceof List);
            case TWO ->
                value instanceof List<?> list
                        && list.size() == 2
                        && list.stream().allMatch(ConditionShape::isOne);
            case SEVERAL ->
                value instanceof List<?> list
                        && !list.isEmpty()
                        && list.stream().allMatch(ConditionShape::isOne);
            case DAYS -> value != null && isDays(value);
        };
        if (!fits) {
            throw new ConditionFault(
                    Element.VALUE,
                    operator.word() + " takes " + operator.takes().text(),
                    operator.takes() == Operator.Takes.NONE ? "delete the value" : "write it as value: …");
        }
        return operator;
    }

    private static boolean isOne(Object value) {
        return value != null && !(value instanceof List);
    }

    private static boolean isDays(Object value) {
        return value.toString().matches("\\d{1,5}") && Integer.parseInt(value.toString()) <= LONGEST;
    }
}
