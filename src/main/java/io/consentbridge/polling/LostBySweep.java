package io.consentbridge.polling;

import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.consent.Lapse;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.cursor.LapsedRecord;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.ConsentEnds;
import io.consentbridge.decision.DecisionEvents;
import io.consentbridge.decision.KnownState;
import io.consentbridge.decision.PageStore;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.run.ActiveRun;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records of a sync's own module that the sync delivered and that, as a sweep read them, allow no mail any more. The change
 * that ends a record's consent may also take the record out of the selection. Then no page brings it, and its person would
 * stay on the list for ever. A record that is still selected is also decided by its page, and that decision prevails.
 *
 * @param records the records, by id
 * @param days the first day without consent of each, by id
 * @param events of the ledger about them
 */
record LostBySweep(Map<String, LapsedRecord> records, Map<String, LocalDate> days, List<LedgerEvent> events) {

    /**
     * The records of a page that are lost. A detail that the page does not contain, such as one of a consent, ends nobody's
     * membership.
     */
    static LostBySweep of(SweptPage page, ActiveRun run, BasisReader words, PageStore pages, Instant now) {
        Map<String, LapsedRecord> records = new HashMap<>();
        Map<String, LocalDate> days = new HashMap<>();
        List<LedgerEvent> events = new ArrayList<>();
        // The pages of a whole module bring every record of it that changes.
        if (page.module().name().equals(run.sync().module()) && !page.module().own()) {
            ConsentTerms terms = run.sync().terms(run.purpose());
            Map<String, SourceRecord> known = pages.knowledge(
                            run, page.records().stream().map(CrmRecord::id).toList(), List.of())
                    .records();
            Set<Person> delivered = known.values().stream()
                    .filter(SourceRecord::delivers)
                    .flatMap(source -> source.person().stream())
                    .collect(Collectors.toSet());
            KnownState people = pages.knowledge(run, List.of(), delivered);
            LocalDate today = LocalDate.ofInstant(now, run.connection().zone());
            DecisionEvents.Place place = DecisionEvents.Place.of(run);
            for (CrmRecord record : page.records()) {
                Optional<SourceRecord> source =
                        Optional.ofNullable(known.get(record.id())).filter(SourceRecord::delivers);
                if (source.isPresent()) {
                    boolean confirmed = source.get()
                            .person()
                            .filter(person -> people.request(person).confirmedOn(today))
                            .isPresent();
                    ConsentFacts facts = FactsReader.read(record.values(), words)
                            .beforeConversion()
                            .confirmed(confirmed);
                    Decision decision = ConsentPolicy.decide(terms, facts);
                    if (Lapse.ends(terms, facts, record.values().containsKey(RefusalFields.BASIS), decision)) {
                        records.put(record.id(), new LapsedRecord(decision.word(), Lapse.word(facts.basis())));
                        days.put(record.id(), ConsentEnds.LOST);
                        source.get()
                                .person()
                                .map(person -> DecisionEvents.of(
                                        place,
                                        person,
                                        record.id(),
                                        decision,
                                        DecisionEvents.Grounds.of(terms, facts, source.map(SourceRecord::decision)),
                                        now))
                                .ifPresent(events::add);
                    }
                }
            }
        }
        return new LostBySweep(records, days, events);
    }
}
