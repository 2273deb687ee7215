package io.consentbridge.results;

import io.consentbridge.campaigns.CampaignStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A campaign that may have mailed somebody. A text that Zoho does not give is empty.
 *
 * @param id number of its row
 * @param key Zoho's key
 * @param parent the key of the campaign that it is a part of; empty for a campaign of its own
 * @param kind Zoho's word for the kind
 * @param sender the address that the mail is from
 * @param sent when it was sent; empty where Zoho does not say
 * @param made when it was made at Zoho; empty where Zoho does not say
 * @param firstSeen when it was first listed or named here
 * @param gone when Zoho did not list it any more; empty while it does
 * @param looked when its report was last read; empty if it never was
 * @param due when it is looked at next; empty for no more
 */
public record WatchedCampaign(
        long id,
        String connection,
        String key,
        Optional<String> parent,
        String name,
        String kind,
        String subject,
        String sender,
        CampaignStatus status,
        Optional<Instant> sent,
        Optional<Instant> made,
        Instant firstSeen,
        Optional<Instant> gone,
        Optional<Instant> looked,
        Optional<Instant> due) {

    /** The instant from which the looking is counted. */
    Instant since() {
        return sent.orElse(firstSeen);
    }

    /** Whether it tests two variants before the rest is sent. */
    boolean tests() {
        String plain = kind.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", "");
        return plain.equals("ab") || plain.startsWith("abtest") || plain.startsWith("absplit");
    }
}
