package io.consentbridge.decision;

import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.outbox.Draft;
import io.consentbridge.sync.Outcome;
import java.util.Optional;

/**
 * What is stored of one record of a page.
 *
 * @param candidate the record
 * @param decision what the policy decided
 * @param outcome its outcome, pending when a delivery follows
 * @param detail one sentence for the history, without personal data; null for none
 * @param draft the delivery that follows
 */
public record Verdict(Candidate candidate, Decision decision, Outcome outcome, String detail, Optional<Draft> draft) {

    static Verdict ended(Decided decided, Outcome outcome, String detail) {
        return new Verdict(decided.candidate(), decided.decision(), outcome, detail, Optional.empty());
    }

    static Verdict pending(Decided decided, Draft draft, String detail) {
        return new Verdict(decided.candidate(), decided.decision(), new Outcome.Pending(), detail, Optional.of(draft));
    }

    /** The same record, replaced by a newer record of the same person (B80). */
    Verdict duplicateOf(String winner) {
        return new Verdict(
                candidate,
                decision,
                new Outcome.Ignored(IgnoreReason.FILE_DUPLICATE),
                "the same person as record " + winner + ", which is newer",
                Optional.empty());
    }

    @Override
    public String toString() {
        return candidate + " " + outcome.word();
    }
}
