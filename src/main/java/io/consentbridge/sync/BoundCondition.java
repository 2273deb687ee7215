package io.consentbridge.sync;

import java.util.List;

/**
 * A condition bound to its field.
 *
 * @param number counted from 1, as patterns number conditions
 * @param field API name, dotted for a field of a lookup, or of a contact's deals: {@code Deals.Stage}
 * @param operator the comparison
 * @param kind of the field
 * @param values the values to compare with: texts, {@code BigDecimal}, {@code Boolean}, {@code LocalDate} for a date, {@link
 *     Span} for a point in time; two for between and for the days of in-last-days, none for is-empty
 * @param lookup the lookup through which the field is reached, if it leads to records; null for the module's own
 * @param filterable whether the CRM lets queries ask for the field
 * @param text the condition of the file, in words
 */
public record BoundCondition(
        int number,
        String field,
        Operator operator,
        FieldKind kind,
        List<Object> values,
        String lookup,
        boolean filterable,
        String text) {

    /** The prefix of conditions on a contact's deals. */
    public static final String DEALS = "Deals.";

    public BoundCondition {
        values = List.copyOf(values);
    }

    /** Whether it is about a contact's deals (B34). */
    public boolean onDeals() {
        return field.startsWith(DEALS);
    }
}
