package io.consentbridge.decision;

import io.consentbridge.consent.ConsentRule;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Lapse;
import io.consentbridge.consent.RecordedBasis;
import io.consentbridge.cursor.Keepers;
import io.consentbridge.cursor.LapsedRecord;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Held;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.HandedOut;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.sync.Outcome;
import io.consentbridge.sync.Sync.ConsentLost;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The steps of the route {@code poll-consent-lost}. Membership is a state: each run checks that everybody whom this product
 * subscribed is still allowed on the list (docs/decisions/0013-rulings.md, ruling 13). People whose record allows no mail
 * any more, because it was read so or because its last day is over, leave as {@code consentLost} says, unless another record
 * keeps them (see {@link Keepers}). The check needs no call to the CRM.
 */
public final class LostConsent {

    private static final int PAGE = 500;
    private static final Decision ENDED = new Decision.Withhold("The consent has expired.", ConsentRule.LAPSED);

    private final PageStore pages;
    private final InstantSource clock;
    private final ReadLease lease;

    /**
     * @param lease how this process reads runs
     */
    public LostConsent(PageStore pages, InstantSource clock, ReadLease lease) {
        this.pages = pages;
        this.clock = clock;
        this.lease = lease;
    }

    /** Pages of records whose consent has ended. */
    public Iterator<List<EndedConsent>> pages(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        return run.handed().of(HandedOut.Stage.CONSENT_LOST, new StoppableIterator<>(new Walk(run), lease.stopping()));
    }

    /** Drafts the removal of people whom we subscribed and whom no other record keeps on the list. */
    public void commit(@Body List<EndedConsent> page, @Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().require(page);
        List<EndedConsent> ended =
                page.stream().filter(EndedConsent::stillDelivers).toList();
        List<EndedConsent> leaving = run.sync().whenConsentLost() == ConsentLost.KEEP ? List.of() : leaving(page, run);
        pages.commit(PageWrites.of(run, lease)
                .outcomes(leaving.stream()
                        .filter(one -> !one.counted())
                        .map(LostConsent::outcome)
                        .toList())
                .drafts(leaving.stream().map(one -> draft(one, run)).toList())
                .ledger(ended.stream().map(one -> event(one, run)).toList())
                .keeping(PageWrites.Keeping.ended(ended.stream()
                        .collect(Collectors.toMap(
                                one -> one.source().recordId(),
                                one -> new LapsedRecord(ENDED.word(), Lapse.word(new RecordedBasis.Lapsed()))))))
                .build());
        pages.noConsentEnds(
                run.sync().name(),
                page.stream()
                        .filter(one -> !one.subscribed() && !one.coming() && !one.leaving())
                        .map(one -> one.source().recordId())
                        .toList());
        run.handed().kept(page);
    }

    private List<EndedConsent> leaving(List<EndedConsent> page, ActiveRun run) {
        Set<String> ended = page.stream().map(one -> one.source().recordId()).collect(Collectors.toSet());
        List<EndedConsent> candidates =
                page.stream().filter(one -> one.subscribed() && !one.leaving()).toList();
        Map<Long, Set<Keepers.Reason>> delivered = pages.delivered(
                run, candidates.stream().map(EndedConsent::personId).toList(), today(run));
        Map<Long, EndedConsent> leaving = new HashMap<>();
        for (EndedConsent one : candidates) {
            boolean kept = delivered.getOrDefault(one.personId(), Set.of()).stream()
                    .filter(other -> !other.sync().equals(run.sync().name()) || !ended.contains(other.recordId()))
                    .anyMatch(other -> Keepers.keeps(
                            Held.Cause.CONSENT_LOST, one.reason(run.sync().name()), other));
            if (!kept) {
                leaving.putIfAbsent(one.personId(), one);
            }
        }
        return new ArrayList<>(leaving.values());
    }

    private static Draft draft(EndedConsent one, ActiveRun run) {
        Draft draft = Draft.leaving(
                        Action.UNSUBSCRIBE,
                        run.list().id(),
                        one.person(),
                        run.id(),
                        one.source().recordId(),
                        new Outcome.Ignored(reason(one)))
                .heldBack(run.owner(), Held.Cause.CONSENT_LOST);
        return one.counted() ? draft.uncounted() : draft;
    }

    private static RecordOutcome outcome(EndedConsent one) {
        return new RecordOutcome(
                one.source().recordId(),
                Optional.of(one.person()),
                decision(one),
                new Outcome.Pending(),
                Optional.of("The record no longer allows mail; the person leaves the list."));
    }

    private static String decision(EndedConsent one) {
        return one.stillDelivers() ? ENDED.word() : one.source().decision();
    }

    private static IgnoreReason reason(EndedConsent one) {
        return decision(one).equals(Decision.REQUEST_CONSENT)
                ? IgnoreReason.CONSENT_REQUESTED
                : IgnoreReason.CONSENT_WITHHELD;
    }

    private LedgerEvent event(EndedConsent one, ActiveRun run) {
        return DecisionEvents.of(
                DecisionEvents.Place.of(run),
                EventKind.EXPIRED,
                one.person(),
                one.source().recordId(),
                ENDED,
                new DecisionEvents.Grounds(
                        Map.of("state", Lapse.word(new RecordedBasis.Lapsed())),
                        one.source().evidence().map(EvidenceText::read).orElse(null),
                        Optional.empty()),
                clock.instant());
    }

    private LocalDate today(ActiveRun run) {
        return LocalDate.ofInstant(clock.instant(), run.connection().zone());
    }

    /** A page is looked up when the previous one has been stored. */
    private final class Walk implements Iterator<List<EndedConsent>> {

        private final ActiveRun run;
        private EndedConsent.Position after = EndedConsent.START;
        private List<EndedConsent> next;

        private Walk(ActiveRun run) {
            this.run = run;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = pages.endedConsent(run, today(run), after, PAGE);
            }
            return !next.isEmpty();
        }

        @Override
        public List<EndedConsent> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<EndedConsent> page = next;
            after = page.get(page.size() - 1).position();
            next = null;
            return List.copyOf(page);
        }
    }
}
