package io.consentbridge.outbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The runs of the batches that this process is settling. The last delivery of such a run may have ended already, and what is
 * read back afterwards still changes outcomes, so the run must not end before. Safe for many threads.
 */
public final class SettlingRuns {

    private final Map<String, Integer> batches = new HashMap<>();

    /** A batch with deliveries of these runs is being settled. */
    public synchronized void begin(Collection<String> runIds) {
        runIds.forEach(id -> batches.merge(id, 1, Integer::sum));
    }

    /** The batch is settled, and what is read back is read. */
    public synchronized void end(Collection<String> runIds) {
        runIds.forEach(id -> batches.computeIfPresent(id, (run, count) -> count == 1 ? null : count - 1));
    }

    /** Whether a batch of the run is being settled. */
    public synchronized boolean has(String runId) {
        return batches.containsKey(runId);
    }
}
