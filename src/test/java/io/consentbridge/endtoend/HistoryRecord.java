package io.consentbridge.endtoend;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A CRM record as the history made it. */
final class HistoryRecord {
    final String module;
    final String id;
    int person;
    /** For whom it stood before its latest change. */
    int former;

    boolean optedOut;
    String word;
    /** Whether it ever named a word that nobody knows. */
    boolean namedUnknown;

    String city;
    /** Whose address it has besides; -1 for none. */
    int second = HistoryTruth.NOBODY;
    /** Whose address it had besides before its latest change. */
    int formerSecond = HistoryTruth.NOBODY;

    boolean converted;
    boolean deleted;
    /** Before this instant the latest change cannot be read yet. */
    Instant visible = Instant.MIN;
    /** Came back from the bin with its old time, so that only a reading of all records shows it. */
    boolean unread;
    /** The lists whose sync has not read it since it came back like that. */
    final Set<String> unreadFor = new HashSet<>();
    /** Whose addresses it had when runs read it, by list; what a sync forgot of it with a deletion is not there. */
    final Map<String, Set<Integer>> readAt = new HashMap<>();
    /** Whose address it had since a run read it last. */
    final Set<Integer> since = new HashSet<>();
    /** The lists whose sync read it at this person's address. */
    final Set<String> readFor = new HashSet<>();

    HistoryRecord(String module, String id, int person, String word, String city) {
        this.module = module;
        this.id = id;
        this.person = person;
        this.former = person;
        this.word = word;
        this.city = city;
    }

    boolean refuses() {
        return optedOut || word.equals(HistoryTruth.REJECTED);
    }

    boolean stands(int each) {
        return person == each || second == each;
    }

    boolean concerns(int each) {
        return stands(each) || former == each || formerSecond == each;
    }

    /** Whether the person may be on the list as far as this record goes. */
    boolean allows(String list) {
        return !refuses()
                && !word.equals(HistoryTruth.UNKNOWN)
                && (list.equals(HistoryRules.BY_CONTRACT) || consents());
    }

    boolean consents() {
        return word.equals(HistoryTruth.OBTAINED);
    }
}
