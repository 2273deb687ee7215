package io.consentbridge.crm;

import java.util.List;

/**
 * A condition of a COQL query (docs/zoho-notes.md, "CRM: COQL grammar"). It is composed only here, where names are checked
 * and values are quoted, so no value can change the meaning of a query. Pairs are nested as COQL requires; at most 25 may be
 * joined.
 */
public final class Condition {

    private final String text;

    private Condition(String text) {
        this.text = text;
    }

    /** The comparison of a field. */
    public enum Operator {
        EQUALS("="),
        NOT_EQUALS("!="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        LIKE("like"),
        NOT_LIKE("not like");

        private final String coql;

        Operator(String coql) {
            this.coql = coql;
        }
    }

    /**
     * Compares a field with a value.
     *
     * @param value text, number, boolean, {@code LocalDate}, {@code Instant}, {@code OffsetDateTime}
     * @throws IllegalArgumentException if the field is no API name, or the value cannot be written safely
     */
    public static Condition compare(String field, Operator operator, Object value) {
        return new Condition(Coql.field(field) + " " + operator.coql + " " + Coql.literal(value));
    }

    /** The field is one of two values or between them. */
    public static Condition between(String field, Object from, Object to) {
        return new Condition(Coql.field(field) + " between " + Coql.literal(from) + " and " + Coql.literal(to));
    }

    /** The field is one of the values; at most 100 (docs/zoho-notes.md, "CRM: limits of version 8"). */
    public static Condition in(String field, List<?> values) {
        return new Condition(Coql.field(field) + " in " + Coql.list(values));
    }

    /** The field is none of the values; at most 100. */
    public static Condition notIn(String field, List<?> values) {
        return new Condition(Coql.field(field) + " not in " + Coql.list(values));
    }

    /** The field has no value. */
    public static Condition isNull(String field) {
        return new Condition(Coql.field(field) + " is null");
    }

    /** The field has a value. */
    public static Condition isNotNull(String field) {
        return new Condition(Coql.field(field) + " is not null");
    }

    /** Both conditions. */
    public Condition and(Condition other) {
        return new Condition("(" + text + " and " + other.text + ")");
    }

    /** One condition or both. */
    public Condition or(Condition other) {
        return new Condition("(" + text + " or " + other.text + ")");
    }

    /** The condition in COQL. */
    @Override
    public String toString() {
        return text;
    }
}
