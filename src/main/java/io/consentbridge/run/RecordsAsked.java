package io.consentbridge.run;

import io.consentbridge.consent.IgnoreReason;
import java.util.Optional;

/**
 * A query for records of a run.
 *
 * @param runId the run
 * @param outcome word of an outcome; empty for all
 * @param reason word of the reason of ignored records; empty for all
 * @param updatedOnly whether only people of whom something changed are returned
 * @param afterRecordId only records after this id are returned; empty text to begin
 * @param max the most records that are returned
 */
public record RecordsAsked(
        String runId,
        Optional<String> outcome,
        Optional<IgnoreReason> reason,
        boolean updatedOnly,
        String afterRecordId,
        int max) {}
