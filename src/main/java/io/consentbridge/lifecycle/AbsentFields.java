package io.consentbridge.lifecycle;

import io.consentbridge.mapping.CrmField;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.mapping.MissingField;
import io.consentbridge.sync.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Campaigns fields that a mapping fills and Campaigns lacks. None is created without being asked for, since its name may
 * be misspelt.
 */
public final class AbsentFields {

    private AbsentFields() {}

    /**
     * Returns the missing fields of a mapping, in the mapping's order, as {@link MissingField#of} describes them; without
     * {@code createFields: true} none of them can be created.
     */
    public static List<MissingField> of(Mapping mapping, Set<String> existing, Map<String, CrmField> metadata) {
        return MissingField.of(mapping, existing, metadata).stream()
                .map(missing -> missing instanceof MissingField.Creatable && !mapping.createFields()
                        ? notAllowed(missing.target(), existing)
                        : missing)
                .toList();
    }

    private static MissingField notAllowed(String target, Set<String> existing) {
        return new MissingField.Impossible(
                target,
                "Campaigns has no field \"" + target + "\"",
                Nearest.to(target, existing)
                                .map(near -> "did you mean \"" + near + "\"? If not, write ")
                                .orElse("use a field that Campaigns has, or write ")
                        + "createFields: true in the sync; the next run then creates it");
    }
}
