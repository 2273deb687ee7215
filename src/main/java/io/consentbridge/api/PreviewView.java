package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The current state of a preview: how far it is, and, once it is ready, the totals of the run that it foresees.
 *
 * @param preview its id
 * @param sync name of the sync
 * @param full whether every record is read
 * @param state reading, ready or failed
 * @param begun when it began
 * @param read records decided so far
 * @param totals what the run would count, if Campaigns accepts everything; null until it is ready
 * @param unchanged records of people who are on the list already and for whom nothing changes
 * @param braked people whom the brake would hold back from leaving
 * @param waiting waiting deliveries of earlier runs, which are sent whether the run follows or not
 * @param createsList the mailing list that would be created; null when it exists
 * @param createsFields contact fields that would be created
 * @param calls reading calls that the preview made
 * @param message why it failed, or what the brake would say; null when neither applies
 * @param outOfReach whether it failed because Zoho or the database could not be reached
 */
public record PreviewView(
        String preview,
        String sync,
        boolean full,
        String state,
        Instant begun,
        long read,
        Totals totals,
        long unchanged,
        long braked,
        long waiting,
        String createsList,
        List<String> createsFields,
        Calls calls,
        String message,
        boolean outOfReach) {

    /** The totals, named as the counters of a run. */
    public record Totals(
            long total,
            @JsonProperty("new") long added,
            long readded,
            long duplicate,
            long updated,
            long left,
            long deleted,
            Map<String, Long> ignored) {

        public Totals {
            ignored = Map.copyOf(ignored);
        }
    }

    public PreviewView {
        createsFields = List.copyOf(createsFields);
    }

    /** Returns whether its state is final. */
    public boolean over() {
        return !state.equals("reading");
    }

    /** Returns whether the result is available. */
    public boolean ready() {
        return state.equals("ready");
    }
}
