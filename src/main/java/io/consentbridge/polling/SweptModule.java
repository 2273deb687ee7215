package io.consentbridge.polling;

import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.Condition;
import io.consentbridge.sync.FieldKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A module in which people of a sync may have opted out, and how to request their records.
 *
 * @param name API name of the module
 * @param own whether it is the sync's own, whose pages follow
 * @param columns the fields to read
 * @param refusals the condition for records that may refuse mail; a superset of those that do
 * @param odd those columns that are of another kind than Zoho's own field of that name
 */
public record SweptModule(String name, boolean own, List<String> columns, Condition refusals, Set<String> odd) {

    /** The module with these columns; empty when its records have no address or no way to refuse mail. */
    static Optional<SweptModule> of(String name, boolean own, Set<String> fields) {
        return of(name, own, PeopleFields.usual(fields), List.of());
    }

    /** The same for a module whose records also have other addresses, in these fields. */
    static Optional<SweptModule> of(String name, boolean own, PeopleFields fields, List<String> seconds) {
        List<String> columns = new ArrayList<>(List.of(RefusalFields.ADDRESS));
        RefusalFields.ALL.stream().filter(fields.names()::contains).forEach(columns::add);
        columns.addAll(seconds);
        return refusals(columns, fields)
                .filter(refusals -> fields.names().contains(RefusalFields.ADDRESS))
                .map(refusals -> new SweptModule(
                        name, own, List.copyOf(columns), refusals, fields.odd().keySet()));
    }

    /** A module whose records have no way to refuse mail, swept for its changes: the first sweep brings nothing. */
    static SweptModule changes(String name) {
        return new SweptModule(name, false, List.of(), Condition.isNull("id"), Set.of());
    }

    /**
     * The condition for what changed since then. For the sync's own module it selects refusals only, since the module's
     * pages bring the rest. An opt-out may leave {@code Modified_Time} as it is (docs/zoho-notes.md, "CRM: what moves
     * Modified_Time"), so records with a later {@code Unsubscribed_Time} are selected too.
     */
    Condition changedSince(Instant since) {
        Condition modified = Condition.compare("Modified_Time", Condition.Operator.GREATER_OR_EQUAL, since);
        Condition changed = own ? modified.and(refusals) : modified;
        return columns.contains(RefusalFields.UNSUBSCRIBED) && !odd.contains(RefusalFields.UNSUBSCRIBED)
                ? changed.or(Condition.compare(RefusalFields.UNSUBSCRIBED, Condition.Operator.GREATER_OR_EQUAL, since))
                : changed;
    }

    /**
     * Whether its records speak of consent; a module without such records is swept only for its changes, and ends no
     * refusal.
     */
    boolean speaksOfConsent() {
        return !columns.isEmpty();
    }

    private static Optional<Condition> refusals(List<String> columns, PeopleFields fields) {
        return RefusalFields.ALL.stream()
                .filter(columns::contains)
                .map(field -> sign(field, fields.kind(field)))
                .reduce(Condition::or);
    }

    /**
     * The condition for records that may refuse by that field. Zoho does not document that a query can compare a field with
     * values of another kind (docs/zoho-notes.md, "CRM: COQL grammar"). Therefore every value is requested of a field of an
     * unusual kind, and every record if no query can use that kind.
     */
    private static Condition sign(String field, FieldKind kind) {
        Condition any = Condition.isNotNull(field);
        return switch (kind) {
            case BOOLEAN ->
                field.equals(RefusalFields.OPT_OUT) ? Condition.compare(field, Condition.Operator.EQUALS, true) : any;
            case TEXT, CHOICE ->
                field.equals(RefusalFields.BASIS) ? any.and(Condition.notIn(field, BasisReader.HARMLESS)) : any;
            case NUMBER, DATE, DATE_TIME, REFERENCE -> any;
            case LONG_TEXT, RICH_TEXT, CHOICES, OTHER -> Condition.isNotNull("id");
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
