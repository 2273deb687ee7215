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
 * A module in which people of a sync may have opted out, and how those are asked for.
 *
 * @param name API name of the module
 * @param own whether it is the sync's own, whose pages follow
 * @param columns the fields to read
 * @param refusals which records may forbid mail; a superset of those that do
 * @param odd which of the columns are of another kind than Zoho's own field of that name
 */
public record SweptModule(String name, boolean own, List<String> columns, Condition refusals, Set<String> odd) {

    /** Empty when its records have no address or no way to forbid mail. */
    static Optional<SweptModule> of(String name, boolean own, Set<String> fields) {
        return of(name, own, PeopleFields.usual(fields), List.of());
    }

    /** The same, where its records have other addresses too, in these fields. */
    static Optional<SweptModule> of(String name, boolean own, PeopleFields fields, List<String> seconds) {
        List<String> columns = new ArrayList<>(List.of(RefusalFields.ADDRESS));
        RefusalFields.ALL.stream().filter(fields.names()::contains).forEach(columns::add);
        columns.addAll(seconds);
        return refusals(columns, fields)
                .filter(refusals -> fields.names().contains(RefusalFields.ADDRESS))
                .map(refusals -> new SweptModule(
                        name, own, List.copyOf(columns), refusals, fields.odd().keySet()));
    }

    /** A module whose records have no way to forbid mail, for what changes in it: the first sweep brings nothing. */
    static SweptModule changes(String name) {
        return new SweptModule(name, false, List.of(), Condition.isNull("id"), Set.of());
    }

    /**
     * What changed since then: of the sync's own module refusals alone, since its pages bring the rest. Opting out may
     * leave {@code Modified_Time} as it is (docs/zoho-notes.md, "CRM: what moves Modified_Time"), so records with a
     * later {@code Unsubscribed_Time} are asked for too.
     */
    Condition changedSince(Instant since) {
        Condition modified = Condition.compare("Modified_Time", Condition.Operator.GREATER_OR_EQUAL, since);
        Condition changed = own ? modified.and(refusals) : modified;
        return columns.contains(RefusalFields.UNSUBSCRIBED) && !odd.contains(RefusalFields.UNSUBSCRIBED)
                ? changed.or(Condition.compare(RefusalFields.UNSUBSCRIBED, Condition.Operator.GREATER_OR_EQUAL, since))
                : changed;
    }

    /** Whether its records speak of consent; those of others are swept for what changes alone, and free nobody. */
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
     * Records that may refuse by that field. That a query compares a field with other values than those of its kind is
     * not documented (docs/zoho-notes.md, "CRM: COQL grammar"), so of an unusual kind every value is asked for, and of
     * a kind that no query can ask for every record.
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
