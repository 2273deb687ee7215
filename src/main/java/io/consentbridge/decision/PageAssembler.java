package io.consentbridge.decision;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Evidence;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Lapse;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.SettledWindow;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.Action;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.zoho.Calls;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Assembles what is stored of a decided page, and decides which record stands for a person with several records (B80). */
public final class PageAssembler {

    private static final Comparator<SourceRecord> BY_AGE =
            Comparator.comparing(SourceRecord::modified).thenComparing(SourceRecord::recordId);

    private final PageStore pages;
    private final InstantSource clock;
    private final ReadLease lease;

    /**
     * @param lease how this process reads runs
     */
    public PageAssembler(PageStore pages, InstantSource clock, ReadLease lease) {
        this.pages = pages;
        this.clock = clock;
        this.lease = lease;
    }

    /**
     * Stores the page in one transaction.
     *
     * @throws PlanBroken when the run carries out a plan that says something else. Of the page, only people who must not be
     *     mailed are then stored, so that a plan holds back nobody who leaves
     */
    public void keep(OpenPage page, List<Verdict> decided) {
        List<PageWrites.FileDuplicate> passedOver = new ArrayList<>();
        List<Verdict> verdicts = oneForEachPerson(decided, passedOver);
        Calls made = lease.calls(page.run().id());
        try {
            pages.commit(
                    commit(page, verdicts, passedOver, page.progress(), made),
                    page.run().companions().keySet());
        } catch (PlanBroken broken) {
            List<Verdict> leavers = verdicts.stream()
                    .filter(verdict -> verdict.decision() instanceof Decision.Suppress)
                    .toList();
            pages.commitLeavers(commit(page, leavers, List.of(), Optional.empty(), made));
            throw broken;
        }
    }

    private PageWrites commit(
            OpenPage page,
            List<Verdict> verdicts,
            List<PageWrites.FileDuplicate> passedOver,
            Optional<? extends Checkpoint> progress,
            Calls made) {
        ActiveRun run = page.run();
        Instant now = clock.instant();
        List<Suppression> suppressions = new ArrayList<>();
        Map<String, Instant> origins = new HashMap<>();
        List<LedgerEvent> ledger = new ArrayList<>();
        AddressChanges movers = new AddressChanges(page, verdicts);
        for (Verdict verdict : verdicts) {
            Candidate candidate = verdict.candidate();
            Set<Person> refusers = candidate.refuses() ? candidate.refusers() : Set.of();
            if (!refusers.isEmpty()
                    || page.known().refusing().contains(candidate.record().id()) && !candidate.isErased()) {
                origins.put(
                        run.origin(candidate.record().id()), candidate.record().modified());
            }
            refusers.forEach(person -> suppressions.add(new Suppression(
                    run.connection().name(),
                    person,
                    Suppression.EVERY_LIST,
                    run.origin(candidate.record().id()),
                    IgnoreReason.OPTED_OUT,
                    now)));
            event(verdict, now).ifPresent(ledger::add);
        }
        return PageWrites.of(run, lease, made)
                .records(verdicts.stream().map(PageAssembler::source).toList())
                .suppressions(suppressions, origins)
                .outcomes(Stream.concat(
                                verdicts.stream().map(PageAssembler::outcome),
                                page.page().unusable().stream().map(UnusableRecords::outcome))
                        .toList())
                .duplicates(passedOver)
                .drafts(movers.drafts())
                .ledger(ledger)
                .requests(verdicts.stream()
                        .flatMap(verdict -> verdict.request().stream())
                        .toList())
                .progress(progress)
                .keeping(new PageWrites.Keeping(
                                run.list().id(),
                                movers.moved(),
                                movers.unchanged(),
                                Action.of(run.sync().optedOut()),
                                Set.of(),
                                ConsentEnds.of(verdicts),
                                Map.of())
                        .with(origins(run, verdicts), withheld(run, verdicts))
                        .with(SecondAddresses.of(run, verdicts)))
                .build();
    }

    private static Map<String, Instant> origins(ActiveRun run, List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> verdict.candidate().record())
                .collect(Collectors.toMap(record -> run.origin(record.id()), CrmRecord::modified, (one, same) -> one));
    }

    private static List<WithheldPeople.Withheld> withheld(ActiveRun run, List<Verdict> verdicts) {
        return verdicts.stream()
                .map(Verdict::candidate)
                .filter(candidate -> candidate.unknownWord().isPresent())
                .flatMap(candidate -> candidate
                        .standsFor()
                        .map(person -> new WithheldPeople.Withheld(
                                person, run.origin(candidate.record().id())))
                        .stream())
                .toList();
    }

    // Of several records with one address, the most recently modified stands for the person, on whatever page the
    // others are. A record that refuses mail keeps its own outcome, because its refusal is remembered for the person in
    // any case. A record that is no candidate does not count.
    private static List<Verdict> oneForEachPerson(List<Verdict> verdicts, List<PageWrites.FileDuplicate> passedOver) {
        Map<Person, SourceRecord> newest = new HashMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict.decision() instanceof Decision.Ignore) {
                continue;
            }
            verdict.candidate().person().ifPresent(person -> {
                newest.merge(person, source(verdict), PageAssembler::newer);
                others(verdict, person).forEach(other -> newest.merge(person, other, PageAssembler::newer));
            });
        }
        List<Verdict> settled = new ArrayList<>(verdicts.size());
        for (Verdict verdict : verdicts) {
            Optional<Person> person = verdict.decision() instanceof Decision.Ignore
                    ? Optional.empty()
                    : verdict.candidate().person();
            String own = verdict.candidate().record().id();
            String winner = person.map(newest::get).map(SourceRecord::recordId).orElse(own);
            if (winner.equals(own)) {
                person.ifPresent(who -> others(verdict, who)
                        .forEach(other -> passedOver.add(new PageWrites.FileDuplicate(
                                other.recordId(), "the same person as record " + own + ", which is newer"))));
                settled.add(verdict);
            } else {
                settled.add(verdict.decision() instanceof Decision.Suppress ? verdict : verdict.duplicateOf(winner));
            }
        }
        return settled;
    }

    private static List<SourceRecord> others(Verdict verdict, Person person) {
        return verdict.candidate().page().known().others().getOrDefault(person, List.of());
    }

    private static SourceRecord newer(SourceRecord one, SourceRecord other) {
        return BY_AGE.compare(one, other) >= 0 ? one : other;
    }

    private static SourceRecord source(Verdict verdict) {
        Candidate candidate = verdict.candidate();
        return new SourceRecord(
                candidate.record().id(),
                candidate.standsFor(),
                candidate.record().modified(),
                SettledWindow.isOver(
                        candidate.record().modified(), candidate.page().page()),
                verdict.decision().word(),
                evidence(candidate),
                Optional.of(candidate.facts().basis())
                        .filter(basis -> candidate.basisRead())
                        .map(Lapse::word));
    }

    private static Optional<String> evidence(Candidate candidate) {
        Evidence evidence = candidate.facts().evidence();
        return Optional.ofNullable(evidence).map(EvidenceText::write);
    }

    private static RecordOutcome outcome(Verdict verdict) {
        return new RecordOutcome(
                verdict.candidate().record().id(),
                verdict.candidate().person(),
                verdict.decision().word(),
                verdict.outcome(),
                Optional.ofNullable(verdict.detail()),
                unusable(verdict.candidate()),
                verdict.candidate().unknownWord());
    }

    // A user who looks for the person behind a malformed address has to see that address.
    private static Optional<String> unusable(Candidate candidate) {
        return candidate.person().isPresent()
                ? Optional.empty()
                : Optional.ofNullable(candidate.record().text("Email"))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty());
    }

    private Optional<LedgerEvent> event(Verdict verdict, Instant now) {
        Candidate candidate = verdict.candidate();
        Optional<Person> person = candidate.person();
        // What another sync read in between is an entry of the ledger, which the same decision as before ends.
        boolean news =
                candidate.page().known().overtaken().contains(candidate.record().id())
                        || candidate
                                .source()
                                .filter(source -> source.decision()
                                                .equals(verdict.decision().word())
                                        && source.person().equals(person)
                                        && source.evidence().equals(evidence(candidate)))
                                .isEmpty();
        if (person.isEmpty() || !news || verdict.decision() instanceof Decision.Ignore) {
            return Optional.empty();
        }
        return Optional.of(DecisionEvents.of(
                candidate.page().place(),
                person.get(),
                candidate.record().id(),
                verdict.decision(),
                DecisionEvents.Grounds.of(
                        candidate.page().terms(),
                        candidate.facts(),
                        candidate.source().map(SourceRecord::decision)),
                now));
    }
}
