package io.consentbridge.campaigns;

/** What a recipient of a campaign did, or what happened to the mail (docs/zoho-notes.md, "Campaigns: recipients"). */
public enum RecipientAction {
    SENT("sentcontacts"),
    OPENED("openedcontacts"),
    UNOPENED("unopenedcontacts"),
    CLICKED("clickedcontacts"),
    OPTED_OUT("optoutcontacts"),
    SPAM("spamcontacts"),
    HARD_BOUNCE("senthardbounce"),
    SOFT_BOUNCE("sentsoftbounce"),
    UNSENT("unsentcontacts");

    private final String word;

    RecipientAction(String word) {
        this.word = word;
    }

    /** The word that Campaigns uses. */
    String word() {
        return word;
    }
}
