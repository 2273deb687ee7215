package io.consentbridge.consent;

/** How a sync treats people of a purpose whose basis is consent; exactly one of the two (B10, B11, B13, B15). */
public enum ConsentSetting {
    /** "Update as Consent Required": everybody is asked first. */
    REQUIRED,
    /** "Update as Consent Expressed": only people with recorded consent are delivered. */
    EXPRESSED
}
