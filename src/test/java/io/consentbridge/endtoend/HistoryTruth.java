package io.consentbridge.endtoend;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * What the people of a history said, kept apart from everything that the product keeps, and what therefore has to be true of
 * the lists. Where the documents leave it open whether somebody may be mailed, nothing is said of them.
 */
final class HistoryTruth {

    /** The word of a record that agreed; see {@link #WORDS}. */
    static final String OBTAINED = "Consent - Obtained";

    static final String REJECTED = "Consent rejected";
    static final int NOBODY = -1;
    static final String UNKNOWN = "Retiré";

    /** Words of the data-processing basis; the empty one stands for none, the last one is known to nobody. */
    static final List<String> WORDS = List.of(
            OBTAINED,
            OBTAINED,
            OBTAINED,
            OBTAINED,
            "Consent - Pending",
            REJECTED,
            "Contract",
            "Legitimate Interests",
            "",
            UNKNOWN);

    /** A person and a list. */
    private record Membership(int person, String list) {}

    private final HistoryRules rules;
    private final BiPredicate<Integer, String> listed;
    private final List<HistoryRecord> entries = new ArrayList<>();
    /** People to the records that a run saw refuse and that did not take it back. */
    private final Map<Integer, Set<String>> refusedBy = new HashMap<>();
    /** People of whom a record ever refused, seen by a run or not. */
    private final Set<Integer> refused = new HashSet<>();
    /** People to those at whose address a record of theirs was before, or is besides. */
    private final Map<Integer, Set<Integer>> earlier = new HashMap<>();
    /** Who left a list by themselves and did not come back; true once a run could see it. */
    private final Map<Membership, Boolean> left = new HashMap<>();
    /** Who left a list that forgot them afterwards. */
    private final Set<Membership> vanished = new HashSet<>();
    /** Of whom it is open whether they may be on the list. */
    private final Set<Membership> open = new HashSet<>();
    /** Who was put on the list by other hands than the product's. */
    private final Set<Membership> joined = new HashSet<>();
    /** Whom a run that did not come to a good end may have subscribed. */
    private final Set<Membership> perhaps = new HashSet<>();
    /** Whom another record held back; they are looked at again when a record of the list changes, or by a full run. */
    private final Set<Membership> heldBack = new HashSet<>();

    /** Who left a list that forgot them before any run could read it. */
    private final Set<Integer> unseen = new HashSet<>();

    private final Set<Integer> barred = new HashSet<>();
    private boolean disturbed;

    /**
     * @param rules of the installation
     * @param listed whether Campaigns has the person on the list, whatever their state
     */
    HistoryTruth(HistoryRules rules, BiPredicate<Integer, String> listed) {
        this.rules = rules;
        this.listed = listed;
    }

    List<HistoryRecord> entries() {
        return entries;
    }

    /** Whether a sync to that list selects the record. */
    private boolean feeds(HistoryRecord entry, String list) {
        return !entry.deleted && !entry.converted && rules.selects(entry.module, entry.city, list);
    }

    void created(HistoryRecord entry) {
        entries.add(entry);
        changed(entry);
        said(entry);
    }

    /** The record has a new time, so that the next run reads it. */
    void changed(HistoryRecord entry) {
        entry.namedUnknown |= entry.word.equals(UNKNOWN);
        rules.lists().stream()
                .filter(list -> feeds(entry, list))
                .forEach(list -> heldBack.remove(new Membership(entry.person, list)));
    }

    /** What the record says of consent and refusal became another thing. */
    void said(HistoryRecord entry) {
        if (entry.refuses()) {
            refuses(entry.person);
            refuses(entry.second);
            // Nobody can read whether it refused before its address was changed or afterwards.
            entry.since.forEach(this::doubt);
        }
        shaken(entry.person);
    }

    /** The record said no, or a word that nobody knows, and says so no longer. */
    void freed(HistoryRecord entry) {
        rules.lists().stream()
                .filter(list -> !feeds(entry, list))
                .forEach(list -> heldBack.add(new Membership(entry.person, list)));
    }

    private void refuses(int person) {
        refused.add(person);
        struck(person);
    }

    /** A person who refused is taken off for it where they are listed, and nobody but they can undo that. */
    private void struck(int person) {
        rules.lists().stream().filter(list -> known(person, list)).forEach(list -> doubt(person, list));
    }

    /**
     * A reason to be on a list is gone. Where there is no other, the product takes the person off, and puts them back where
     * the sync says so.
     */
    private void shaken(int person) {
        for (String list : rules.lists()) {
            boolean kept = entries.stream()
                    .anyMatch(entry -> entry.person == person
                            && feeds(entry, list)
                            && entry.readFor.contains(list)
                            && (entry.allows(list) || keepsLost(list) && !entry.refuses()));
            if (!kept && known(person, list) && !rules.resubscribing().contains(list)) {
                doubt(person, list);
            }
        }
    }

    private boolean keepsLost(String list) {
        return list.equals(HistoryRules.BY_CONTRACT) || rules.keepsLost();
    }

    private boolean known(int person, String list) {
        return listed.test(person, list) || perhaps.contains(new Membership(person, list));
    }

    /** After each act: who is on the list though they refuse is about to be taken off for it. */
    void look() {
        for (int person = 0; person < HistoryWorld.PEOPLE; person++) {
            if (isRefused(person)) {
                struck(person);
            }
        }
    }

    /**
     * Runs fail from now on, or not. A removal that waits longer than an hour is not undone: nobody read before it whether
     * the person had left.
     */
    void disturbed(boolean now) {
        disturbed = now;
    }

    /** A run of a sync to the list began whose end is not known: what it sends may arrive, and may wait. */
    void attempted(String list) {
        for (int person = 0; person < HistoryWorld.PEOPLE; person++) {
            perhaps.add(new Membership(person, list));
            int each = person;
            boolean stays = entries.stream()
                    .anyMatch(entry -> entry.person == each && feeds(entry, list) && entry.allows(list));
            if (disturbed && !stays && listed.test(person, list)) {
                doubt(person, list);
            }
        }
    }

    private boolean isRefused(int person) {
        return entries.stream().anyMatch(entry -> entry.stands(person) && !entry.deleted && entry.refuses())
                || !refusedBy.getOrDefault(person, Set.of()).isEmpty();
    }

    /** From now on nothing is demanded of the person but that refusals hold. */
    private void doubt(int person) {
        rules.lists().forEach(list -> doubt(person, list));
    }

    private void doubt(int person, String list) {
        open.add(new Membership(person, list));
    }

    void left(int person, String list) {
        left.put(new Membership(person, list), false);
    }

    /**
     * The person joined by their own hand. Campaigns lets nobody else undo an unsubscription, so that they have not left any
     * more, but of somebody who vanished in between a reading cannot tell whose hand it was. What Campaigns holds against
     * somebody whom it lets join is not known before a subscription of ours is refused.
     */
    void rejoined(int person, String list) {
        Membership membership = new Membership(person, list);
        if (left.remove(membership) != null && vanished.contains(membership)) {
            doubt(person, list);
        }
        barred.remove(person);
        imported(person, list);
    }

    /** A colleague put the person on the list; that takes no refusal back. */
    void imported(int person, String list) {
        joined.add(new Membership(person, list));
    }

    /** Campaigns forgets the person; what no run had read of them is lost to everybody. */
    void purged(int person, String list) {
        Membership membership = new Membership(person, list);
        left.computeIfPresent(membership, (each, seen) -> {
            vanished.add(each);
            if (!seen) {
                // A reading between two runs, while deliveries waited, may have seen it all the same.
                doubt(person, list);
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

    /** Nobody says how Campaigns lets somebody out of these again. */
    void barred(int person) {
        barred.add(person);
        doubt(person);
    }

    /**
     * The record stands for another person now, whom what the earlier one refuses holds for too. A record that refuses does
     * so for each address that it had meanwhile; whether a run saw it there is known of completed runs only.
     */
    void readdressed(HistoryRecord entry, int person) {
        int before = entry.person;
        if (entry.refuses()) {
            doubt(before);
        }
        entry.former = before;
        entry.person = person;
        entry.readFor.clear();
        if (before != person) {
            entry.since.add(before);
            earlier.computeIfAbsent(person, each -> new HashSet<>()).add(before);
            gone(entry, before);
        }
        linked(entry);
        said(entry);
    }

    /**
     * A refusal that was seen stays, as does a word that may be one; of what no run saw, a reading between two runs may have
     * seen it.
     */
    void deleted(HistoryRecord entry) {
        // A word that another sync's run read goes with its record only where the module's own sync reads the deletion.
        if (!entry.allows(HistoryRules.BY_CONTRACT) || entry.namedUnknown) {
            doubt(entry.person);
        }
        entry.readFor.clear();
        entry.readAt.clear();
        gone(entry, entry.person);
    }

    /** The record has that second address now. One who refuses by any of a record's addresses refuses by each. */
    void seconded(HistoryRecord entry, int person) {
        if (entry.refuses() && entry.second != NOBODY) {
            doubt(entry.second);
        }
        if (entry.second != NOBODY) {
            entry.since.add(entry.second);
        }
        entry.formerSecond = entry.second;
        entry.second = person;
        linked(entry);
        said(entry);
    }

    private void linked(HistoryRecord entry) {
        if (entry.second != NOBODY && entry.second != entry.person) {
            earlier.computeIfAbsent(entry.second, each -> new HashSet<>()).add(entry.person);
            earlier.computeIfAbsent(entry.person, each -> new HashSet<>()).add(entry.second);
        }
    }

    /** Where the record was the one that held its person back, the others are looked at again like after any such. */
    private void gone(HistoryRecord entry, int person) {
        if (!entry.allows(HistoryRules.BY_CONTRACT)) {
            rules.lists().forEach(list -> heldBack.add(new Membership(person, list)));
        }
        shaken(person);
    }

    /** The record is back from the bin with its old time. */
    void restored(HistoryRecord entry) {
        entry.unread = true;
        entry.unreadFor.addAll(rules.lists());
        said(entry);
    }

    /** The lead is a contact now; where contacts are delivered too, that one stands for the person. */
    void converted(HistoryRecord lead) {
        shaken(lead.person);
    }

    /** A run came to its end that read all records of the module. */
    void read(String module, String list, Instant began) {
        entries.stream()
                .filter(entry -> entry.module.equals(module) && !entry.visible.isAfter(began))
                .forEach(entry -> {
                    entry.unread = false;
                    entry.unreadFor.remove(list);
                    if (feeds(entry, list)) {
                        heldBack.remove(new Membership(entry.person, list));
                    }
                });
    }

    /** A run of a sync to that list came to its end: it has read the list, swept the modules of people and, if whole, read what it selects. */
    void ran(String module, String list, Instant began, boolean whole) {
        left.replaceAll((membership, seen) -> seen || membership.list().equals(list));
        for (HistoryRecord entry : entries) {
            if (entry.unread || entry.visible.isAfter(began)) {
                continue;
            }
            if (whole && entry.module.equals(module)) {
                if (feeds(entry, list)) {
                    entry.readFor.add(list);
                    entry.readAt.computeIfAbsent(list, each -> new HashSet<>()).add(entry.person);
                } else {
                    // The sync forgets the record, and would not know that it moved on.
                    entry.readAt.remove(list);
                }
            }
            entry.since.clear();
            if (!entry.deleted && entry.refuses()) {
                Stream.of(entry.person, entry.second)
                        .forEach(person -> refusedBy
                                .computeIfAbsent(person, each -> new HashSet<>())
                                .add(entry.id));
            } else if (!entry.deleted) {
                refusedBy.values().forEach(records -> records.remove(entry.id));
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
                .filter(entry -> entry.concerns(person))
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
        if (entries.stream().anyMatch(entry -> !entry.deleted && entry.stands(person) && entry.refuses())) {
            return Optional.of("a record refuses");
        }
        if (!refusedBy.getOrDefault(person, Set.of()).isEmpty()) {
            return Optional.of("a record refused and is deleted, or is at another address and still refuses");
        }
        if (left.containsKey(new Membership(person, list))) {
            return Optional.of("left the list by their own hand");
        }
        boolean consents = entries.stream()
                .anyMatch(entry -> entry.person == person
                        && entry.consents()
                        && (!entry.deleted && entry.module.equals("Leads") || entry.converted));
        if (whole
                && list.equals(HistoryRules.BY_CONSENT)
                && !rules.keepsLost()
                && !consents
                && !joined.contains(new Membership(person, list))) {
            return Optional.of("no record consents");
        }
        return Optional.empty();
    }

    /** Why the person must not be on the list once every sync ran twice; empty when nothing is known against them. */
    Optional<String> mustBeOff(int person, String list) {
        if (!list.equals(HistoryRules.REQUESTS) && !joined.contains(new Membership(person, list))) {
            if (theirs(person).noneMatch(entry -> holds(entry, list)) && !staysByDeleted(person)) {
                return Optional.of("no record is a reason any more");
            }
            if (entries.stream().anyMatch(entry -> refusesElsewhere(entry, person, list))) {
                return Optional.of("another address of a record of theirs refuses");
            }
        }
        return mustBeOff(person, list, true);
    }

    /** Whether the person refuses by the earlier or second address of a record that is delivered, or by its first one. */
    private boolean refusesElsewhere(HistoryRecord entry, int person, String list) {
        if (!entry.readFor.contains(list) || !feeds(entry, list) || entry.unread || !entry.stands(person)) {
            return false;
        }
        Stream<Integer> others = entry.person == person
                ? Stream.concat(entry.readAt.getOrDefault(list, Set.of()).stream(), Stream.of(entry.second))
                : Stream.of(entry.person);
        return others.filter(other -> other != person)
                .anyMatch(other -> left.getOrDefault(new Membership(other, list), false)
                        || theirs(other).anyMatch(each -> !each.deleted && !each.unread && each.refuses()));
    }

    /** Whether the record may be why its person is still on the list. What became of a converted lead is its contact's affair. */
    private boolean holds(HistoryRecord entry, String list) {
        return entry.converted || (entry.deleted ? rules.keepsDeleted() : !rules.byCity() || feeds(entry, list));
    }

    /** Where deletions are ignored, nobody learns that a record was at another address when it was deleted. */
    private boolean staysByDeleted(int person) {
        return rules.keepsDeleted()
                && entries.stream()
                        .anyMatch(entry -> entry.deleted && (entry.concerns(person) || entry.since.contains(person)));
    }

    private Stream<HistoryRecord> theirs(int person) {
        return entries.stream().filter(entry -> entry.person == person);
    }

    /** Whether the person must be on the list once every sync ran twice. */
    boolean mustBeOn(int person, String list) {
        Membership membership = new Membership(person, list);
        return !list.equals(HistoryRules.REQUESTS)
                && theirs(person).anyMatch(entry -> feeds(entry, list))
                && theirs(person)
                        .filter(entry -> !entry.deleted)
                        .allMatch(entry -> entry.unreadFor.isEmpty()
                                && entry.allows(entry.module.equals("Leads") ? list : HistoryRules.BY_CONTRACT))
                && !open.contains(membership)
                && !heldBack.contains(membership)
                && earlier(person).stream().noneMatch(each -> refused(each, list))
                && mustBeOff(person, list).isEmpty();
    }

    /** Whether a refusal of the person may hold for those who have their address now. */
    private boolean refused(int person, String list) {
        return refused.contains(person) || left.containsKey(new Membership(person, list)) || barred.contains(person);
    }

    /** At whose addresses the records of the person were, through any number of changes. */
    private Set<Integer> earlier(int person) {
        Set<Integer> all = new HashSet<>();
        Deque<Integer> next = new ArrayDeque<>(earlier.getOrDefault(person, Set.of()));
        while (!next.isEmpty()) {
            int each = next.pop();
            if (all.add(each)) {
                next.addAll(earlier.getOrDefault(each, Set.of()));
            }
        }
        all.remove(person);
        return all;
    }
}
