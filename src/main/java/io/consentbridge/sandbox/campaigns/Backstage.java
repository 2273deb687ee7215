package io.consentbridge.sandbox.campaigns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Simulates what people and mail servers do to a Campaigns organisation and no call of the API can do. */
public final class Backstage {

    private final Account account;
    private final Subscriptions subscriptions;

    public Backstage(Account account) {
        this.account = account;
        this.subscriptions = new Subscriptions(account, null, email -> false);
    }

    /** Returns the workflows. */
    public Workflows workflows() {
        return account.workflows();
    }

    /** An event that happens to a member of a list, or makes a person a member. */
    public enum Event {
        /** The person joins by themselves, even after leaving. */
        JOIN,
        /** A colleague adds a person to a list by hand. */
        IMPORT,
        CONFIRM,
        UNSUBSCRIBE,
        BOUNCE,
        COMPLAIN,
        BLOCK,
        DO_NOT_MAIL,
        REMOVE,
        /** A colleague deletes a person from the organisation. */
        PURGE
    }

    /**
     * Makes the event happen; returns false when the person is not on the list (or, without a list, unknown). Anybody may
     * join a list that exists, or be imported to it; a colleague's import does not change people who may only come back by
     * themselves.
     */
    public boolean happens(Event event, String listName, String email) {
        if (event == Event.JOIN || event == Event.IMPORT) {
            boolean there = listName != null && account.listNamed(listName).isPresent();
            if (there && event == Event.JOIN) {
                account.refusals().cameBack(listName, Account.key(email));
                join(listName, email, Map.of());
            } else if (there) {
                bring(account.listNamed(listName).orElseThrow(), email);
            }
            return there;
        }
        Contact contact = account.contact(email).orElse(null);
        MailingList list = listName == null ? null : account.listNamed(listName).orElse(null);
        if (contact == null) {
            return false;
        }
        switch (event) {
            case BOUNCE -> subscriptions.bar(contact, Contact.Bar.BOUNCED, Status.BOUNCE, false);
            case COMPLAIN -> subscriptions.bar(contact, Contact.Bar.SPAM, Status.SPAM, true);
            case BLOCK -> subscriptions.bar(contact, Contact.Bar.BLOCKED, Status.BOUNCE, false);
            case DO_NOT_MAIL -> subscriptions.bar(contact, Contact.Bar.DO_NOT_MAIL, Status.UNSUB, true);
            case PURGE -> account.purge(email);
            default -> {
                return list != null && onList(event, list, contact);
            }
        }
        return true;
    }

    private boolean onList(Event event, MailingList list, Contact contact) {
        Member member = list.member(contact.email());
        if (member == null || event == Event.CONFIRM && member.status() != Status.PENDING) {
            return false;
        }
        switch (event) {
            case CONFIRM -> {
                account.refusals().cameBack(list.name(), contact.email());
                list.change(contact.email(), old -> old.with(Status.ACTIVE, false, account.now()));
            }
            case UNSUBSCRIBE -> subscriptions.unsubscribe(list, contact.email(), true);
            default -> list.change(contact.email(), old -> null);
        }
        return true;
    }

    private void bring(MailingList list, String email) {
        Member before = list.member(Account.key(email));
        Contact known = account.contact(email).orElse(null);
        boolean left = before != null && before.status() == Status.UNSUB && before.bySelf();
        if (left && account.listing().rejoin() == Listing.Rejoin.PERSON || Subscriptions.barred(known) != null) {
            return;
        }
        if (before == null || before.status() != Status.ACTIVE) {
            join(list.name(), email, Map.of());
        }
    }

    /** Adds a person to a list without a call, for the people whom Campaigns knew before. */
    public void join(String listName, String email, Map<String, String> fields) {
        Contact contact = account.contactOrNew(email);
        contact.merge(fields);
        account.topics().stream().findFirst().ifPresent(topic -> contact.follow(topic.id()));
        account.listNamed(listName)
                .orElseThrow()
                .change(
                        contact.email(),
                        old -> account.newMember(contact, Status.ACTIVE, null).after(old));
    }

    /** Deletes a list with its members, as a user of Campaigns would; returns false when none has that name. */
    public boolean removeList(String name) {
        return account.removeList(name);
    }

    /**
     * Changes the name or the sign-up form of a list, as a user would; null leaves either unchanged. Returns false when no
     * list has that name, or one has the new name already.
     */
    public boolean changeList(String name, String newName, Boolean open) {
        MailingList list = account.listNamed(name).orElse(null);
        boolean taken = newName != null
                && account.listNamed(newName).filter(other -> other != list).isPresent();
        if (list == null || taken) {
            return false;
        }
        list.change(newName == null ? list.name() : newName, open == null ? list.open() : open);
        return true;
    }

    /** Sets whether Campaigns includes the sign-up forms of its lists in its replies. */
    public void tellForm(boolean told) {
        account.tellForm(told);
    }

    /** Deletes a topic as a user would; returns false when none has that name. */
    public boolean removeTopic(String name) {
        return account.removeTopic(name);
    }

    /** Adds a list; returns false when one of that name exists. */
    public boolean addList(String name, boolean open) {
        return account.addList(name, open).isPresent();
    }

    /** Adds a topic; returns false when one of that name exists. */
    public boolean addTopic(String name, String description) {
        return account.addTopic(name, description).isPresent();
    }

    public boolean addField(String displayName) {
        return account.addField(displayName, displayName.toLowerCase(java.util.Locale.ROOT), "Text", false);
    }

    /** Returns how members are listed, and who may come back. */
    public Listing listing() {
        return account.listing();
    }

    public int contacts() {
        return account.contacts();
    }

    /** Returns every list with its form and its members by status. */
    public List<Map<String, Object>> lists() {
        List<Map<String, Object>> lists = new ArrayList<>();
        for (MailingList list : account.lists()) {
            Map<String, Object> counts = new LinkedHashMap<>();
            for (Status status : Status.values()) {
                counts.put(status.word(), list.count(status));
            }
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", list.name());
            map.put("listkey", list.key());
            map.put("signupform", list.open() ? "public" : "private");
            map.put("members", counts);
            lists.add(map);
        }
        return lists;
    }

    public List<Topic> topicList() {
        return List.copyOf(account.topics());
    }

    /** Returns all members of a list, sorted by address, without times; empty when there is no such list. */
    public Optional<List<Map<String, Object>>> members(String listName) {
        return account.listNamed(listName)
                .map(list -> list.all().stream()
                        .sorted(Comparator.comparing(member -> member.contact().email()))
                        .map(Backstage::member)
                        .toList());
    }

    private static Map<String, Object> member(Member member) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("email", member.contact().email());
        map.put("status", member.status().word());
        map.put("bySelf", member.bySelf());
        map.put("fields", new TreeMap<>(member.contact().fields()));
        map.put("topics", member.contact().topics().stream().sorted().toList());
        map.put("source", member.source());
        return map;
    }
}
