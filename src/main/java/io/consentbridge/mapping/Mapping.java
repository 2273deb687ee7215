package io.consentbridge.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which CRM field each Campaigns field is filled from, beyond e-mail, first and last name (B35-B38, B115).
 *
 * @param fields Campaigns display name to CRM field, in the order of the file; a field of another module is written
 *     with the lookup's name and a dot
 * @param updateEmptyValues whether a value erased in the CRM is erased in Campaigns too
 */
public record Mapping(Map<String, String> fields, boolean updateEmptyValues) {

    public Mapping {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
