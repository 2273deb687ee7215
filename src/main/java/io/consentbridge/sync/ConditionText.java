package io.consentbridge.sync;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a condition in words. */
public final class ConditionText {

    private ConditionText() {}

    /**
     * The condition in words, such as {@code Lead_Status equals "Not Contacted"} or {@code Annual_Revenue between 1 and 10}.
     */
    public static String of(Selection.Condition condition) {
        String text = condition.field() + " " + condition.operator();
        if (condition.value() == null) {
            return text;
        }
        if (condition.value() instanceof List<?> list) {
            boolean between = condition.operator().equals(Operator.BETWEEN.word());
            String joined =
                    list.stream().map(ConditionText::value).collect(Collectors.joining(between ? " and " : ", "));
            return text + " " + (between ? joined : "(" + joined + ")");
        }
        return text + " " + value(condition.value());
    }

    private static String value(Object value) {
        String text = String.valueOf(value);
        return value instanceof String && !text.matches("[\\p{L}\\p{N}_.@:+-]+")
                ? "\"" + text.replaceAll("\\p{Cntrl}", " ") + "\""
                : text;
    }
}
