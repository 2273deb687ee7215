package io.consentbridge.audience;

import io.consentbridge.consent.Person;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a delivery to Campaigns about a person; stored as JSON while it waits.
 *
 * @param contactInfo Campaigns display name to value, e-mail included, in a stable order
 * @param topics names of the topics; empty for none
 * @param source shown in Campaigns as the contact's source; null for none
 */
public record Content(Map<String, String> contactInfo, List<String> topics, String source) {

    public Content {
        contactInfo = Collections.unmodifiableMap(new LinkedHashMap<>(contactInfo));
        topics = List.copyOf(topics);
    }

    /** Whether the newer content brings nothing new to a contact with this one; the source does not count. */
    boolean covers(Content newer) {
        return topics.equals(newer.topics) && contactInfo.entrySet().containsAll(newer.contactInfo.entrySet());
    }

    /** The content of a contact with this one, after the newer one was delivered. */
    public Content followedBy(Content newer) {
        Map<String, String> all = new LinkedHashMap<>(contactInfo);
        all.putAll(newer.contactInfo);
        return new Content(all, newer.topics, newer.source);
    }

    /** The newer content, with an empty value for every other field of this one. */
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

    /** The content of a removal. */
    public static Content leaving(Person person) {
        return new Content(Map.of("Contact Email", person.address()), List.of(), null);
    }
}
