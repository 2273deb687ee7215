package io.consentbridge.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The CRM field that fills each Campaigns field, besides e-mail, first and last name (B35-B38, B115).
 *
 * @param fields Campaigns display name to CRM field, those of the template first and then in the order of the file; a field
 *     of another module is written with the lookup's name and a dot
 * @param updateEmptyValues whether a value erased in the CRM is erased in Campaigns too
 * @param template the mapping template that it extends; its fields are included in {@code fields}
 * @param createFields whether a field that Campaigns lacks is created; so would be a misspelt one
 */
public record Mapping(
        Map<String, String> fields, boolean updateEmptyValues, Optional<String> template, boolean createFields) {

    public Mapping {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A mapping without a template. */
    public Mapping(Map<String, String> fields, boolean updateEmptyValues) {
        this(fields, updateEmptyValues, Optional.empty(), false);
    }
}
