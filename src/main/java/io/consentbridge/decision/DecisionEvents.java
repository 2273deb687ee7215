package io.consentbridge.decision;

import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentInputs;
import io.consentbridge.consent.ConsentRule;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Evidence;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.run.ActiveRun;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The events of the ledger that decisions on CRM records are. */
public final class DecisionEvents {

    private DecisionEvents() {}

    /**
     * Where decisions are made.
     *
     * @param statementVersion of the purpose; finding it out takes longer than a decision does
     * @param runId the run to whose history they belong
     */
    public record Place(String connection, String purpose, String statementVersion, String sync, String runId) {

        public Place(String connection, Purpose purpose, String sync, String runId) {
            this(connection, purpose.name(), purpose.statementVersion(), sync, runId);
        }

        /** A run. */
        public static Place of(ActiveRun run) {
            return new Place(run.connection().name(), run.purpose(), run.sync().name(), run.id());
        }
    }

    /**
     * What a decision rests on.
     *
     * @param inputs what the consent table read, as {@link ConsentInputs} says it
     * @param evidence what the record says of a consent; null for nothing
     * @param before the decision on the record before this one; empty if there was none
     */
    public record Grounds(Map<String, String> inputs, Evidence evidence, Optional<String> before) {

        /** Nothing that is known here. */
        public static final Grounds NONE = new Grounds(Map.of(), null, Optional.empty());

        /** What the table reads. */
        public static Grounds of(ConsentTerms terms, ConsentFacts facts, Optional<String> before) {
            return new Grounds(ConsentInputs.of(terms, facts), facts.evidence(), before);
        }
    }

    /**
     * The event of a decision.
     *
     * @param decision not {@link Decision.Ignore}, which is about a record and not about a person
     */
    public static LedgerEvent of(
            Place place, Person person, String recordId, Decision decision, Grounds grounds, Instant at) {
        return of(place, kind(decision, grounds.before()), person, recordId, decision, grounds, at);
    }

    /** The same for a decision that is another kind of event than it is usually. */
    static LedgerEvent of(
            Place place,
            EventKind kind,
            Person person,
            String recordId,
            Decision decision,
            Grounds grounds,
            Instant at) {
        return new LedgerEvent(
                kind,
                person,
                place.connection(),
                place.purpose(),
                place.statementVersion(),
                decision.rule(),
                LedgerEvent.CRM,
                grounds.inputs(),
                recordId,
                place.runId(),
                grounds.evidence() == null ? Map.of() : EvidenceText.map(grounds.evidence()),
                at,
                new LedgerEvent.Told(place.sync(), decision.word(), decision.why()));
    }

    /** A consent that the person gave to this product is an event of its own; here it only allows. */
    private static EventKind kind(Decision decision, Optional<String> before) {
        return switch (decision.word()) {
            case Decision.DELIVER -> EventKind.ALLOWED;
            case Decision.DELIVER_AS_EXPRESSED ->
                decision.rule().equals(ConsentRule.CONFIRMED) ? EventKind.ALLOWED : EventKind.GIVEN;
            case Decision.SUPPRESS -> EventKind.SUPPRESSED;
            case Decision.REQUEST_CONSENT, Decision.WITHHOLD ->
                before.filter(Decision.DELIVER_AS_EXPRESSED::equals).isPresent()
                                && ConsentRule.hasLapsed(decision.rule())
                        ? EventKind.EXPIRED
                        : EventKind.WITHHELD;
            default -> throw new IllegalArgumentException("no event of a decision to " + decision.word());
        };
    }
}
