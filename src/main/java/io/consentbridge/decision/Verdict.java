package io.consentbridge.decision;

import io.consentbridge.confirmation.NewRequest;
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
 * @param request the request for consent that follows
 */
public record Verdict(
        Candidate candidate,
        Decision decision,
        Outcome outcome,
        String detail,
        Optional<Draft> draft,
        Optional<NewRequest> request) {

    static Verdict ended(Decided decided, Outcome outcome, String detail) {
        return new Verdict(
                decided.candidate(), decided.decision(), outcome, detail, Optional.empty(), Optional.empty());
    }

    static Verdict pending(Decided decided, Draft draft, String detail) {
        return new Verdict(
                decided.candidate(),
                decided.decision(),
                new Outcome.Pending(),
                detail,
                Optional.of(draft),
                Optional.empty());
    }

    /** The same record, whose person is asked for consent. */
    Verdict asking(NewRequest asked) {
        return new Verdict(candidate, decision, outcome, detail, draft, Optional.of(asked));
    }

    /** The same record, replaced by a newer record of the same person (B80). */
    Verdict duplicateOf(String winner) {
        return new Verdict(
                candidate,
                decision,
                new Outcome.Ignored(IgnoreReason.FILE_DUPLICATE),
                "the same person as record " + winner + ", which is newer",
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public String toString() {
        return candidate + " " + outcome.word();
    }
}
