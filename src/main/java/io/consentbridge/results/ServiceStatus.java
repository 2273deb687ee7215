package io.consentbridge.results;

import io.consentbridge.campaigns.RecipientAction;
import java.util.Collection;
import java.util.Locale;

/** What became of a mail for one recipient (B156); the later words of this list win over the earlier ones. */
public enum ServiceStatus {
    /** Nothing is known. */
    UNKNOWN,
    UNSENT,
    /** Sent, and no bounce is known. */
    DELIVERED,
    SOFT_BOUNCED,
    OPENED,
    CLICKED,
    HARD_BOUNCED,
    UNSUBSCRIBED,
    COMPLAINED;

    /** The word of files and screens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ServiceStatus of(Collection<RecipientAction> reactions) {
        return reactions.stream()
                .map(ServiceStatus::of)
                .max(ServiceStatus::compareTo)
                .orElse(UNKNOWN);
    }

    private static ServiceStatus of(RecipientAction reaction) {
        return switch (reaction) {
            case SENT, UNOPENED -> DELIVERED;
            case OPENED -> OPENED;
            case CLICKED -> CLICKED;
            case OPTED_OUT -> UNSUBSCRIBED;
            case SPAM -> COMPLAINED;
            case HARD_BOUNCE -> HARD_BOUNCED;
            case SOFT_BOUNCE -> SOFT_BOUNCED;
            case UNSENT -> UNSENT;
        };
    }
}
