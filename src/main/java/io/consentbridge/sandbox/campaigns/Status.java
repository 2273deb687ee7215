package io.consentbridge.sandbox.campaigns;

import java.util.Locale;

/** The status of a person on one list. */
public enum Status {
    /** The person was asked by mail and has not confirmed; not a member yet. */
    PENDING,
    ACTIVE,
    UNSUB,
    BOUNCE,
    SPAM;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
