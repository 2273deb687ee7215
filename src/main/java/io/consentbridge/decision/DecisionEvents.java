package io.consentbridge.decision;

import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Evidence;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.run.ActiveRun;
import java.time.Instant;
import java.util.Map;

/** The events of the ledger that decisions on CRM records are. */
public final class DecisionEvents {

    private DecisionEvents() {}

    /**
     * Where a decision is made.
     *
     * @param runId the run to whose history it belongs
     */
    public record Place(String connection, Purpose purpose, String sync, String runId) {

        /** A run. */
        public static Place of(ActiveRun run) {
            return new Place(run.connection().name(), run.purpose(), run.sync().name(), run.id());
        }
    }

    /**
     * The event of a decision.
     *
     * @param decision not {@link Decision.Ignore}, which is about a record and not about a person
     * @param evidence what the record says of a consent; null for nothing
     */
    public static LedgerEvent of(
            Place place, Person person, String recordId, Decision decision, Evidence evidence, Instant at) {
        return of(place, kind(decision), person, recordId, decision, evidence, at);
    }

    /** The same for a decision that is another kind of event than it is usually. */
    static LedgerEvent of(
            Place place,
            EventKind kind,
            Person person,
            String recordId,
            Decision decision,
            Evidence evidence,
            Instant at) {
        return new LedgerEvent(
                kind,
                person,
                place.connection(),
                place.purpose().name(),
                place.purpose().statementVersion(),
                "",
                LedgerEvent.CRM,
                Map.of(),
                recordId,
                place.runId(),
                evidence == null ? Map.of() : EvidenceText.map(evidence),
                at,
                new LedgerEvent.Told(place.sync(), decision.word(), decision.why()));
    }

    private static EventKind kind(Decision decision) {
        return switch (decision.word()) {
            case Decision.DELIVER -> EventKind.ALLOWED;
            case Decision.DELIVER_AS_EXPRESSED -> EventKind.GIVEN;
            case Decision.SUPPRESS -> EventKind.SUPPRESSED;
            case Decision.REQUEST_CONSENT, Decision.WITHHOLD -> EventKind.WITHHELD;
            default -> throw new IllegalArgumentException("no event of a decision to " + decision.word());
        };
    }
}
