package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Mailing lists (docs/zoho-notes.md, "Campaigns: creating a list", "Campaigns: mailing lists" and "Campaigns: topics"). */
final class ListCalls {

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("dd MMM yyyy, hh:mm a", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Account account;
    private final ContactCalls contacts;

    ListCalls(Account account, ContactCalls contacts) {
        this.account = account;
        this.contacts = contacts;
    }

    Envelope all(Request request) {
        Page page = Page.of(request).atMost(account.listing().most());
        List<Object> rows = new ArrayList<>();
        page.of(account.lists()).forEach(list -> rows.add(row(list)));
        return account.lists().isEmpty()
                ? Envelope.error(request.path(), "2401", "No mailing list is created yet.")
                : Envelope.well(request.path(), null).with("list_of_details", rows);
    }

    Envelope create(Request request) {
        String path = request.path();
        String name = request.param("listname");
        String form = request.param("signupform");
        boolean missing = name == null || form == null || request.param("emailids") == null;
        if (missing || !"newlist".equals(request.param("mode"))) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        if (!name.matches("[\\p{L}\\p{N} _-]+") || !form.matches("public|private")) {
            return Envelope.error(path, "1001", "Pattern not matched.");
        }
        if (request.param("emailids").isBlank()) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        Optional<MailingList> list = account.addList(name, form.equals("public"));
        if (list.isEmpty()) {
            return Envelope.error(path, "2205", "List name already exists.");
        }
        return contacts.add(
                list.get(), request.param("emailids"), Envelope.well(path, "List created and contacts added."));
    }

    Envelope update(Request request) {
        String path = request.path();
        String name = request.param("newlistname");
        String form = request.param("signupform");
        if (request.param("listkey") == null || name == null || form == null) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        Optional<MailingList> list = account.list(request.param("listkey"));
        if (list.isEmpty()) {
            return Envelope.error(path, "2102", "Listkey is invalid.");
        }
        list.get().change(name, form.equals("public"));
        return Envelope.well(path, "List details updated successfully.");
    }

    static String text(long millis) {
        return TEXT.format(Instant.ofEpochMilli(millis));
    }

    private Map<String, Object> row(MailingList list) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("listkey", list.key());
        row.put("listname", list.name());
        row.put("listunino", "2" + list.number());
        row.put("listdesc", "null");
        row.put("listtype", "general");
        row.put("noofcontacts", Long.toString(list.count(Status.ACTIVE)));
        row.put("noofunsubcnt", Long.toString(list.count(Status.UNSUB)));
        row.put("noofbouncecnt", Long.toString(list.count(Status.BOUNCE)));
        row.put("sentcnt", "0");
        row.put("list_campaigns_count", "0");
        if (account.tellsForm()) {
            row.put("is_public", Boolean.toString(list.open()));
        }
        row.put("issmart", "false");
        row.put("lockstatus", "false");
        row.put("editable", "true");
        row.put("deletable", "true");
        row.put("owner", "Pat Bell");
        row.put("zuid", "70235011");
        row.put("created_time", Long.toString(list.created()));
        row.put("created_time_gmt", Long.toString(list.created()));
        row.put("updated_time_gmt", Long.toString(list.created()));
        row.put("list_created_date", text(list.created()));
        row.put("servicetype", "2");
        row.put("otherslist", "false");
        row.put("sno", Long.toString(list.number() - 999));
        return row;
    }
}
