package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls that read who is on a list (docs/zoho-notes.md, "Campaigns: members of a list"). */
final class MemberCalls {

    private static final long RECENT = 7 * 86_400_000L;
    private static final long MOST_RECENT = 86_400_000L;

    private final Account account;
    private final SandboxClock clock;

    MemberCalls(Account account, SandboxClock clock) {
        this.account = account;
        this.clock = clock;
    }

    Envelope list(Request request) {
        String path = request.path();
        Optional<MailingList> list = account.list(request.param("listkey", ""));
        if (list.isEmpty()) {
            return Envelope.error(path, "2501", "Listkey is empty or invalid.");
        }
        List<Member> members = members(list.get(), request.param("status", "active"));
        if (members == null) {
            return Envelope.error(
                    path, UncertainReplies.MEMBER_STATUS.code(), UncertainReplies.MEMBER_STATUS.message());
        }
        List<Object> rows = new ArrayList<>();
        if (account.listing().empty() == Listing.Empty.ALWAYS) {
            return Envelope.well(path, null).with("list_of_details", rows);
        }
        Page.of(request).atMost(account.listing().most()).of(members).forEach(member -> rows.add(row(member)));
        return rows.isEmpty() && account.listing().empty() == Listing.Empty.CODE
                ? Envelope.error(path, "2502", "Yet,There are no contacts in this list.")
                : Envelope.well(path, null).with("list_of_details", rows);
    }

    Envelope count(Request request) {
        String path = request.path();
        if (request.param("listkey") == null) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        Optional<MailingList> list = account.list(request.param("listkey"));
        Status status = status(request.param("status", "active"));
        if (list.isEmpty() || status == null) {
            return Envelope.error(path, list.isEmpty() ? "2202" : "2001", "List id or status is invalid.");
        }
        return Envelope.well(path, null)
                .with("no_of_contacts", Long.toString(list.get().count(status)));
    }

    private List<Member> members(MailingList list, String word) {
        switch (word) {
            case "recent":
                return since(list, RECENT);
            case "most recent", "mostrecent":
                return since(list, MOST_RECENT);
            case "spam":
                return null;
            default:
                Status status = status(word);
                return status == null ? null : account.listing().of(list, status, clock.millis());
        }
    }

    private List<Member> since(MailingList list, long age) {
        long oldest = clock.millis() - age;
        return account.listing().of(list, Status.ACTIVE, clock.millis()).stream()
                .filter(member -> member.added() >= oldest)
                .toList();
    }

    private static Status status(String word) {
        return switch (word) {
            case "active" -> Status.ACTIVE;
            case "unsub" -> Status.UNSUB;
            case "bounce" -> Status.BOUNCE;
            case "spam" -> Status.SPAM;
            default -> null;
        };
    }

    private static Map<String, Object> row(Member member) {
        Map<String, String> fields = member.contact().fields();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("contact_email", member.contact().email());
        row.put("firstname", fields.getOrDefault("First Name", "null"));
        row.put("lastname", fields.getOrDefault("Last Name", "null"));
        row.put("companyname", fields.getOrDefault("Company Name", "null"));
        row.put("phone", fields.getOrDefault("Phone", "null"));
        row.put("zuid", "70235011");
        row.put("added_time", Long.toString(member.added()));
        return row;
    }
}
