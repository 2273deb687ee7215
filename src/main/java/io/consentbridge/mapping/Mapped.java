package io.consentbridge.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record as Campaigns is told of it.
 *
 * @param contactInfo Campaigns display name to value, e-mail first, in the order of the mapping
 * @param notes what had to be changed on the way, for a person; names fields, never values
 */
public record Mapped(Map<String, String> contactInfo, List<String> notes) {

    public Mapped {
        contactInfo = Collections.unmodifiableMap(new LinkedHashMap<>(contactInfo));
        notes = List.copyOf(notes);
    }

    @Override
    public String toString() {
        return "contact with " + contactInfo.size() + " fields";
    }
}
