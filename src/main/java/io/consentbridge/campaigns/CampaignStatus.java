package io.consentbridge.campaigns;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What Zoho says about a campaign on its way (docs/zoho-notes.md, "Campaigns: listing campaigns"). */
public enum CampaignStatus {
    DRAFT("drafts"),
    TO_BE_REVIEWED("tobereviewed"),
    REVIEWED("reviewed"),
    SCHEDULED("scheduled"),
    IN_PROGRESS("inprogress"),
    SENT("sent"),
    STOPPED("stopped"),
    CANCELED("canceled"),
    PAUSED("paused"),
    /** The test phase of an A/B campaign: a part of its recipients has it. */
    IN_TESTING("intesting"),
    /** A word that is not known, or none. It never counts as sent. */
    UNKNOWN("");

    private static final Set<CampaignStatus> MAILED = EnumSet.of(IN_PROGRESS, SENT, STOPPED, PAUSED, IN_TESTING);

    private final String word;

    CampaignStatus(String word) {
        this.word = word;
    }

    /** The word by which Zoho is asked for campaigns with that status; empty for {@link #UNKNOWN}. */
    String word() {
        return word;
    }

    /** The states in which somebody may have the mail. */
    public static Set<CampaignStatus> mailed() {
        return EnumSet.copyOf(MAILED);
    }

    /** Whether somebody may have the mail. */
    public boolean mayHaveMailed() {
        return MAILED.contains(this);
    }

    /**
     * The status by Zoho's word. Case, blanks and signs do not matter, since the words of questions, listings and replies differ
     * in them.
     */
    public static CampaignStatus of(String said) {
        String plain = said.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return switch (plain) {
            case "draft", "drafts" -> DRAFT;
            case "tobereviewed", "inreview", "underreview" -> TO_BE_REVIEWED;
            case "reviewed" -> REVIEWED;
            case "scheduled", "scheduledafterreviewed" -> SCHEDULED;
            case "inprogress" -> IN_PROGRESS;
            case "sent" -> SENT;
            case "stopped" -> STOPPED;
            case "canceled", "cancelled" -> CANCELED;
            case "paused" -> PAUSED;
            case "intesting", "testing" -> IN_TESTING;
            default -> UNKNOWN;
        };
    }
}
