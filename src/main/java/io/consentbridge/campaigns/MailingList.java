package io.consentbridge.campaigns;

import io.consentbridge.consent.SignupForm;
import java.util.Optional;

/**
 * A mailing list in Campaigns (docs/zoho-notes.md, "Campaigns: mailing lists").
 *
 * @param key its opaque key
 * @param name its name
 * @param form whether it asks people to confirm; empty if Campaigns does not say
 * @param active the number of active members in the listing; empty if it does not say
 */
public record MailingList(String key, String name, Optional<SignupForm> form, Optional<Long> active) {}
