package io.consentbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Campaigns field that a mapping fills and that Campaigns lacks (B36, B37; docs/zoho-notes.md, "Campaigns: contact
 * fields").
 */
public sealed interface MissingField {

    /** The Campaigns field, as the mapping names it. */
    String target();

    /** A field that can be created with the matching type. */
    record Creatable(NewField field) implements MissingField {
        @Override
        public String target() {
            return field.name();
        }
    }

    /** A field that cannot be created, and why. */
    record Impossible(String target, String why, String whatWouldBeRight) implements MissingField {}

    /**
     * The missing fields of a mapping, in its order. A CRM field that is not among {@code metadata} is skipped: it is
     * reported elsewhere.
     *
     * @param existing the display names of Campaigns' fields
     * @param metadata the CRM fields by the names that the mapping uses
     */
    static List<MissingField> of(Mapping mapping, Set<String> existing, Map<String, CrmField> metadata) {
        List<MissingField> missing = new ArrayList<>();
        mapping.fields().forEach((target, source) -> {
            if (!existing.contains(target) && metadata.containsKey(source)) {
                missing.add(of(target, metadata.get(source), existing));
            }
        });
        return missing;
    }

    private static MissingField of(String target, CrmField source, Set<String> existing) {
        Optional<String> otherCase =
                existing.stream().filter(target::equalsIgnoreCase).findFirst();
        if (otherCase.isPresent()) {
            return new Impossible(
                    target,
                    "Campaigns writes the field \"" + target + "\" as \"" + otherCase.get() + "\"",
                    "write it the same way");
        }
        // Assumed: letters, digits and blanks (docs/zoho-notes.md, "Campaigns: contact fields").
        if (!target.matches("[A-Za-z0-9 ]+")) {
            return new Impossible(
                    target,
                    "Campaigns has no field \"" + target
                            + "\", and allows only letters, digits and spaces in the names of fields created"
                            + " through its API",
                    "create it in Campaigns by hand, or use such a name");
        }
        return Counterparts.of(target, source)
                .<MissingField>map(Creatable::new)
                .orElseGet(() -> new Impossible(
                        target,
                        "Campaigns has no field \"" + target + "\", and no field type that matches " + source.dataType()
                                + ", the type of " + source.apiName(),
                        "create it in Campaigns by hand, or map another field"));
    }
}
