package io.consentbridge.run;

import io.consentbridge.consent.IgnoreReason;
import java.util.Optional;

/**
 * Which records of a run are asked for.
 *
 * @param runId the run
 * @param outcome word of an outcome; empty for all
 * @param reason of ignored ones; empty for all
 * @param updatedOnly only people about whom something changed
 * @param afterRecordId only those that follow this id; empty text to begin
 * @param max how many at most
 */
public record RecordsAsked(
        String runId,
        Optional<String> outcome,
        Optional<IgnoreReason> reason,
        boolean updatedOnly,
        String afterRecordId,
        int max) {}
