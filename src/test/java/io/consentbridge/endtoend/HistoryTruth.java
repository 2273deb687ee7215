package io.consentbridge.endtoend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the people of a history said, kept apart from everything that the product keeps, and what therefore has to be true of
 * the lists. Where a history leaves it open whether somebody may be mailed, nothing is said of them.
 */
final class HistoryTruth {

    /** The word of a record that agreed; see {@link #WORDS}. */
    static final String OBTAINED = "Consent - Obtained";

    static final String REJECTED = "Consent rejected";

    /** Words of the data-processing basis; the empty one stands for none, the last one is known to nobody. */
    static final List<String> WORDS = List.of(
            OBTAINED, OBTAINED, "Consent - Pending", REJECTED, "Contract", "Legitimate Interests", "", "Retiré");

    /** A CRM record as the history made it. */
    static final class Entry {
        final String module;
        final String id;
        int person;
        /** For whom it stood before its latest change. */
        int former;

        boolean optedOut;
        String word;
        boolean converted;
        boolean deleted;
        /** Before this instant the latest change cannot be read yet. */
        Instant visible = Instant.MIN;
        /** Came back from the bin with its old time, so that only a reading of all records shows it. */
        boolean unread;

        Entry(String module, String id, int person, String word) {
            this.module = module;
            this.id = id;
            this.person = person;
            this.former = person;
            this.word = word;
        }

        boolean refuses() {
            return optedOut || word.equals(REJECTED);
        }
    }

    /** A person and a list. */
    private record Membership(int person, String list) {}

    private final List<Entry> entries = new ArrayList<>();
    /** People to the records that a run saw refuse and that did not take it back. */
    private final Map<Integer, Set<String>> refusedBy = new HashMap<>();
    /** Who left a list by themselves and did not come back; true once a run could see it. */
    private final Map<Membership, Boolean> left = new HashMap<>();
    /** Of whom it is open whether they may be on the list. */
    private final Set<Membership> open = new HashSet<>();
    /** Who was put on the list by other hands than the product's. */
    private final Set<Membership> joined = new HashSet<>();

    /** Who left a list that forgot them before any run could read it. */
    private final Set<Integer> unseen = new HashSet<>();

    private final Set<Integer> barred = new HashSet<>();

    List<Entry> entries() {
        return entries;
    }

    void created(Entry entry) {
        entries.add(entry);
        if (entry.refuses()) {
            doubt(entry.person);
        }
    }

    /** From now on nothing is demanded of the person but that refusals hold. */
    void doubt(int person) {
        HistoryWorld.LISTS.forEach(list -> doubt(person, list));
    }

    void doubt(int person, String list) {
        open.add(new Membership(person, list));
    }

    void left(int person, String list) {
        left.put(new Membership(person, list), false);
        doubt(person, list);
    }

    /** What Campaigns holds against somebody whom it lets join is not known before a subscription of ours is refused. */
    void rejoined(int person, String list) {
        left.remove(new Membership(person, list));
        barred.remove(person);
        imported(person, list);
    }

    /** A colleague put the person on the list; that takes no refusal back. */
    void imported(int person, String list) {
        joined.add(new Membership(person, list));
        doubt(person, list);
    }

    /** Campaigns forgets the person; what no run had read of them is lost to everybody. */
    void purged(int person, String list) {
        left.computeIfPresent(new Membership(person, list), (membership, seen) -> {
            if (!seen) {
                unseen.add(person);
            }
            return seen ? true : null;
        });
    }

    void listDeleted(String list) {
        for (int person = 0; person < HistoryWorld.PEOPLE; person++) {
            purged(person, list);
        }
    }

    void barred(int person) {
        barred.add(person);
        doubt(person);
    }

    /** The record is at another person's address now; whether what it said of the old one still holds is left open. */
    void readdressed(Entry entry, int person) {
        Optional.ofNullable(refusedBy.get(entry.person)).ifPresent(records -> records.remove(entry.id));
        doubt(entry.person);
        doubt(person);
        entry.former = entry.person;
        entry.person = person;
    }

    /** A run came to its end that read all records of the module. */
    void read(String module, Instant began) {
        entries.stream()
                .filter(entry -> entry.module.equals(module) && !entry.visible.isAfter(began))
                .forEach(entry -> entry.unread = false);
    }

    /** A run of a sync to that list came to its end: it has read the list and swept the modules of people. */
    void ran(String list, Instant began) {
        left.replaceAll((membership, seen) -> seen || membership.list().equals(list));
        for (Entry entry : entries) {
            if (entry.unread || entry.visible.isAfter(began)) {
                continue;
            }
            Set<String> records = refusedBy.computeIfAbsent(entry.person, person -> new HashSet<>());
            if (!entry.deleted && entry.refuses()) {
                records.add(entry.id);
            } else if (!entry.deleted) {
                records.remove(entry.id);
            }
        }
    }

    /** Whether the person left a list in a way that nobody could see. */
    boolean leftUnseen(int person) {
        return unseen.contains(person);
    }

    /** Whether the CRM does not show yet what became of a record of the person, or shows it to those who read everything. */
    boolean isLate(int person, Instant at) {
        return entries.stream()
                .filter(entry -> entry.person == person || entry.former == person)
                .anyMatch(entry -> entry.unread || entry.visible.isAfter(at));
    }

    /**
     * Why the person must not be on the list after a run to it; empty when nothing is known against them.
     *
     * @param whole whether the run read everything that it selects
     */
    Optional<String> mustBeOff(int person, String list, boolean whole) {
        if (barred.contains(person)) {
            return Optional.of("barred in Campaigns");
        }
        if (entries.stream().anyMatch(entry -> !entry.deleted && entry.person == person && entry.refuses())) {
            return Optional.of("a record refuses");
        }
        if (!refusedBy.getOrDefault(person, Set.of()).isEmpty()) {
            return Optional.of("a record refused and is deleted");
        }
        if (left.containsKey(new Membership(person, list))) {
            return Optional.of("left the list by their own hand");
        }
        boolean consents = entries.stream()
                .anyMatch(entry -> entry.person == person
                        && entry.word.equals(OBTAINED)
                        && (!entry.deleted && entry.module.equals("Leads") || entry.converted));
        if (whole
                && list.equals(HistoryWorld.BY_CONSENT)
                && !consents
                && !joined.contains(new Membership(person, list))) {
            return Optional.of("no record consents");
        }
        return Optional.empty();
    }

    /** Whether the person must be on the list once every sync ran twice. */
    boolean mustBeOn(int person, String list) {
        List<Entry> theirs = entries.stream()
                .filter(entry -> entry.person == person && !entry.deleted)
                .toList();
        boolean consent = list.equals(HistoryWorld.BY_CONSENT);
        boolean selected = theirs.stream().anyMatch(entry -> !consent || entry.module.equals("Leads"));
        boolean allowed = theirs.stream()
                .allMatch(entry -> !entry.refuses()
                        && !entry.converted
                        && !entry.word.equals("Retiré")
                        && (!consent || entry.word.equals(OBTAINED)));
        return selected
                && allowed
                && !open.contains(new Membership(person, list))
                && mustBeOff(person, list, true).isEmpty();
    }
}
