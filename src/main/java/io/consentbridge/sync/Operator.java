package io.consentbridge.sync;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a condition compares a field (B31). A negative operator also holds for an empty field, as in the CRM's own screens.
 */
public enum Operator {
    EQUALS(Takes.ONE),
    NOT_EQUALS(Takes.ONE),
    IS_EMPTY(Takes.NONE),
    IS_NOT_EMPTY(Takes.NONE),
    CONTAINS(Takes.ONE),
    NOT_CONTAINS(Takes.ONE),
    STARTS_WITH(Takes.ONE),
    ENDS_WITH(Takes.ONE),
    IN(Takes.SEVERAL),
    NOT_IN(Takes.SEVERAL),
    LESS_THAN(Takes.ONE),
    LESS_EQUAL(Takes.ONE),
    GREATER_THAN(Takes.ONE),
    GREATER_EQUAL(Takes.ONE),
    /** Both bounds included. */
    BETWEEN(Takes.TWO),
    BEFORE(Takes.ONE),
    AFTER(Takes.ONE),
    /** On one of the last n days before today, or today, in the connection's zone; not later than today. */
    IN_LAST_DAYS(Takes.DAYS);

    /** How many values an operator takes. */
    public enum Takes {
        NONE("no value"),
        ONE("one value"),
        TWO("a list of two values, such as [1, 10]"),
        SEVERAL("a list of values, such as [Hospitality, Retail]"),
        DAYS("a whole number of days, such as 30");

        private final String text;

        Takes(String text) {
            this.text = text;
        }

        /** The operator in words, for messages. */
        public String text() {
            return text;
        }
    }

    private final Takes takes;

    Operator(Takes takes) {
        this.takes = takes;
    }

    /** The number of values that it takes. */
    public Takes takes() {
        return takes;
    }

    /** Its word in files and on screens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The operator with that word; empty if there is none. */
    public static Optional<Operator> of(String word) {
        return Arrays.stream(values())
                .filter(operator -> operator.word().equals(word))
                .findFirst();
    }

    /** The operator that is meant by a sign, such as {@code =} or {@code >=}; empty for anything else. */
    public static Optional<Operator> ofSign(String sign) {
        return Optional.ofNullable(
                switch (sign.strip().toLowerCase(Locale.ROOT)) {
                    case "=", "==", "is", "eq" -> EQUALS;
                    case "!=", "<>", "≠", "is-not", "ne" -> NOT_EQUALS;
                    case "<", "lt" -> LESS_THAN;
                    case "<=", "≤", "le" -> LESS_EQUAL;
                    case ">", "gt" -> GREATER_THAN;
                    case ">=", "≥", "ge" -> GREATER_EQUAL;
                    case "like" -> CONTAINS;
                    default -> null;
                });
    }

    /** All words, in the order of the documents. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Operator::word).toList();
    }
}
