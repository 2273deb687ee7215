package io.consentbridge.campaigns;

import io.consentbridge.consent.IgnoreReason;

/**
 * What Campaigns answered to one contact call, classified by (method, code) (docs/zoho-notes.md, "Campaigns: codes").
 * Everything else that can happen is a {@link io.consentbridge.zoho.ZohoFault}.
 */
public sealed interface ContactReply {

    /** Done, or had been done before. */
    record Accepted() implements ContactReply {}

    /** A confirmation e-mail was sent; the person is no member yet. */
    record ConfirmationSent() implements ContactReply {}

    /**
     * Campaigns does not take this person here, by a code that is documented for one person.
     *
     * @param suppress whether it is said of the person, and must be remembered as a refusal
     * @param byWords whether the message says in words what the code says; a code alone may mean the list or its topic
     */
    record Refused(IgnoreReason reason, String code, boolean suppress, boolean byWords) implements ContactReply {}

    /** A code that may be this contact's fault or everybody's; see docs/zoho-notes.md, "Campaigns: subscribing". */
    record Unrecognised(String code, String message) implements ContactReply {}
}
