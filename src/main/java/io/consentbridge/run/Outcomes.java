package io.consentbridge.run;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Counters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of the records of a run (B69-B83). */
public final class Outcomes {

    public Outcomes(Database database) {}

    /** What the run counted; all zero for a run that does not exist. */
    public Counters counters(String runId) {
        throw new UnsupportedOperationException();
    }

    /** The counters of several runs; a run that does not exist is absent. */
    public Map<String, Counters> counters(List<String> runIds) {
        throw new UnsupportedOperationException();
    }

    /** How often each decision was made in the run, by its word. */
    public Map<String, Long> decisions(String runId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Records of a run by id.
     *
     * @param outcome word of an outcome; empty for all
     * @param reason of ignored ones; empty for all
     * @param afterRecordId only those that follow this id; empty text to begin
     */
    public List<RecordOutcome> records(
            String runId, Optional<String> outcome, Optional<IgnoreReason> reason, String afterRecordId, int max) {
        throw new UnsupportedOperationException();
    }

    /** What became of a person in the latest runs, by run id, the newest first; for explanations. */
    public Map<String, List<RecordOutcome>> of(io.consentbridge.consent.Person person, int max) {
        throw new UnsupportedOperationException();
    }
}
