package io.consentbridge.campaigns;

import io.consentbridge.consent.IgnoreReason;

/**
 * What Campaigns answered to one contact call, classified by (method, code) (campaigns-api §2, §5). Everything else that
 * can happen is a {@link io.consentbridge.zoho.ZohoFault}.
 */
public sealed interface ContactReply {

    /** Done, or had been done before. */
    record Accepted() implements ContactReply {}

    /** A confirmation e-mail was sent; the person is no member yet. */
    record ConfirmationSent() implements ContactReply {}

    /** Campaigns will never take this person here; {@code suppress} says whether that must be remembered. */
    record Refused(IgnoreReason reason, String code, boolean suppress) implements ContactReply {}

    /** A code that may be this contact's fault or everybody's; see campaigns-api §2.1, last lines. */
    record Unrecognised(String code, String message) implements ContactReply {}
}
