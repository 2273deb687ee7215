package io.consentbridge.run;

import io.consentbridge.store.Database;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The runs: begun once for each due time, read under a lease, delivered, closed.
 *
 * <p>Threads and processes may share it.
 */
public final class Runs {

    public Runs(Database database, InstantSource clock) {}

    /**
     * Begins a run, unless one of that sync and due time exists.
     *
     * @return its id; empty when another process has it
     */
    public Optional<String> begin(RunRequest request, Duration lease) {
        throw new UnsupportedOperationException();
    }

    /** Writes down that a run was refused (B63, B67); empty when that due time has a run already. */
    public Optional<String> refused(RunRequest request, String message) {
        throw new UnsupportedOperationException();
    }

    /** Writes down that a run was put off to its next due time (B62); empty when that due time has a run already. */
    public Optional<String> deferred(RunRequest request, String message) {
        throw new UnsupportedOperationException();
    }

    /**
     * Prolongs the lease.
     *
     * @return false when the run is not that node's any more: it must stop reading
     */
    public boolean extend(String runId, String node, Duration lease) {
        throw new UnsupportedOperationException();
    }

    /** Takes over one run whose reader's lease ended; reading goes on from the cursor. Empty when there is none. */
    public Optional<Run> takeOver(String node, Duration lease) {
        throw new UnsupportedOperationException();
    }

    /** Everything was read; the run is delivering now. Does nothing for a run that is not reading. */
    public void read(String runId) {
        throw new UnsupportedOperationException();
    }

    /** Reading failed. What was decided so far is delivered; does nothing for a run that ended. */
    public void fail(String runId, String message) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends every run that is delivering and has nothing left in the outbox: completed when its counters balance with
     * nothing pending, otherwise failed with the figures in its message.
     *
     * @return the runs that ended
     */
    public List<Run> closeFinished() {
        throw new UnsupportedOperationException();
    }

    /** Adds calls that were made for a run. */
    public void called(String runId, Calls calls) {
        throw new UnsupportedOperationException();
    }

    /** How many runs began today and this month, counted in the connection's zone. */
    public RunCounts counts(String connection, String sync, ZoneId zone) {
        throw new UnsupportedOperationException();
    }

    /** The last run of a sync that completed; empty when none did. */
    public Optional<Run> lastCompleted(String sync) {
        throw new UnsupportedOperationException();
    }

    /** One run; empty when there is none of that id. */
    public Optional<Run> show(String runId) {
        throw new UnsupportedOperationException();
    }

    /** The latest runs of a sync, or of all when empty, the newest first. */
    public List<Run> list(Optional<String> sync, int max) {
        throw new UnsupportedOperationException();
    }

    /** The runs that are reading or delivering, the oldest first. */
    public List<Run> open() {
        throw new UnsupportedOperationException();
    }
}
