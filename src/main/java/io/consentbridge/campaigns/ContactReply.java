package io.consentbridge.campaigns;

import io.consentbridge.consent.IgnoreReason;

/**
 * Campaigns' answer to a contact call, classified by (method, code) (docs/zoho-notes.md, "Campaigns: codes"). Everything
 * else that can happen is a {@link io.consentbridge.zoho.ZohoFault}.
 */
public sealed interface ContactReply {

    /** Campaigns did it, or had done it before. */
    record Accepted() implements ContactReply {}

    /** A confirmation e-mail was sent; the person is no member yet. */
    record ConfirmationSent() implements ContactReply {}

    /**
     * Campaigns does not accept this person here, by a code that is documented for one person.
     *
     * @param suppress whether it concerns the person, and must be remembered as a refusal
     * @param byWords whether the text agrees with the code; a code alone may mean the list or its topic
     */
    record Refused(IgnoreReason reason, String code, boolean suppress, boolean byWords) implements ContactReply {}

    /** A code that may be caused by this contact or by all; see docs/zoho-notes.md, "Campaigns: subscribing". */
    record Unrecognised(String code, String message) implements ContactReply {}
}
