package io.consentbridge.campaigns;

/** Which members of a list are read (docs/zoho-notes.md, "Campaigns: members of a list"). */
public enum MemberStatus {
    ACTIVE("active"),
    /** Active and new; for how long, and in which order, is not documented. */
    RECENT("recent"),
    UNSUBSCRIBED("unsub"),
    BOUNCED("bounce"),
    /** Can only be counted. */
    COMPLAINED("spam");

    private final String word;

    MemberStatus(String word) {
        this.word = word;
    }

    /** The word that Campaigns uses. */
    public String word() {
        return word;
    }
}
