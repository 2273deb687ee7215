package io.consentbridge.sandbox.people;

/** How Campaigns stands to somebody before the first sync. */
public enum Standing {
    ACTIVE,
    UNSUBSCRIBED,
    BOUNCED,
    BLOCKED,
    DO_NOT_MAIL,
    SPAM;

    static final Share<Standing> SHARES = Share.of(
            Share.part(963, (Standing) null),
            Share.part(20, ACTIVE),
            Share.part(6, UNSUBSCRIBED),
            Share.part(4, BOUNCED),
            Share.part(2, BLOCKED),
            Share.part(3, DO_NOT_MAIL),
            Share.part(2, SPAM));
}
