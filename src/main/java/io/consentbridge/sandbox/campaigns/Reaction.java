package io.consentbridge.sandbox.campaigns;

import java.util.Locale;

/** What happens to a mail of a campaign, or what its recipient does with it. */
public enum Reaction {
    OPEN,
    CLICK,
    /** A scanner follows several links within a second of the delivery. */
    SCAN,
    HARD_BOUNCE,
    SOFT_BOUNCE,
    /** The person unsubscribes from everything. */
    UNSUBSCRIBE,
    /** The person leaves the topic of the campaign alone. */
    LEAVE_TOPIC,
    COMPLAIN,
    FORWARD,
    AUTO_REPLY;

    /** Returns the reaction of a word of the control API ({@code hard-bounce}). */
    public static Reaction of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Returns its word in the control API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
