package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Reply;
import java.util.List;

/** Replies that no document of Zoho's settles. Changed here once somebody tried them on a real organisation. */
final class UncertainReplies {

    /**
     * A call beyond its limit: candidates are HTTP 429, HTTP 200 with code 2008 (the sister product's documents), and
     * HTTP 400 with URL_ROLLING_THROTTLES_LIMIT_EXCEEDED (docs/zoho-notes.md, "Campaigns: call limits").
     */
    static Reply limited(String path) {
        Reply body = Envelope.error(path, "2008", "You have exceeded the maximum number of calls. Try again later.")
                .json();
        return new Reply(429, body.contentType(), body.body(), body.headers(), "429 2008");
    }

    /** In Do-Not-Mail: 2006 is the sister product's code for it. */
    static final Rejection DO_NOT_MAIL = new Rejection("2006", "Contact is in Do-Not-Mail registry.");

    /** Hard-bounced: no code is documented; 2007 was seen live for a single address that was refused. */
    static final Rejection BOUNCED = new Rejection("2007", "Contact email address has bounced.");

    /** Blocked by Campaigns: as for bounced ones. */
    static final Rejection BLOCKED = new Rejection("2007", "Contact email address is blocked.");

    /** Complained of spam: as for bounced ones. */
    static final Rejection COMPLAINED = new Rejection("2007", "Contact has marked a campaign as spam.");

    /**
     * The topics of a subscription. Several, with commas between them, are documented for the sister product; on
     * Campaigns only single ones were seen (docs/zoho-notes.md, "Campaigns: subscribing").
     */
    static List<String> topics(String topicIds) {
        return topicIds == null ? List.of() : List.of(topicIds.split(","));
    }

    /** A topic that is not there: "parameter value invalid" in the sister product. */
    static final Rejection TOPIC = new Rejection("2007", "Invalid topic.");

    /** A status that getlistsubscribers does not know. */
    static final Rejection MEMBER_STATUS = new Rejection("1001", "Pattern not matched.");

    /** Somebody who is in the organisation but not on the list that they are to be unsubscribed from. */
    static final Rejection NOT_ON_LIST = new Rejection("2103", "Contact does not exist.");

    /** What an organisation answers that has a code and a message. */
    record Rejection(String code, String message) {}

    private UncertainReplies() {}
}
