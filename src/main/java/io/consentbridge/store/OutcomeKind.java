package io.consentbridge.store;

import io.consentbridge.consent.IgnoreReason;
import java.util.regex.Pattern;

/**
 * What outcomes of one run have in common that are counted together.
 *
 * @param runId the run
 * @param decision word of the decision
 * @param outcome the outcome in columns
 * @param why the reason in words; empty text when none was stored
 * @param unknownWord for the lawful basis, which the record names and nobody knows; null for none
 */
public record OutcomeKind(String runId, String decision, StoredOutcome outcome, String why, String unknownWord) {

    private static final String DUPLICATE = "Duplicate: a newer record with this address was used.";
    private static final Pattern SECOND = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T\\d{2}:\\d{2}:\\d{2}Z");
    private static final Pattern LENGTH = Pattern.compile("cut from \\d+ to");

    /**
     * The kind of an outcome. Its reason is told without what only this record has: the newer record that was used, the second
     * of a day, and the length of a value that was cut. Otherwise there were as many kinds as records.
     *
     * @param detail the reason as it is stored with the outcome; null for none
     */
    public static OutcomeKind of(
            String runId, String decision, StoredOutcome outcome, String detail, String unknownWord) {
        return new OutcomeKind(runId, decision, outcome, why(outcome, detail), unknownWord);
    }

    private static String why(StoredOutcome outcome, String detail) {
        if (IgnoreReason.FILE_DUPLICATE.word().equals(outcome.reason())) {
            return DUPLICATE;
        }
        if (detail == null) {
            return "";
        }
        return LENGTH.matcher(SECOND.matcher(detail).replaceAll("$1")).replaceAll("cut to");
    }
}
