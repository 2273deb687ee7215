package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Counters;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run and what it counted (B69-B83): the document that {@code sync run --wait --json} prints.
 *
 * @param run its id
 * @param sync name of its sync
 * @param state reading, delivering, braked, completed, failed, refused or deferred; the last four are final, and a braked
 *     run continues only when somebody releases it
 * @param total records counted while reading (B70)
 * @param added people new to Campaigns (B71); "new" in the document
 * @param readded people who had been on the list and were gone (B72)
 * @param duplicate people who were already on the list (B73)
 * @param updated how many of the duplicates had something changed
 * @param left people who were removed from a list, whatever the outcome of their record is; not included in the total
 * @param deleted people deleted in the CRM and updated in Campaigns (B75)
 * @param deadLettered records parked in the dead-letter channel
 * @param ignored how many were left out (B74), by the word of the reason; all twelve are present, in the usual order
 * @param calls calls made to Zoho
 * @param pending records whose delivery has not ended; 0 in a finished run
 * @param connection name of the connection
 * @param cause schedule or command
 * @param full whether every record was read again
 * @param startedAt when it was admitted
 * @param finishedAt null while it is under way
 * @param message why it failed, was braked, refused or deferred, for people; null when none of these applies
 * @param outOfReach whether it failed because Zoho or the database could not be reached
 * @param decisions the consent decisions, the most frequent first
 * @param part the view or campaign of a part run, of a sync that makes a list of each (B104); null for any other run
 * @param parentRun id of the parent run of a part run, {@code orderOf} in JSON; null for any other run
 * @param parts the part runs of a parent run, whose figures are their sums; empty for any other run
 * @param audience what it found on its list; null when it did not get that far
 * @param list the name, at that time, of the list to which it was bound; null when it was bound to none, and for a sync with
 *     parts
 */
@JsonPropertyOrder({
    "run",
    "sync",
    "state",
    "total",
    "new",
    "readded",
    "duplicate",
    "updated",
    "left",
    "deleted",
    "deadLettered",
    "ignored",
    "calls"
})
public record RunView(
        String run,
        String sync,
        String state,
        long total,
        @JsonProperty("new") long added,
        long readded,
        long duplicate,
        long updated,
        long left,
        long deleted,
        long deadLettered,
        Map<String, Long> ignored,
        Calls calls,
        long pending,
        String connection,
        String cause,
        boolean full,
        Instant startedAt,
        Instant finishedAt,
        String message,
        boolean outOfReach,
        List<DecisionCount> decisions,
        String part,
        @JsonProperty("orderOf") String parentRun,
        List<PartRun> parts,
        Audience audience,
        String list) {

    private static final Set<String> ENDS = Set.of("completed", "failed", "refused", "deferred", "braked");

    /**
     * How often one consent decision was made for one reason.
     *
     * @param decision the word of the decision: deliver, deliver-as-expressed, request-consent, withhold, suppress, ignore
     * @param why the reason, without personal data
     * @param records how many records
     */
    public record DecisionCount(String decision, String why, long records) {}

    /**
     * A part run, in short.
     *
     * @param run its id
     * @param sync its name as a sync
     * @param part the view or campaign
     * @param state as in {@link RunView}
     * @param total records counted
     */
    public record PartRun(String run, String sync, String part, String state, long total) {}

    /**
     * How far the list and this product's records agree. The figures of people who are not ours or missing are from the last
     * reading of everybody.
     *
     * @param active people who are active on the list
     * @param notOurs those of them whom ConsentBridge did not subscribe
     * @param missing people whom it subscribed and who were not there, with no known reason
     * @param refusing people who were asked to leave because of a refusal that no record of the run contains
     */
    public record Audience(long active, long notOurs, long missing, long refusing) {}

    /** A run's identity and times, apart from its counters. */
    public record Header(
            String run,
            String sync,
            String state,
            String connection,
            String cause,
            boolean full,
            Instant startedAt,
            Instant finishedAt,
            String message,
            boolean outOfReach,
            String part,
            String parentRun,
            String list) {}

    public RunView {
        ignored = everyReason(ignored);
        decisions = List.copyOf(decisions);
        parts = List.copyOf(parts);
    }

    /** Returns the view of a run's counters. */
    public static RunView of(
            Header header,
            Counters counters,
            Calls calls,
            List<DecisionCount> decisions,
            List<PartRun> parts,
            Audience audience) {
        Map<String, Long> ignored = new LinkedHashMap<>();
        counters.ignored().forEach((reason, count) -> ignored.put(reason.word(), count));
        return new RunView(
                header.run,
                header.sync,
                header.state,
                counters.total(),
                counters.added(),
                counters.readded(),
                counters.duplicate(),
                counters.updated(),
                counters.left(),
                counters.deleted(),
                counters.deadLettered(),
                ignored,
                calls,
                counters.pending(),
                header.connection,
                header.cause,
                header.full,
                header.startedAt,
                header.finishedAt,
                header.message,
                header.outOfReach,
                decisions,
                header.part,
                header.parentRun,
                parts,
                audience,
                header.list);
    }

    /** Returns the name by which people know the sync: for a part, its sync and its view or campaign. */
    public String title() {
        return part == null ? sync : sync.substring(0, sync.lastIndexOf('/')) + ": " + part;
    }

    /** Returns whether its state is final, unless a person acts. */
    public boolean over() {
        return ENDS.contains(state);
    }

    /** Returns whether it read and delivered everything, apart from dead letters. */
    public boolean completed() {
        return state.equals("completed");
    }

    /** Returns how many records were left out, for any reason. */
    public long ignoredTotal() {
        return ignored.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> everyReason(Map<String, Long> given) {
        Map<String, Long> all = new LinkedHashMap<>();
        for (IgnoreReason reason : IgnoreReason.values()) {
            all.put(reason.word(), given.getOrDefault(reason.word(), 0L));
        }
        return Collections.unmodifiableMap(all);
    }
}
