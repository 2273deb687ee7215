package io.consentbridge.run;

import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Evidence;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Suppression;
import io.consentbridge.zoho.CallCounter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what is kept of a decided page, and settles who stands for a person with several records (B80). */
public final class PageKeeper {

    private static final Comparator<SourceRecord> BY_AGE =
            Comparator.comparing(SourceRecord::modified).thenComparing(SourceRecord::recordId);

    private final PageStore pages;
    private final CallCounter calls;
    private final InstantSource clock;
    private final String node;
    private final Duration lease;

    /**
     * @param node names this process
     * @param lease how long a run stays this process' own after each page
     */
    public PageKeeper(PageStore pages, CallCounter calls, InstantSource clock, String node, Duration lease) {
        this.pages = pages;
        this.calls = calls;
        this.clock = clock;
        this.node = node;
        this.lease = lease;
    }

    /** Keeps the page in one transaction. */
    void keep(OpenPage page, List<Verdict> decided) {
        ActiveRun run = page.run();
        Instant now = clock.instant();
        String statement = run.purpose().statementVersion();
        List<PageCommit.FileDuplicate> passedOver = new ArrayList<>();
        List<Verdict> verdicts = oneForEachPerson(decided, passedOver);
        List<Suppression> suppressions = new ArrayList<>();
        List<String> free = new ArrayList<>();
        List<LedgerEntry> ledger = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            Candidate candidate = verdict.candidate();
            Optional<Person> person = candidate.person();
            if (candidate.refuses() && person.isPresent()) {
                suppressions.add(new Suppression(
                        run.connection().name(),
                        person.get(),
                        Suppression.EVERY_LIST,
                        run.origin(candidate.record().id()),
                        IgnoreReason.OPTED_OUT,
                        now));
            } else if (page.known().refusing().contains(candidate.record().id())) {
                free.add(run.origin(candidate.record().id()));
            }
            entry(verdict, statement, now).ifPresent(ledger::add);
        }
        pages.commit(new PageCommit(
                run.id(),
                run.sync().name(),
                run.connection().name(),
                verdicts.stream().map(PageKeeper::source).toList(),
                List.of(),
                suppressions,
                free,
                verdicts.stream().map(PageKeeper::outcome).toList(),
                passedOver,
                verdicts.stream().flatMap(verdict -> verdict.draft().stream()).toList(),
                ledger,
                page.progress(),
                calls.drain(run.id()),
                node,
                lease));
    }

    // Of several records with one address the most recently modified stands for the person. A record that forbids mail
    // keeps its own outcome: what it says is remembered for the person in any case.
    private static List<Verdict> oneForEachPerson(List<Verdict> verdicts, List<PageCommit.FileDuplicate> passedOver) {
        Map<Person, SourceRecord> newest = new HashMap<>();
        for (Verdict verdict : verdicts) {
            verdict.candidate().person().ifPresent(person -> {
                newest.merge(person, source(verdict), PageKeeper::newer);
                others(verdict, person).forEach(other -> newest.merge(person, other, PageKeeper::newer));
            });
        }
        List<Verdict> settled = new ArrayList<>(verdicts.size());
        for (Verdict verdict : verdicts) {
            Optional<Person> person = verdict.candidate().person();
            String own = verdict.candidate().record().id();
            String winner = person.map(newest::get).map(SourceRecord::recordId).orElse(own);
            if (winner.equals(own)) {
                person.ifPresent(who -> others(verdict, who)
                        .forEach(other -> passedOver.add(new PageCommit.FileDuplicate(
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
                candidate.person(),
                candidate.record().modified(),
                OpenSeconds.isOver(
                        candidate.record().modified(), candidate.page().page()),
                verdict.decision().word(),
                evidence(candidate));
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
                Optional.ofNullable(verdict.detail()));
    }

    private Optional<LedgerEntry> entry(Verdict verdict, String statement, Instant now) {
        Candidate candidate = verdict.candidate();
        Optional<Person> person = candidate.person();
        boolean news = candidate
                .source()
                .filter(source -> source.decision().equals(verdict.decision().word())
                        && source.evidence().equals(evidence(candidate)))
                .isEmpty();
        if (person.isEmpty() || !news || verdict.decision() instanceof Decision.Ignore) {
            return Optional.empty();
        }
        ActiveRun run = candidate.page().run();
        return Optional.of(new LedgerEntry(
                person.get(),
                run.connection().name(),
                run.purpose().name(),
                statement,
                run.sync().name(),
                candidate.record().id(),
                run.id(),
                verdict.decision().word(),
                verdict.decision().why(),
                evidence(candidate),
                now));
    }
}
