package io.consentbridge.sandbox.campaigns;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The state of a campaign, with its word in a reply and in the filter of {@code recentcampaigns}. */
enum MailingState {
    DRAFT("Draft", "drafts"),
    /** Waits for Zoho's own review. */
    TO_BE_REVIEWED("To be reviewed", "tobereviewed"),
    REVIEWED("Reviewed", "reviewed"),
    SCHEDULED("Scheduled", "scheduled"),
    IN_PROGRESS("In Progress", "inprogress"),
    SENT("Sent", "sent"),
    STOPPED("Stopped", "stopped"),
    CANCELED("Canceled", "canceled"),
    PAUSED("Paused", "paused"),
    /** The test phase of an A/B campaign. */
    IN_TESTING("In Testing", "intesting");

    private final String shown;
    private final String filter;

    MailingState(String shown, String filter) {
        this.shown = shown;
        this.filter = filter;
    }

    /** Returns the word of a reply. Only Draft and Sent are known from real ones. */
    String shown(Choices choices) {
        if (choices.is(OpenPoint.STATUS_WORDS, "spaced")) {
            return shown;
        }
        String joined = shown.replace(" ", "").toLowerCase(Locale.ROOT);
        return joined.substring(0, 1).toUpperCase(Locale.ROOT) + joined.substring(1);
    }

    static Optional<MailingState> filtered(String word) {
        return Stream.of(values())
                .filter(state -> state.filter.equalsIgnoreCase(word))
                .findFirst();
    }

    /** Returns whether mail of the campaign left, or leaves now. */
    boolean left() {
        return this == SENT || this == IN_PROGRESS || this == STOPPED || this == PAUSED || this == IN_TESTING;
    }
}
