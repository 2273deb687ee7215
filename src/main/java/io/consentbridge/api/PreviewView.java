package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A preview as it stands: how far it is, and, when it is ready, the totals of the run that it foresees.
 *
 * @param preview its id
 * @param sync name of the sync
 * @param full whether every record is read
 * @param state reading, ready or failed
 * @param begun when it began
 * @param read records decided so far
 * @param totals what the run would count, if Campaigns accepts everything; null until it is ready
 * @param unchanged records of people who are on the list already and of whom nothing changes
 * @param braked people whom the brake would hold back from leaving
 * @param waiting deliveries of earlier runs that wait, and are sent whether the run follows or not
 * @param createsList the mailing list that would be created; null when it is there
 * @param createsFields contact fields that would be created
 * @param calls reading calls that the preview made
 * @param message why it failed, or what the brake would say; null when there is nothing to say
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

    /** As the counters of a run. */
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

    /** Whether nothing more will happen in it. */
    public boolean over() {
        return !state.equals("reading");
    }

    /** Whether there is something to see. */
    public boolean ready() {
        return state.equals("ready");
    }
}
