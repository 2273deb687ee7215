package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists campaigns (docs/zoho-notes.md, "Campaigns: listing campaigns"). */
final class MailingListing {

    private static final int USUAL = 5;

    private final Mailings mailings;
    private final Choices choices;

    MailingListing(Mailings mailings) {
        this.mailings = mailings;
        this.choices = mailings.choices();
    }

    Envelope recent(Request request) {
        synchronized (mailings) {
            return read(request);
        }
    }

    private Envelope read(Request request) {
        Optional<Set<MailingState>> states = states(request.param("status", "all"));
        if (states.isEmpty()) {
            return Envelope.error(request.path(), "1001", "Pattern not matched.");
        }
        long now = mailings.now();
        long late = choices.millis(OpenPoint.STATUS_LATE);
        List<Mailing> found = new ArrayList<>(mailings.all().stream()
                .filter(each -> states.get().contains(each.shown(now, late)))
                .toList());
        boolean newest = request.param("sort") == null
                ? choices.is(OpenPoint.CAMPAIGNS_ORDER, "newest")
                : "desc".equalsIgnoreCase(request.param("sort"));
        if (newest) {
            Collections.reverse(found);
        }
        List<Object> rows = new ArrayList<>();
        Page.of(request, USUAL, choices.number(OpenPoint.CAMPAIGNS_MOST))
                .of(found)
                .forEach(each -> rows.add(row(each, now)));
        return rows.isEmpty()
                ? Envelope.error(request.path(), "6101", "There are no campaigns in this view.")
                : Envelope.well(request.path(), null).with("recent_campaigns", rows);
    }

    Envelope recentlySent(Request request) {
        String limit = request.param("limit", "");
        if (!limit.matches("\\d{1,6}")) {
            return Envelope.error(request.path(), "903", "Mandatory parameter is missing.");
        }
        List<Object> rows = new ArrayList<>();
        synchronized (mailings) {
            addSent(rows, Integer.parseInt(limit));
        }
        return rows.isEmpty()
                ? Envelope.error(request.path(), "3001", "There is no sent campaign.")
                : Envelope.well(request.path(), null).with("recent_sent_campaigns", rows);
    }

    private void addSent(List<Object> rows, int limit) {
        long now = mailings.now();
        long late = choices.millis(OpenPoint.STATUS_LATE);
        mailings.all().stream()
                .filter(each -> each.shown(now, late) == MailingState.SENT)
                .sorted(Comparator.comparingLong(Mailing::sentAt).reversed())
                .limit(limit)
                .forEach(each -> rows.add(row(each, now)));
    }

    private static Optional<Set<MailingState>> states(String filter) {
        Set<MailingState> states = EnumSet.noneOf(MailingState.class);
        for (String word : filter.split("\\|")) {
            if (word.equalsIgnoreCase("all")) {
                states.addAll(EnumSet.allOf(MailingState.class));
            } else if (MailingState.filtered(word).isPresent()) {
                states.add(MailingState.filtered(word).get());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(states);
    }

    private Map<String, Object> row(Mailing mailing, long now) {
        MailingState state = mailing.shown(now, choices.millis(OpenPoint.STATUS_LATE));
        long sent = state.left() ? mailing.sentAt() : 0;
        return new Cells(choices)
                .text("campaign_key", mailing.key())
                .text("campaignId", 44_900_000_000_070_000L + mailing.number())
                .text("campaign_name", mailing.name())
                .text("campaign_status", state.shown(choices))
                .text("campaigntype", mailing.split() ? "abtesting" : "Normal")
                .text("subject", mailing.letter().subject())
                .text("from_email", mailing.letter().from())
                .text("reply_to", mailing.letter().replyTo())
                .text("campaign_preview", "https://campaigns.example.com/preview/" + mailing.key())
                .millis("created_time", mailing.created())
                .date("created_time_gmt", mailing.created())
                .date("created_date_string", mailing.created())
                .millis("sent_time", sent)
                .date("sent_time_gmt", sent)
                .text("sent_time_zone", sent == 0 ? null : "GMT")
                .date("sent_date_string", sent)
                .millis("updated_time", mailing.updated())
                .date("updated_time_gmt", mailing.updated())
                .date("updated_date_string", mailing.updated())
                .text("folder_id", null)
                .text("is_hybrid", "false")
                .text("zuid", "70235011")
                .row();
    }
}
