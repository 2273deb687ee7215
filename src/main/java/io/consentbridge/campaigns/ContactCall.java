package io.consentbridge.campaigns;

import io.consentbridge.consent.AddressForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A contact call: the body of {@code direct:subscribe-contact}, {@code direct:unsubscribe-contact} and {@code
 * direct:do-not-mail-contact} (docs/zoho-notes.md, "Campaigns: subscribing", "Campaigns: unsubscribing" and "Campaigns:
 * Do-Not-Mail").
 *
 * @param runId the run for which the call is counted; null for none
 * @param listKey key of the list; not used by do-not-mail, where it may be null
 * @param contactInfo display name to value, including {@code Contact Email}, which is sent in its normal form; calls that
 *     remove people send only the address
 * @param topicIds ids of topics; empty for none
 * @param source shown as the contact's source; null for none
 * @param listedAs the spelling under which Campaigns lists the person, which replaces the address; null for the normal form
 */
public record ContactCall(
        String runId,
        String listKey,
        Map<String, String> contactInfo,
        List<String> topicIds,
        String source,
        String listedAs) {

    /** The display name of the address, which every contact call needs. */
    public static final String EMAIL = "Contact Email";

    public ContactCall {
        Map<String, String> info = new LinkedHashMap<>(contactInfo);
        info.computeIfPresent(EMAIL, (name, address) -> listedAs == null ? AddressForm.written(address) : listedAs);
        contactInfo = Collections.unmodifiableMap(info);
        topicIds = List.copyOf(topicIds);
    }

    /** A call that names the person by the normal form of the address. */
    public ContactCall(
            String runId, String listKey, Map<String, String> contactInfo, List<String> topicIds, String source) {
        this(runId, listKey, contactInfo, topicIds, source, null);
    }

    @Override
    public String toString() {
        return "contact call with " + contactInfo.size() + " fields";
    }
}
