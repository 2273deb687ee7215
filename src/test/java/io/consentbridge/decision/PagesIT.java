package io.consentbridge.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.consentbridge.audience.LastDelivered;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.Cursor;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.LeaseLost;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunCounts;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What runs and pages promise on every engine. */
@EveryEngine
class PagesIT {

    private static final Duration LEASE = Duration.ofMinutes(5);

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private Database database;
    private Outbox outbox;
    private Suppressions suppressions;
    private Runs runs;
    private RunQueries runQueries;
    private RunClosing runClosing;
    private Outcomes outcomes;
    private PageStore pages;
    private long list;

    PagesIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        outbox = new Outbox(database, clock);
        Members members = new Members(database);
        suppressions = new Suppressions(database, clock);
        runs = new Runs(database, clock);
        runQueries = new RunQueries(database, clock);
        runClosing = new RunClosing(database, clock);
        outcomes = new Outcomes(database);
        pages = new PageStore(database, clock, outbox, members, suppressions, RunListener.NONE);
        MailingLists lists = new MailingLists(database);
        list = lists.remember("main", "News", Optional.empty()).id();
        lists.found(list, "key");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private NewRun newRun() {
        return new NewRun("leads", "main", Run.Cause.SCHEDULE, false, clock.instant(), "node-1");
    }

    private String begin() {
        // A sync is read by one run at a time.
        runQueries.open().forEach(run -> runs.read(run.id()));
        clock.pass(Duration.ofSeconds(1));
        return runs.begin(newRun(), LEASE).orElseThrow();
    }

    private static Person person(int number) {
        return new Person("p" + number + "@example.com");
    }

    /** A page of two records: one delivered, one suppressed by its record. */
    private PageWrites page(String run) {
        Draft draft = new DraftBuilder(list, person(1)).run(run).record("101").build();
        return page(
                run,
                List.of(
                        outcome("101", 1, "deliver", new Outcome.Pending()),
                        outcome("102", 2, "suppress", new Outcome.Ignored(IgnoreReason.OPTED_OUT))),
                List.of(draft),
                List.of(new Suppression(
                        "main", person(2), 0, "crm:Leads:102", IgnoreReason.OPTED_OUT, clock.instant())));
    }

    private static RecordOutcome outcome(String record, int number, String decision, Outcome outcome) {
        return new RecordOutcome(record, Optional.of(person(number)), decision, outcome, Optional.empty());
    }

    private PageWrites page(String run, List<RecordOutcome> counted, List<Draft> drafts, List<Suppression> suppressed) {
        List<SourceRecord> records = counted.stream()
                .map(outcome -> new SourceRecord(
                        outcome.recordId(),
                        outcome.person(),
                        clock.instant(),
                        true,
                        outcome.decision(),
                        Optional.empty()))
                .toList();
        Map<String, Instant> origins = counted.stream()
                .collect(Collectors.toMap(
                        outcome -> Suppression.crm("Leads", outcome.recordId()), outcome -> clock.instant()));
        List<LedgerEvent> ledger = counted.stream()
                .map(outcome -> new LedgerEvent(
                        EventKind.ALLOWED,
                        outcome.person().orElseThrow(),
                        "main",
                        "news",
                        "v1",
                        "",
                        LedgerEvent.CRM,
                        Map.of(),
                        outcome.recordId(),
                        run,
                        Map.of(),
                        clock.instant(),
                        new LedgerEvent.Told("leads", outcome.decision(), "because")))
                .toList();
        return PageWrites.of(run, "leads", "main", new Calls(0, 1, 0), "node-1", LEASE)
                .records(records)
                .suppressions(suppressed, origins)
                .outcomes(counted)
                .drafts(drafts)
                .ledger(ledger)
                .progress(Optional.of(new Checkpoint.Records(new Cursor(clock.instant(), "102"))))
                .build();
    }

    private List<Delivery> claim() {
        return outbox.claim("main", Action.SUBSCRIBE, "worker", 100, LEASE);
    }

    @Test
    @DisplayName("B69-B71, B74: a page is counted, delivered, and its run completes with counters that balance")
    void wholeRun() {
        String run = begin();
        pages.commit(page(run));
        runs.read(run);
        assertThat(runClosing.closeFinished()).isEmpty();
        List<Delivery> claimed = claim();
        outbox.settle(List.of(new Settlement.Delivered(claimed.get(0), new Outcome.New())));
        assertThat(runClosing.closeFinished()).extracting(Run::state).containsExactly(RunState.COMPLETED);
        Counters counters = outcomes.counters(run);
        assertThat(counters.balances()).isTrue();
        assertThat(counters.total()).isEqualTo(2);
        assertThat(counters.added()).isEqualTo(1);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OPTED_OUT, 1L);
        assertThat(outcomes.decisions(run))
                .extracting(Outcomes.DecisionCount::decision, Outcomes.DecisionCount::records)
                .containsExactlyInAnyOrder(tuple("deliver", 1L), tuple("suppress", 1L));
        assertThat(runQueries.lastCompleted("leads")).map(Run::id).contains(run);
        assertThat(outcomes.records(new RecordsAsked(
                        run, Optional.of("ignored"), Optional.of(IgnoreReason.OPTED_OUT), false, "", 10)))
                .extracting(RecordOutcome::recordId)
                .containsExactly("102");
        assertThat(outcomes.of(person(1), 10)).containsOnlyKeys(run);
        assertThat(new Cursors(database).load("leads")).map(Cursor::id).contains("102");
    }

    @Test
    @DisplayName("Committing a page again changes nothing, before and after its deliveries were made")
    void twice() {
        String run = begin();
        PageWrites page = page(run);
        pages.commit(page);
        KnownState known = knowledge();
        pages.commit(page);
        assertThat(knowledge()).isEqualTo(known);
        assertThat(outcomes.counters(run).total()).isEqualTo(2);
        assertThat(new PersonLedger(database).of(person(1))).hasSize(1);
        List<Delivery> claimed = claim();
        assertThat(claimed).hasSize(1);
        assertThat(claimed.get(0).version()).isEqualTo(1);
        outbox.settle(List.of(new Settlement.Delivered(claimed.get(0), new Outcome.New())));
        pages.commit(page);
        assertThat(claim()).isEmpty();
        assertThat(outcomes.counters(run).added()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B52: a person who opts out by a page, and was subscribed between its look-up and its commit, leaves again")
    void subscribedMeanwhile() {
        String first = begin();
        pages.commit(page(first));
        outbox.settle(List.<Settlement>copyOf(claim().stream()
                .map(delivery -> new Settlement.Delivered(delivery, delivery.onSuccess()))
                .toList()));
        String second = begin();
        pages.commit(page(
                second,
                List.of(outcome("103", 1, "suppress", new Outcome.Ignored(IgnoreReason.OPTED_OUT))),
                List.of(),
                List.of(new Suppression(
                        "main", person(1), 0, "crm:Leads:103", IgnoreReason.OPTED_OUT, clock.instant()))));

        assertThat(outbox.claim("main", Action.UNSUBSCRIBE, "node-1", 10, LEASE))
                .extracting(Delivery::person)
                .containsExactly(person(1));
    }

    private KnownState knowledge() {
        return pages.knowledge("main", "leads", "Leads", list, List.of("101", "102"), List.of(person(1), person(2)));
    }

    @Test
    @DisplayName("The data loaded for a page are its records, others of the same person, suppressions and members")
    void whatIsKnown() {
        String run = begin();
        pages.commit(page(run));
        outbox.settle(List.of(new Settlement.Delivered(claim().get(0), new Outcome.New())));
        KnownState known =
                pages.knowledge("main", "leads", "Leads", list, List.of("101"), List.of(person(1), person(2)));
        assertThat(known.records()).containsOnlyKeys("101");
        assertThat(known.others().get(person(2)))
                .extracting(SourceRecord::recordId)
                .containsExactly("102");
        assertThat(known.suppressions()).containsOnlyKeys(person(2));
        assertThat(known.members().get(person(1)).last().map(LastDelivered::fingerprint))
                .contains("fp1");
    }

    @Test
    @DisplayName("A record that no longer refuses withdraws its suppression")
    void takenBack() {
        String run = begin();
        pages.commit(page(run));
        String next = begin();
        pages.commit(page(
                next,
                List.of(outcome("102", 2, "withhold", new Outcome.Ignored(IgnoreReason.CONSENT_WITHHELD))),
                List.of(),
                List.of()));
        assertThat(suppressions.of("main", list, List.of(person(2)))).isEmpty();
    }

    @Test
    @DisplayName("A record whose consent is now withheld cancels the subscription that still waits for it")
    void withdrawn() {
        String run = begin();
        pages.commit(page(run));
        String next = begin();
        pages.commit(page(
                next,
                List.of(outcome("101", 1, "withhold", new Outcome.Ignored(IgnoreReason.CONSENT_WITHHELD))),
                List.of(),
                List.of()));
        assertThat(claim()).isEmpty();
        assertThat(outcomes.records(new RecordsAsked(run, Optional.empty(), Optional.empty(), false, "", 1))
                        .get(0)
                        .detail())
                .contains("withdrawn by run " + next);
    }

    @Test
    @DisplayName("A page of a run that another process took over is not stored")
    void leaseLost() {
        String run = begin();
        clock.pass(LEASE);
        assertThat(runs.takeOver("node-2", LEASE, Set.of())).map(Run::id).contains(run);
        assertThat(runs.takeOver("node-3", LEASE, Set.of())).isEmpty();
        assertThatThrownBy(() -> pages.commit(page(run))).isInstanceOf(LeaseLost.class);
        assertThat(runs.extend(run, "node-1", LEASE)).isFalse();
        assertThat(outcomes.counters(run).total()).isZero();
        assertThat(claim()).isEmpty();
    }

    @Test
    @DisplayName("A due time has one run, and refused or deferred runs count towards no limit (B56, B57, B62)")
    void once() {
        NewRun newRun = newRun();
        String run = runs.begin(newRun, LEASE).orElseThrow();
        assertThat(run).startsWith("20261122T090000-");
        assertThat(runs.begin(newRun, LEASE)).isEmpty();
        runs.read(run);
        assertThat(runs.begin(newRun, LEASE)).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        RemovalsOnly only = new RemovalsOnly(RunState.DEFERRED, "10 of 10 runs today", Optional.empty());
        assertThat(runs.begin(newRun(), LEASE, only)).isPresent();
        assertThat(runQueries.counts("main", "leads", ZoneId.of("Europe/Berlin")))
                .isEqualTo(new RunCounts(1, 1, 0, 0));
        assertThat(runQueries.list(Optional.of("leads"), 10)).hasSize(2);
        assertThat(runQueries.list(Optional.empty(), 10)).hasSize(2);
        assertThat(runQueries.open()).hasSize(2);
    }

    @Test
    @DisplayName("A run with a record that has no outcome fails with its figures")
    void imbalance() {
        String run = begin();
        PageWrites page = page(run);
        pages.commit(page(run, page.outcomes(), List.of(), List.of()));
        runs.read(run);
        Run closed = runClosing.closeFinished().get(0);
        assertThat(closed.state()).isEqualTo(RunState.FAILED);
        assertThat(closed.message().orElseThrow()).contains("total 2", "1 without an outcome");
    }

    @Test
    @DisplayName("Old runs are forgotten, but not the last completed one of a sync")
    void prune() {
        String first = begin();
        runs.read(first);
        runClosing.closeFinished();
        String second = begin();
        runs.read(second);
        runClosing.closeFinished();
        clock.pass(Duration.ofDays(91));
        assertThat(new HistoryRetention(database, clock).prune(90)).isEqualTo(1);
        assertThat(runQueries.list(Optional.empty(), 10)).extracting(Run::id).containsExactly(second);
    }

    @Test
    @DisplayName("One run at a time reads a sync, even if many begin at once for any due time")
    void oneReader() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            Instant due = clock.instant();
            List<Callable<Optional<String>>> begins = IntStream.range(0, 6)
                    .<Callable<Optional<String>>>mapToObj(i -> () -> runs.begin(
                            new NewRun("leads", "main", Run.Cause.COMMAND, false, due.plusSeconds(i), "node-" + i),
                            LEASE))
                    .toList();
            List<String> begun = new ArrayList<>();
            for (Future<Optional<String>> each : threads.invokeAll(begins)) {
                each.get().ifPresent(begun::add);
            }
            assertThat(begun).hasSize(1);
            runs.read(begun.get(0));
        } finally {
            threads.shutdownNow();
        }
        clock.pass(Duration.ofSeconds(10));
        assertThat(runs.begin(newRun(), LEASE)).isPresent();
    }

    @Test
    @DisplayName("A process that lost its run to another process does not end it with its own failure")
    void failsNoMore() {
        String run = begin();
        clock.pass(LEASE);
        assertThat(runs.takeOver("node-2", LEASE, Set.of())).isPresent();

        assertThat(runs.fail(run, "node-1", "too late", false)).isFalse();

        assertThat(runQueries.show(run)).map(Run::state).contains(RunState.READING);
        assertThat(runs.fail(run, "node-2", "no answer", false)).isTrue();
        assertThat(runQueries.show(run)).map(Run::state).contains(RunState.FAILED);
    }

    @Test
    @DisplayName("A run that a limit reduced to leavers, and that fails, still says why it was deferred (B57)")
    void failureAfterALimit() {
        RemovalsOnly only = new RemovalsOnly(RunState.DEFERRED, "10 of 10 runs today", Optional.empty());
        String run = runs.begin(newRun(), LEASE, only).orElseThrow();

        runs.fail(run, "no answer", true);

        assertThat(runQueries.show(run).flatMap(Run::message)).contains("10 of 10 runs today; no answer");
    }
}
