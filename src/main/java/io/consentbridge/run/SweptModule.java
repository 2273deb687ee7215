package io.consentbridge.run;

import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.crm.Condition;
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

    private static final String ADDRESS = "Email";

    /** Empty when its records have no address or no way to forbid mail. */
    static Optional<SweptModule> of(String name, boolean own, Set<String> fields) {
        List<String> columns = new ArrayList<>(List.of(ADDRESS));
        FactsReader.FIELDS.stream().filter(fields::contains).forEach(columns::add);
        return refusals(columns)
                .filter(refusals -> fields.contains(ADDRESS))
                .map(refusals -> new SweptModule(name, own, List.copyOf(columns), refusals));
    }

    /** A module whose records have no way to forbid mail, for what changes in it: the first sweep brings nothing. */
    static SweptModule changes(String name) {
        return new SweptModule(name, false, List.of(), Condition.isNull("id"));
    }

    /** Whether its records speak of consent; those of others are swept for what changes alone, and free nobody. */
    boolean speaksOfConsent() {
        return !columns.isEmpty();
    }

    private static Optional<Condition> refusals(List<String> columns) {
        List<Condition> signs = new ArrayList<>();
        if (columns.contains("Email_Opt_Out")) {
            signs.add(Condition.compare("Email_Opt_Out", Condition.Operator.EQUALS, true));
        }
        if (columns.contains("Unsubscribed_Time")) {
            signs.add(Condition.isNotNull("Unsubscribed_Time"));
        }
        if (columns.contains("Data_Processing_Basis")) {
            signs.add(Condition.isNotNull("Data_Processing_Basis")
                    .and(Condition.notIn("Data_Processing_Basis", BasisReader.HARMLESS)));
        }
        return signs.stream().reduce(Condition::or);
    }

    @Override
    public String toString() {
        return name;
    }
}
