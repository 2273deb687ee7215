package io.consentbridge.audience;

import io.consentbridge.consent.Person;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a delivery says to Campaigns about a person; kept as JSON while it waits.
 *
 * @param contactInfo Campaigns display name to value, e-mail included, in a stable order
 * @param topics names of the topics, empty when none
 * @param source shown in Campaigns as the contact's source; null for none
 */
public record Content(Map<String, String> contactInfo, List<String> topics, String source) {

    public Content {
        contactInfo = Collections.unmodifiableMap(new LinkedHashMap<>(contactInfo));
        topics = List.copyOf(topics);
    }

    /** Whether somebody who holds all of this learns nothing from the newer one; the source is no news. */
    boolean covers(Content newer) {
        return topics.equals(newer.topics) && contactInfo.entrySet().containsAll(newer.contactInfo.entrySet());
    }

    /** What somebody holds who held this and was told the newer one. */
    public Content followedBy(Content newer) {
        Map<String, String> all = new LinkedHashMap<>(contactInfo);
        all.putAll(newer.contactInfo);
        return new Content(all, newer.topics, newer.source);
    }

    /** The newer one, and an empty value for whatever else this one fills. */
    Content replacedBy(Content newer) {
        Map<String, String> all = new LinkedHashMap<>(newer.contactInfo);
        contactInfo.forEach((field, value) -> {
            if (!value.isEmpty()) {
                all.putIfAbsent(field, "");
            }
        });
        return new Content(all, newer.topics, newer.source);
    }

    @Override
    public String toString() {
        return "content with " + contactInfo.size() + " fields";
    }

    /** What is said of somebody who leaves. */
    public static Content leaving(Person person) {
        return new Content(Map.of("Contact Email", person.address()), List.of(), null);
    }
}
