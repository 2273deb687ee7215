package io.consentbridge.polling;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.decision.DecisionEvents;
import io.consentbridge.decision.Refusers;
import io.consentbridge.decision.WithheldPeople;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A swept record that refuses mail for its person.
 *
 * @param module the module where it was read
 * @param recordId the CRM record
 * @param person the person who must not be mailed
 * @param decision what the consent policy decides of such a record
 * @param grounds what that rests on
 */
public record OptOut(
        SweptModule module, String recordId, Person person, Decision decision, DecisionEvents.Grounds grounds) {

    private static final Outcome.Ignored OPTED_OUT = new Outcome.Ignored(IgnoreReason.OPTED_OUT);

    /** The opt-outs of a page, as the consent rules read it; which records the CRM was asked for does not matter. */
    static List<OptOut> in(SweptPage page, ActiveRun run, BasisReader words, Refusers refusers) {
        List<OptOut> found = new ArrayList<>();
        for (CrmRecord record : page.records()) {
            ConsentFacts facts = FactsReader.read(record.values(), words);
            if (facts.refuses()) {
                ConsentTerms terms = run.sync().terms(run.purpose());
                refusers.of(record, page.module().columns()).stream()
                        .map(person -> new OptOut(
                                page.module(),
                                record.id(),
                                person,
                                ConsentPolicy.decide(terms, facts),
                                DecisionEvents.Grounds.of(terms, facts, Optional.empty())))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The people whom a record of the page withholds, because its word for the lawful basis is unknown. */
    public static List<WithheldPeople.Withheld> withheld(SweptPage page, BasisReader words) {
        List<WithheldPeople.Withheld> withheld = new ArrayList<>();
        for (CrmRecord record : page.records()) {
            if (FactsReader.read(record.values(), words).unknownWord() != null) {
                String origin = Suppression.crm(page.module().name(), record.id());
                AddressScreening.refuser(record.text("Email"))
                        .map(person -> new WithheldPeople.Withheld(person, origin))
                        .ifPresent(withheld::add);
            }
        }
        return withheld;
    }

    Suppression suppression(ActiveRun run, Instant now) {
        return new Suppression(
                run.connection().name(),
                person,
                Suppression.EVERY_LIST,
                Suppression.crm(module.name(), recordId),
                OPTED_OUT.reason(),
                now);
    }

    /** The delivery by which the person leaves the run's list. */
    Draft leaving(ActiveRun run, Action action) {
        return Draft.leaving(action, run.list().id(), person, run.id(), recordId, OPTED_OUT);
    }

    /** The outcome by which the record is counted until the person has left. */
    RecordOutcome outcome() {
        return new RecordOutcome(
                recordId,
                Optional.of(person),
                decision.word(),
                new Outcome.Pending(),
                Optional.of("A record of " + module.name() + ": " + decision.why()));
    }

    LedgerEvent event(ActiveRun run, Instant now) {
        return DecisionEvents.of(DecisionEvents.Place.of(run), person, recordId, decision, grounds, now);
    }
}
