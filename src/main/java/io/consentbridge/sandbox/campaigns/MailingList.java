package io.consentbridge.sandbox.campaigns;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** A mailing list and its members. Safe for use by several threads; each member is changed on its own. */
final class MailingList {

    private record Snapshot(long version, List<Member> members) {}

    private final String key;
    private final long number;
    private final long created;
    private final Map<String, Member> members = new ConcurrentHashMap<>();
    private final Map<Status, LongAdder> counts = new EnumMap<>(Status.class);
    private final Map<Status, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();
    private volatile String name;
    private volatile boolean open;

    MailingList(String key, long number, String name, boolean open, long created) {
        this.key = key;
        this.number = number;
        this.name = name;
        this.open = open;
        this.created = created;
        for (Status status : Status.values()) {
            counts.put(status, new LongAdder());
        }
    }

    String key() {
        return key;
    }

    long number() {
        return number;
    }

    long created() {
        return created;
    }

    String name() {
        return name;
    }

    /**
     * Returns true for a list with a sign-up form, which first asks new subscribers by mail (docs/zoho-notes.md, "Campaigns:
     * subscribing").
     */
    boolean open() {
        return open;
    }

    void change(String newName, boolean newOpen) {
        name = newName;
        open = newOpen;
    }

    long count(Status status) {
        return counts.get(status).sum();
    }

    /** Returns the member, null when the address is not on the list. */
    Member member(String email) {
        return members.get(email);
    }

    /** Adds, changes or (with null) removes a member in one step. */
    Member change(String email, UnaryOperator<Member> change) {
        return members.compute(email, (key, before) -> {
            Member after = change.apply(before);
            if (before != null) {
                counts.get(before.status()).decrement();
            }
            if (after != null) {
                counts.get(after.status()).increment();
            }
            if (before == null || after == null || before.status() != after.status()) {
                version.incrementAndGet();
            }
            return after;
        });
    }

    /** Returns all members in the order of joining. */
    List<Member> all() {
        return members.values().stream()
                .sorted(Comparator.comparingLong(Member::number))
                .toList();
    }

    /**
     * Returns the members with a status in the order of joining; computed again only after somebody joined, left or changed.
     */
    List<Member> all(Status status) {
        long now = version.get();
        Snapshot known = snapshots.get(status);
        if (known == null || known.version() != now) {
            known = new Snapshot(
                    now, all().stream().filter(m -> m.status() == status).toList());
            snapshots.put(status, known);
        }
        return known.members();
    }
}
