package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Details, numbers and people of a campaign (docs/zoho-notes.md, "Campaigns: reports", "Campaigns: recipients", "Campaigns: times"
 * and "Campaigns: details of a campaign").
 */
final class ReportCalls {

    private static final int USUAL_ROWS = 20;

    private final Mailings mailings;
    private final Choices choices;
    private final RecipientRows recipients;

    ReportCalls(Mailings mailings) {
        this.mailings = mailings;
        this.choices = mailings.choices();
        this.recipients = new RecipientRows(choices);
    }

    Envelope details(Request request) {
        String path = request.path();
        String key = request.param("campaignkey", "");
        if (key.isBlank()) {
            return missing(path);
        }
        Mailing mailing = mailings.find(key).orElse(null);
        if (mailing == null || gone(mailing)) {
            return gone(path, mailing);
        }
        boolean split = request.param("campaigntype", "normal").equalsIgnoreCase("abtesting");
        if (split && !mailing.split()) {
            return Envelope.error(path, "6301", "No details of the campaign.");
        }
        synchronized (mailings) {
            Envelope reply = Envelope.well(path, null)
                    .with("campaign-details", List.of(details(mailing)))
                    .with("campaign-reports", reported(mailing, split) ? List.of(numbers(mailing)) : List.of())
                    .with("associated_mailing_lists", lists(mailing))
                    .with("segments_info", List.of())
                    .with("campaign-reach", List.of(reach(mailing)))
                    .with("campaign-by-loaction", Map.of());
            return split ? reply.with("AB-split-details", List.of(split(mailing))) : reply;
        }
    }

    private static boolean reported(Mailing mailing, boolean split) {
        return mailing.state().left() && mailing.split() == split;
    }

    Envelope report(Request request) {
        String path = request.path();
        String key = request.param("campaignkey", "");
        if (key.isBlank()) {
            return missing(path);
        }
        Mailing mailing = mailings.find(key).orElse(null);
        if (mailing == null || gone(mailing)) {
            return gone(path, mailing);
        }
        synchronized (mailings) {
            return mailing.state().left()
                    ? Envelope.well(path, null)
                            .with("campaign-reports", List.of(numbers(mailing)))
                            .with("campaign-reach", List.of(reach(mailing)))
                            .with("campaign-by-location", Map.of())
                    : Envelope.error(path, "6001", "Invalid campaign key, or the campaign is not sent.");
        }
    }

    Envelope recipients(Request request) {
        String path = request.path();
        String key = request.param("campaignkey", "");
        String word = request.param("action", "");
        if (key.isBlank() || word.isBlank()) {
            return missing(path);
        }
        RecipientRows.Action action = RecipientRows.Action.of(word).orElse(null);
        if (action == null) {
            return Envelope.error(path, "1001", "Pattern not matched.");
        }
        Mailing mailing = mailings.find(key).orElse(null);
        if (mailing == null || gone(mailing)) {
            return mailing == null || choices.is(OpenPoint.DELETED, "6001")
                    ? Envelope.error(path, "6002", "Invalid campaign key, or the campaign is not sent.")
                    : gone(path, mailing);
        }
        synchronized (mailings) {
            if (!mailing.state().left()) {
                return Envelope.error(path, "6002", "Invalid campaign key, or the campaign is not sent.");
            }
            Page page = Page.of(request, USUAL_ROWS, choices.number(OpenPoint.RECIPIENTS_MOST));
            long now = mailings.now() - choices.millis(OpenPoint.RECIPIENTS_LATE);
            List<Object> rows = recipients.rows(mailing, action, request.param("type"), page, now);
            return rows.isEmpty()
                    ? Envelope.error(path, "6303", "There are no recipients for this action.")
                    : Envelope.well(path, null).with("list_of_details", rows);
        }
    }

    private boolean gone(Mailing mailing) {
        return mailing.deleted() && !choices.is(OpenPoint.DELETED, "kept");
    }

    private Envelope gone(String path, Mailing mailing) {
        return mailing != null && choices.is(OpenPoint.DELETED, "6503")
                ? Envelope.error(path, "6503", "The campaign is deleted.")
                : Envelope.error(path, "6001", "Invalid campaign key, or the campaign is not sent.");
    }

    private static Envelope missing(String path) {
        return Envelope.error(path, "903", "Mandatory parameter is missing.");
    }

    private Map<String, Object> details(Mailing mailing) {
        Letter letter = mailing.letter();
        String topic = mailing.audience().topic();
        long sent = mailing.state().left() ? mailing.sentAt() : 0;
        return new Cells(choices)
                .text("campaign_key", mailing.key())
                .text("campaign_name", mailing.name())
                .text("email_subject", letter.subject())
                .text("email_from", letter.from())
                .text("sender_name", letter.fromName())
                .text("reply_to", letter.replyTo())
                .text("preheader", null)
                .text("email_type", "html")
                .text("email_options", null)
                .text("topic_id", topic)
                .text(
                        "topic_name",
                        mailings.account().topics().stream()
                                .filter(each -> each.id().equals(topic))
                                .findFirst()
                                .map(Topic::name)
                                .orElse(null))
                .text("schedule_type", mailing.scheduledAt() == 0 ? "Immediate" : "Scheduled")
                .millis("created_time", mailing.created())
                .date("created_date", mailing.created())
                .millis("sent_time", sent)
                .date("sent_date", sent)
                .row();
    }

    private List<Object> lists(Mailing mailing) {
        List<Object> lists = new ArrayList<>();
        for (String key : mailing.audience().lists().keySet()) {
            mailings.account()
                    .list(key)
                    .ifPresent(list -> lists.add(new Cells(choices)
                            .text("listkey", key)
                            .text("liststatus", "Active")
                            .count("contactscount", list.count(Status.ACTIVE))
                            .text("listname", list.name())
                            .row()));
        }
        return lists;
    }

    private Map<String, Object> split(Mailing mailing) {
        Cells cells = new Cells(choices);
        List<Mailing> children = mailing.children();
        for (int variant = 0; variant < 2; variant++) {
            String letter = variant == 0 ? "a" : "b";
            Mailing child = variant < children.size() ? children.get(variant) : null;
            Report report = child == null ? null : counts(child);
            cells.text(letter + "_subject", mailing.letter().subject())
                    .text(letter + "_child_campaignkey", child == null ? null : child.key())
                    .count(letter + "_sent_count", report == null ? 0 : report.sent())
                    .count(letter + "_open_count", report == null ? 0 : report.opened())
                    .count(letter + "_click_count", report == null ? 0 : report.clicked());
        }
        return cells.row();
    }

    private Report counts(Mailing mailing) {
        return Report.of(
                mailing.dispatches(),
                mailings.now() - choices.millis(OpenPoint.REPORTS_LATE),
                choices.is(OpenPoint.UNSENT, "all"));
    }

    private Map<String, Object> numbers(Mailing mailing) {
        Report report = counts(mailing);
        long sent = report.sent();
        long delivered = report.delivered();
        return new Cells(choices)
                .text("campaign_name", mailing.name())
                .count("emails_sent_count", sent)
                .count("delivered_count", delivered)
                .percent("delivered_percent", delivered, sent)
                .count("opens_count", report.opened())
                .percent("open_percent", report.opened(), delivered)
                .count("unopened", report.unopened())
                .percent("unopened_percent", report.unopened(), delivered)
                .count("unique_clicks_count", report.clicked())
                .percent("unique_clicked_percent", report.clicked(), delivered)
                .percent("clicksperopenrate", report.clicked(), report.opened())
                .count("bounces_count", report.bounces())
                .percent("bounce_percent", report.bounces(), sent)
                .count("hardbounce_count", report.hardBounces())
                .count("softbounce_count", report.softBounces())
                .count("unsent_count", report.unsent())
                .percent("unsent_percent", report.unsent(), sent + report.unsent())
                .count("unsub_count", report.unsubscribed())
                .percent("unsubscribe_percent", report.unsubscribed(), delivered)
                .count("spams_count", report.complaints())
                .percent("spam_percent", report.complaints(), delivered)
                .count("complaints_count", report.complaints())
                .percent("complaints_percent", report.complaints(), delivered)
                .count("forwards_count", report.forwards())
                .percent("forward_percent", report.forwards(), delivered)
                .count("autoreply_count", report.autoReplies())
                .row();
    }

    private Map<String, Object> reach(Mailing mailing) {
        long sent = counts(mailing).sent();
        return new Cells(choices)
                .count("emails", sent)
                .count("facebook", 0)
                .count("twitter", 0)
                .count("linkedin", 0)
                .count("other", 0)
                .count("total", sent)
                .row();
    }
}
