package io.consentbridge.consent;

/**
 * Whether a mailing list asks people to confirm before they become members (docs/zoho-notes.md, "Campaigns: subscribing").
 */
public enum SignupForm {
    /** Members are added at once. */
    PRIVATE,
    /** Campaigns sends a confirmation e-mail and adds the person only when it is answered. */
    PUBLIC
}
