package io.consentbridge.sandbox.campaigns;

import java.util.Locale;

/** Where somebody stands on one list. */
public enum Status {
    /** Asked by mail, has not confirmed. Not a member yet. */
    PENDING,
    ACTIVE,
    UNSUB,
    BOUNCE,
    SPAM;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
