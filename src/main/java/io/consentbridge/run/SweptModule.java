package io.consentbridge.run;

import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.Condition;
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
 */
public record SweptModule(String name, boolean own, List<String> columns, Condition refusals) {

    /** Empty when its records have no address or no way to forbid mail. */
    static Optional<SweptModule> of(String name, boolean own, Set<String> fields) {
        return of(name, own, fields, List.of());
    }

    /** The same, where its records have other addresses too, in these fields. */
    static Optional<SweptModule> of(String name, boolean own, Set<String> fields, List<String> seconds) {
        List<String> columns = new ArrayList<>(List.of(RefusalFields.ADDRESS));
        RefusalFields.ALL.stream().filter(fields::contains).forEach(columns::add);
        columns.addAll(seconds);
        return refusals(columns)
                .filter(refusals -> fields.contains(RefusalFields.ADDRESS))
                .map(refusals -> new SweptModule(name, own, List.copyOf(columns), refusals));
    }

    /** A module whose records have no way to forbid mail, for what changes in it: the first sweep brings nothing. */
    static SweptModule changes(String name) {
        return new SweptModule(name, false, List.of(), Condition.isNull("id"));
    }

    /**
     * What changed since then: of the sync's own module refusals alone, since its pages bring the rest. Opting out may leave
     * {@code Modified_Time} as it is (crm-api §14.7), so records with a later {@code Unsubscribed_Time} are asked for too.
     */
    Condition changedSince(Instant since) {
        Condition modified = Condition.compare("Modified_Time", Condition.Operator.GREATER_OR_EQUAL, since);
        Condition changed = own ? modified.and(refusals) : modified;
        return columns.contains(RefusalFields.UNSUBSCRIBED)
                ? changed.or(Condition.compare(RefusalFields.UNSUBSCRIBED, Condition.Operator.GREATER_OR_EQUAL, since))
                : changed;
    }

    /** Whether its records speak of consent; those of others are swept for what changes alone, and free nobody. */
    boolean speaksOfConsent() {
        return !columns.isEmpty();
    }

    private static Optional<Condition> refusals(List<String> columns) {
        List<Condition> signs = new ArrayList<>();
        if (columns.contains(RefusalFields.OPT_OUT)) {
            signs.add(Condition.compare(RefusalFields.OPT_OUT, Condition.Operator.EQUALS, true));
        }
        if (columns.contains(RefusalFields.UNSUBSCRIBED)) {
            signs.add(Condition.isNotNull(RefusalFields.UNSUBSCRIBED));
        }
        if (columns.contains(RefusalFields.BASIS)) {
            signs.add(Condition.isNotNull(RefusalFields.BASIS)
                    .and(Condition.notIn(RefusalFields.BASIS, BasisReader.HARMLESS)));
        }
        return signs.stream().reduce(Condition::or);
    }

    @Override
    public String toString() {
        return name;
    }
}
