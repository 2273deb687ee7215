package io.consentbridge.results;

import io.consentbridge.campaigns.RecipientAction;
import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a recipient did, as it is stored.
 *
 * @param number grows in the order in which readers see reactions; it changes when more becomes known of one
 * @param campaign the key of the campaign, or of the part of it
 * @param parent the key of the campaign that it is a part of; empty for a campaign of its own
 * @param person the recipient
 * @param seen when it was first read
 * @param mailed when the mail was sent to the person; empty where Zoho does not say
 * @param happened Zoho's time, mostly to the minute; empty where Zoho does not say
 * @param opened when the person opened the mail first, by Zoho's time; empty if that is not known
 * @param clicks the times of clicks that Zoho gives, earliest first: the first nineteen and the last; none for another reaction
 */
public record Reacted(
        long number,
        String campaign,
        Optional<String> parent,
        Person person,
        RecipientAction action,
        Instant seen,
        Optional<Instant> mailed,
        Optional<Instant> happened,
        Optional<Instant> opened,
        List<Instant> clicks) {

    public Reacted {
        clicks = List.copyOf(clicks);
    }

    @Override
    public String toString() {
        return "reaction " + number;
    }
}
