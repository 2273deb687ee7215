package io.consentbridge.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which CRM field each Campaigns field is filled from, beyond e-mail, first and last name (B35-B38, B115).
 *
 * @param fields Campaigns display name to CRM field, those of the template first and then in the order of the file; a
 *     field of another module is written with the lookup's name and a dot
 * @param updateEmptyValues whether a value erased in the CRM is erased in Campaigns too
 * @param template the mapping template that it builds on; its fields are in {@code fields} already
 * @param createFields whether a field that Campaigns lacks is created; a misspelt name would be too
 */
public record Mapping(
        Map<String, String> fields, boolean updateEmptyValues, Optional<String> template, boolean createFields) {

    public Mapping {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A mapping of its own. */
    public Mapping(Map<String, String> fields, boolean updateEmptyValues) {
        this(fields, updateEmptyValues, Optional.empty(), false);
    }
}
