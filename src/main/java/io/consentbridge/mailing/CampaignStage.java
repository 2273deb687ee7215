package io.consentbridge.mailing;

import java.util.Arrays;
import java.util.Locale;

/** How far a campaign is, in the words that people read (B146, B147). */
public enum CampaignStage {
    PLANNED("Planned", "only its file exists"),
    CREATED("Draft", "it exists in Zoho Campaigns, and has no recipients yet"),
    SYNCING_RECIPIENTS("Syncing recipients", "its recipients are carried to its list"),
    TO_BE_REVIEWED("To be reviewed", "its recipients are on the list; it is to be reviewed and approved"),
    SCHEDULED("Scheduled", "it is sent when its time has come"),
    SENDING("Sending", "Zoho Campaigns is sending it"),
    SENT("Sent", "Zoho Campaigns has sent it"),
    CANCELLED("Cancelled", "somebody cancelled it before it was sent"),
    STOPPED("Stopped", "Zoho Campaigns stopped it; only its screen gives the reason"),
    UNKNOWN("Unknown", "Zoho Campaigns says something about it that is not understood");

    private final String shown;
    private final String meaning;

    CampaignStage(String shown, String meaning) {
        this.shown = shown;
        this.meaning = meaning;
    }

    /** As people read it. */
    public String shown() {
        return shown;
    }

    /** What it means. */
    public String meaning() {
        return meaning;
    }

    /** The word in the database and in documents for programs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stage with that word; {@link #UNKNOWN} for every other. */
    public static CampaignStage of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Whether nothing follows. */
    public boolean isOver() {
        return this == SENT || this == CANCELLED || this == STOPPED;
    }
}
