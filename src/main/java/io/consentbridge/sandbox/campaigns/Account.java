package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.clock.SandboxClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The contents of the Campaigns organisation: contacts, lists, topics and fields. */
public final class Account {

    private final SandboxClock clock;
    private final Map<String, Contact> contacts = new ConcurrentHashMap<>();
    private final List<MailingList> lists = new CopyOnWriteArrayList<>();
    private final List<Topic> topics = new CopyOnWriteArrayList<>();
    private final Map<String, ContactField> fields = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Refusals refusals = new Refusals();
    private final Listing listing = new Listing();
    private final Workflows workflows = new Workflows();
    private int listsMade;
    private volatile boolean tellsForm = true;

    public Account(SandboxClock clock) {
        this.clock = clock;
        List<String> standard = List.of(
                "Contact Email|contact_email|Email",
                "First Name|firstname|Text",
                "Last Name|lastname|Text",
                "Company Name|companyname|Text",
                "Phone|phone|Phone",
                "Job Title|job_title|Text",
                "Title|title|Text",
                "Mobile|mobile|Phone",
                "Secondary Email|secondary_email|Email",
                "City|city|Text",
                "State|state|Text",
                "Country|country|Text",
                "Industry|industry|Text");
        for (String field : standard) {
            String[] parts = field.split("\\|");
            addField(parts[0], parts[1], parts[2], parts[1].equals("contact_email"));
        }
    }

    static String key(String email) {
        return email.trim().toLowerCase(Locale.ROOT);
    }

    Optional<Contact> contact(String email) {
        return Optional.ofNullable(contacts.get(key(email)));
    }

    Contact contactOrNew(String email) {
        return contacts.computeIfAbsent(key(email), Contact::new);
    }

    int contacts() {
        return contacts.size();
    }

    Workflows workflows() {
        return workflows;
    }

    List<MailingList> lists() {
        return lists;
    }

    Optional<MailingList> list(String key) {
        for (MailingList list : lists) {
            if (list.key().equals(key)) {
                return Optional.of(list);
            }
        }
        return Optional.empty();
    }

    Optional<MailingList> listNamed(String name) {
        return lists.stream().filter(list -> list.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Adds a list and returns it; empty when a list of that name exists. */
    synchronized Optional<MailingList> addList(String name, boolean open) {
        if (listNamed(name).isPresent()) {
            return Optional.empty();
        }
        long number = 1_000 + listsMade++;
        String key = "3z" + String.format("%062x", number * 0x9E3779B97F4A7C15L & Long.MAX_VALUE);
        MailingList list = new MailingList(key, number, name, open, clock.millis());
        lists.add(list);
        return Optional.of(list);
    }

    synchronized boolean removeList(String name) {
        return lists.removeIf(list -> list.name().equalsIgnoreCase(name));
    }

    /** Deletes a topic as a user would; returns false when none has that name. */
    synchronized boolean removeTopic(String name) {
        return topics.removeIf(topic -> topic.name().equalsIgnoreCase(name));
    }

    List<Topic> topics() {
        return topics;
    }

    /**
     * Returns whether the listing of lists includes their sign-up form, which is inferred (docs/zoho-notes.md, "Campaigns:
     * mailing lists").
     */
    boolean tellsForm() {
        return tellsForm;
    }

    void tellForm(boolean told) {
        tellsForm = told;
    }

    boolean hasTopic(String id) {
        return topics.stream().anyMatch(topic -> topic.id().equals(id));
    }

    /** Adds a topic and returns it; empty when a topic of that name exists. */
    synchronized Optional<Topic> addTopic(String name, String description) {
        if (topics.stream().anyMatch(topic -> topic.name().equalsIgnoreCase(name))) {
            return Optional.empty();
        }
        Topic topic = new Topic(Long.toString(44_900_000_000_050_001L + topics.size()), name, description);
        topics.add(topic);
        return Optional.of(topic);
    }

    List<ContactField> fields() {
        List<ContactField> sorted = new ArrayList<>(fields.values());
        sorted.sort(java.util.Comparator.comparing(ContactField::id));
        return sorted;
    }

    boolean hasField(String displayName) {
        return fields.containsKey(displayName);
    }

    /** Adds a field; returns false when a field of that name exists. */
    synchronized boolean addField(String displayName, String name, String type, boolean mandatory) {
        String id = Long.toString(44_900_000_000_020_001L + fields.size());
        return fields.putIfAbsent(displayName, new ContactField(displayName, name, type, mandatory, id)) == null;
    }

    Member newMember(Contact contact, Status status, String source) {
        long now = clock.millis();
        return new Member(contact, status, false, now, numbers.incrementAndGet(), source, null, now);
    }

    long now() {
        return clock.millis();
    }

    /** Deletes everything about a person: their memberships, their bar, and the fact that they ever left. */
    boolean purge(String email) {
        for (MailingList list : lists) {
            list.change(key(email), old -> null);
        }
        return contacts.remove(key(email)) != null;
    }

    /**
     * Returns the sandbox's own record, as a witness, of who left a list of that name by themselves; it outlasts what the
     * organisation deletes.
     */
    Refusals refusals() {
        return refusals;
    }

    /** Returns how members are listed. */
    Listing listing() {
        return listing;
    }
}
