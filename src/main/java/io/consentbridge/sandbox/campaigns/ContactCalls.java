package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Subscribing and unsubscribing (docs/zoho-notes.md, "Campaigns: subscribing" to "Campaigns: Do-Not-Mail"). */
final class ContactCalls {

    private static final String EMAIL = "Contact Email";
    private static final int MOST_IN_BULK = 10;

    private final Account account;
    private final Subscriptions subscriptions;

    ContactCalls(Account account, Subscriptions subscriptions) {
        this.account = account;
        this.subscriptions = subscriptions;
    }

    Envelope subscribe(Request request) {
        String path = request.path();
        if (request.param("listkey") == null || request.param("contactinfo") == null) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        Optional<MailingList> list = account.list(request.param("listkey"));
        if (list.isEmpty()) {
            return Envelope.error(path, "2501", "Listkey is empty or invalid.");
        }
        Optional<Map<String, String>> info = ContactInfo.read(request.param("contactinfo"));
        if (info.isEmpty()) {
            return Envelope.error(path, "2001", "Contact information is not valid.");
        }
        String email = info.get().getOrDefault(EMAIL, "");
        if (!Addresses.valid(email)) {
            return Envelope.error(path, "2004", "Invalid contact email address.");
        }
        if (Addresses.group(email)) {
            return Envelope.error(path, "2005", "Group email address is not allowed.");
        }
        String topic = request.param("topic_id");
        if (!UncertainReplies.topics(topic).stream().allMatch(account::hasTopic)) {
            return rejected(path, UncertainReplies.TOPIC);
        }
        Contact known = account.contact(email).orElse(null);
        if ("true".equals(request.param("donotmail_resub"))) {
            subscriptions.overrideDoNotMail(known, list.get());
        }
        UncertainReplies.Rejection barred = Subscriptions.barred(known);
        if (barred != null) {
            return rejected(path, barred);
        }
        var outcome =
                subscriptions.subscribe(list.get(), email, known(info.get()), topic, request.param("source"), true);
        return Envelope.well(
                path,
                outcome == Subscriptions.Outcome.CONFIRMATION_SENT
                        ? "A confirmation email is sent to the user. User needs to confirm to successfully subscribe."
                        : "User successfully subscribed.");
    }

    Envelope unsubscribe(Request request) {
        String path = request.path();
        if (request.param("listkey") == null || request.param("contactinfo") == null) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        Optional<MailingList> list = account.list(request.param("listkey"));
        if (list.isEmpty()) {
            return Envelope.error(path, "2102", "Listkey is invalid.");
        }
        Contact contact = contact(request).orElse(null);
        if (contact == null) {
            return Envelope.error(path, "2103", "Contact does not exist.");
        }
        if (!subscriptions.unsubscribe(list.get(), contact.email(), false)) {
            return rejected(path, UncertainReplies.NOT_ON_LIST);
        }
        contact.leave(request.param("topic_id"));
        return Envelope.well(path, "User successfully unsubscribed.");
    }

    Envelope doNotMail(Request request) {
        String path = request.path();
        if (request.param("contactinfo") == null) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        String email = ContactInfo.read(request.param("contactinfo"))
                .map(info -> info.getOrDefault(EMAIL, ""))
                .orElse("");
        if (!Addresses.valid(email)) {
            return Envelope.error(path, "2004", "Invalid contact email address.");
        }
        Contact contact = account.contactOrNew(email);
        if (contact.bar() == Contact.Bar.DO_NOT_MAIL) {
            return Envelope.well(path, "User already in Do-Not-Mail.");
        }
        subscriptions.bar(contact, Contact.Bar.DO_NOT_MAIL, Status.UNSUB, false);
        return Envelope.well(path, "User successfully moved to Do-Not-Mail.");
    }

    Envelope addInBulk(Request request) {
        String path = request.path();
        if (request.param("listkey") == null || request.param("emailids") == null) {
            return Envelope.error(path, "903", "Mandatory parameter is missing.");
        }
        Optional<MailingList> list = account.list(request.param("listkey"));
        if (list.isEmpty()) {
            return Envelope.error(path, "2206", "List is deleted.");
        }
        return add(list.get(), request.param("emailids"), Envelope.well(path, "Contacts added successfully."));
    }

    /**
     * Adds up to ten addresses to a list and reports the result of each in the reply (docs/zoho-notes.md, "Campaigns: bulk
     * adding").
     */
    Envelope add(MailingList list, String emails, Envelope reply) {
        List<String> ignored = new ArrayList<>();
        List<String> existing = new ArrayList<>();
        List<String> returned = new ArrayList<>();
        int taken = 0;
        for (String email : emails.split(",")) {
            Contact known = account.contact(email).orElse(null);
            boolean refused = !Addresses.valid(email) || Addresses.group(email) || Subscriptions.barred(known) != null;
            if (refused || ++taken > MOST_IN_BULK) {
                ignored.add(email.trim());
                continue;
            }
            switch (subscriptions.subscribe(list, email, Map.of(), null, null, false)) {
                case EXISTING -> existing.add(email.trim());
                case RETURNED -> returned.add(email.trim());
                default -> {}
            }
        }
        return reply.with("listkey", list.key())
                .with("listname", list.name())
                .with("ignored_contacts", ignored)
                .with("existing_contacts", existing)
                .with("readd_contacts", returned);
    }

    /** Returns the known fields; unknown fields are ignored. */
    private Map<String, String> known(Map<String, String> info) {
        Map<String, String> fields = new HashMap<>();
        info.forEach((name, value) -> {
            if (!name.equals(EMAIL) && account.hasField(name)) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    private Optional<Contact> contact(Request request) {
        return ContactInfo.read(request.param("contactinfo"))
                .flatMap(info -> account.contact(info.getOrDefault(EMAIL, "")));
    }

    private static Envelope rejected(String path, UncertainReplies.Rejection rejection) {
        return Envelope.error(path, rejection.code(), rejection.message());
    }
}
