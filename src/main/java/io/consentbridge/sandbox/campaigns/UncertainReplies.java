package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Reply;
import java.util.List;

/**
 * Replies that no document of Zoho's settles. They are corrected here once somebody has tried them on a real organisation.
 */
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

    /** Hard-bounced: no code is documented; 2007 was seen on a real account for a single refused address. */
    static final Rejection BOUNCED = new Rejection("2007", "Contact email address has bounced.");

    /** Blocked by Campaigns: the same as for bounced addresses. */
    static final Rejection BLOCKED = new Rejection("2007", "Contact email address is blocked.");

    /** Reported as spam by the person: the same as for bounced addresses. */
    static final Rejection COMPLAINED = new Rejection("2007", "Contact has marked a campaign as spam.");

    /**
     * The topics of a subscription. Several, with commas between them, are documented for the sister product; on
     * Campaigns only single ones were seen (docs/zoho-notes.md, "Campaigns: subscribing").
     */
    static List<String> topics(String topicIds) {
        return topicIds == null ? List.of() : List.of(topicIds.split(","));
    }

    /** An unknown topic: "parameter value invalid" in the sister product. */
    static final Rejection TOPIC = new Rejection("2007", "Invalid topic.");

    /** A status that getlistsubscribers does not know. */
    static final Rejection MEMBER_STATUS = new Rejection("1001", "Pattern not matched.");

    /** A person who is in the organisation but not on the list from which they are to be unsubscribed. */
    static final Rejection NOT_ON_LIST = new Rejection("2103", "Contact does not exist.");

    /** A refusal with a code and a message. */
    record Rejection(String code, String message) {}

    private UncertainReplies() {}
}
