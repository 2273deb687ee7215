package io.consentbridge.sandbox.watch;

import io.consentbridge.sandbox.clock.SandboxClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records what a correct client never causes. Counts everything and keeps the last 1,000. */
public final class Violations {

    private static final int KEPT = 1_000;

    /** The kinds of violations that the sandbox detects. */
    public enum Kind {
        /** A person who had left a list was put back on it. */
        RESUBSCRIBED_AFTER_UNSUBSCRIBE("resubscribed-after-unsubscribe"),
        /** A person was subscribed while a CRM record with their address says Email_Opt_Out. */
        SUBSCRIBED_OPTED_OUT("subscribed-opted-out"),
        /** A call removed a person from Do-Not-Mail. */
        DO_NOT_MAIL_OVERRIDDEN("do-not-mail-overridden"),
        /** A campaign was created by the API although one of that name exists that the API had created. */
        CAMPAIGN_CREATED_TWICE("campaign-created-twice"),
        /** A second call sent a campaign again. */
        CAMPAIGN_SENT_TWICE("campaign-sent-twice"),
        /** A campaign that the API sent went to an address while a CRM record with it says Email_Opt_Out. */
        MAILED_OPTED_OUT("mailed-opted-out");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * One violation.
     *
     * @param email null where it concerns nobody
     * @param list the list, or the campaign
     */
    public record Violation(String kind, String email, String list, String at) {}

    private final SandboxClock clock;
    private final Deque<Violation> kept = new ArrayDeque<>();
    private final Map<String, Long> counts = new TreeMap<>();

    public Violations(SandboxClock clock) {
        this.clock = clock;
    }

    public synchronized void add(Kind kind, String email, String list) {
        counts.merge(kind.word(), 1L, Long::sum);
        kept.addLast(new Violation(
                kind.word(), email, list, Instant.ofEpochMilli(clock.millis()).toString()));
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
    }

    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    public synchronized List<Violation> list() {
        return new ArrayList<>(kept);
    }

    public synchronized void reset() {
        counts.clear();
        kept.clear();
    }
}
