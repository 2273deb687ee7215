package io.consentbridge.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A record in the form in which it is sent to Campaigns.
 *
 * @param contactInfo Campaigns display name to value, empty if it is to be erased, without the e-mail address
 * @param notes changes to values on the way, for people; they name fields, never values
 */
public record Mapped(Map<String, String> contactInfo, List<String> notes) {

    public Mapped {
        contactInfo = Collections.unmodifiableMap(new LinkedHashMap<>(contactInfo));
        notes = List.copyOf(notes);
    }

    /** The same contact without fields that Campaigns lacks, and with a note for each. */
    public Mapped without(Set<String> lacking, Set<String> existing) {
        Map<String, String> rest = new LinkedHashMap<>(contactInfo);
        rest.keySet().removeAll(lacking);
        List<String> all = new ArrayList<>(notes);
        lacking.forEach(name -> all.add("Campaigns has no field \"" + GivenValue.quoted(name) + "\", so it is not sent"
                + existing.stream()
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .map(other -> "; it has \"" + other + "\"")
                        .orElse("")));
        return new Mapped(rest, all);
    }

    @Override
    public String toString() {
        return "contact with " + contactInfo.size() + " fields";
    }
}
