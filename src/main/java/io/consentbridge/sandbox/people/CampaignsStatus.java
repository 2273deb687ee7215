package io.consentbridge.sandbox.people;

/** The status of a person in Campaigns before the first sync. */
public enum CampaignsStatus {
    ACTIVE,
    UNSUBSCRIBED,
    BOUNCED,
    BLOCKED,
    DO_NOT_MAIL,
    SPAM;

    static final Share<CampaignsStatus> SHARES = Share.of(
            Share.part(963, (CampaignsStatus) null),
            Share.part(20, ACTIVE),
            Share.part(6, UNSUBSCRIBED),
            Share.part(4, BOUNCED),
            Share.part(2, BLOCKED),
            Share.part(3, DO_NOT_MAIL),
            Share.part(2, SPAM));
}
