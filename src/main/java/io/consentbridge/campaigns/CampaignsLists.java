package io.consentbridge.campaigns;

import io.consentbridge.consent.SignupForm;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoSeams;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds and creates mailing lists, through {@code direct:find-lists} and {@code direct:create-list}. */
public final class CampaignsLists {

    /** Campaigns' method for finding lists. */
    public static final String FIND = "getmailinglists";

    /** Clients use 50 and 100; the maximum is not documented (docs/zoho-notes.md, "Campaigns: mailing lists"). */
    private static final int PAGE_SIZE = 100;

    private final ZohoSeams seams;
    private final ContactPermits permits;

    public CampaignsLists(ZohoSeams seams) {
        this(seams, new ContactPermits());
    }

    /** @param permits permits the call about the first member of a list */
    public CampaignsLists(ZohoSeams seams, ContactPermits permits) {
        this.seams = seams;
        this.permits = permits;
    }

    /**
     * The list with that name; reads pages until it is found.
     *
     * @param runId the run that the calls are counted for; null for none
     */
    public Optional<MailingList> find(Connection connection, String runId, String name) {
        return directory(connection, runId).named(name);
    }

    /** {@link #all} for several questions, at one call for every hundred lists that are read. */
    public ListDirectory directory(Connection connection, String runId) {
        return new ListDirectory(all(connection, runId));
    }

    /** Every list, in Campaigns' order, each page read when it is needed. */
    public Iterator<MailingList> all(Connection connection, String runId) {
        return RowPages.over(connection.name() + ": Zoho Campaigns gives the mailing lists", read -> {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("resfmt", "JSON");
            parameters.put("sort", "asc");
            parameters.put("fromindex", String.valueOf(read + 1));
            parameters.put("range", String.valueOf(PAGE_SIZE));
            CampaignsCall call = CampaignsCall.read(runId, FIND, parameters);
            return rows(seams.ask("find-lists", connection, call, CampaignsReply.class));
        });
    }

    private static List<MailingList> rows(CampaignsReply reply) {
        List<MailingList> lists = new ArrayList<>();
        for (JsonValue row : reply.rows("list_of_details")) {
            lists.add(new MailingList(
                    row.path("listkey").text(), row.path("listname").text(), form(row), active(row)));
        }
        return lists;
    }

    /**
     * That {@code noofcontacts} counts the active members is inferred: unsubscribed and bounced members have counts of their
     * own.
     */
    private static Optional<Long> active(JsonValue row) {
        String told = row.path("noofcontacts").text();
        return told.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(told)) : Optional.empty();
    }

    /** That {@code is_public} means the sign-up form is inferred (docs/zoho-notes.md, "Campaigns: mailing lists"). */
    private static Optional<SignupForm> form(JsonValue row) {
        return switch (row.path("is_public").text().toLowerCase(Locale.ROOT)) {
            case "true", "1", "public" -> Optional.of(SignupForm.PUBLIC);
            case "false", "0", "private" -> Optional.of(SignupForm.PRIVATE);
            default -> Optional.empty();
        };
    }

    /**
     * Creates a list with its first member, because Campaigns creates no empty list (docs/zoho-notes.md, "Campaigns:
     * creating a list").
     *
     * @param firstAddress e-mail address of a person who may be on it
     * @return empty if the list exists now but may not be new: its name was in use, or the reply has no key
     */
    public Optional<MailingList> create(
            Connection connection, String runId, String name, SignupForm form, String firstAddress) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        parameters.put("listname", name);
        parameters.put("signupform", form.name().toLowerCase(Locale.ROOT));
        parameters.put("mode", "newlist");
        parameters.put("emailids", firstAddress);
        CampaignsCall call = CampaignsCall.change(runId, "addlistandcontacts", parameters);
        CampaignsReply reply = create(connection, call, name, firstAddress);
        String key = reply.value().path("listkey").text();
        return reply.existed() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new MailingList(key, name, Optional.of(form), Optional.empty()));
    }

    private CampaignsReply create(Connection connection, CampaignsCall call, String name, String firstAddress) {
        permits.giveList(connection, call, name, firstAddress);
        try {
            return seams.ask("create-list", connection, call, CampaignsReply.class);
        } finally {
            permits.withdraw(call);
        }
    }
}
