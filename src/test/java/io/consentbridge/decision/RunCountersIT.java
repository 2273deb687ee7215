package io.consentbridge.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.store.CountedOutcomes;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.OutcomeCounts;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The counters of runs, which are kept beside the outcomes and never counted again. */
@EveryEngine
class RunCountersIT {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int RECORDS = 12;
    private static final List<String> WHYS = List.of(
            "Consent was obtained.",
            "Removed by ConsentBridge (sync leads, 2026-11-20T10:11:12Z)",
            "Consent was obtained. Company: cut from 130 to 100 characters",
            "The value of Birthday cannot be used.");

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private Database database;
    private Outbox outbox;
    private DeadLetters deadLetters;
    private Runs runs;
    private RunQueries queries;
    private RunClosing closing;
    private Outcomes outcomes;
    private HistoryRetention retention;
    private PageStore pages;
    private long list;

    RunCountersIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        outbox = new Outbox(database, clock);
        deadLetters = new DeadLetters(database, clock);
        runs = new Runs(database, clock);
        queries = new RunQueries(database, clock);
        closing = new RunClosing(database, clock);
        outcomes = new Outcomes(database);
        retention = new HistoryRetention(database, clock);
        pages = new PageStore(
                database, clock, outbox, new Members(database), new Suppressions(database, clock), RunListener.NONE);
        MailingLists lists = new MailingLists(database);
        list = lists.remember("main", "News", Optional.empty()).id();
        lists.found(list, "key");
    }

    @AfterEach
    void close() {
        CountedOutcomes.requireExact(database);
        database.close();
    }

    private String begin(String sync) {
        clock.pass(Duration.ofSeconds(1));
        return runs.begin(new NewRun(sync, "main", Run.Cause.COMMAND, false, clock.instant(), "node-1"), LEASE)
                .orElseThrow();
    }

    private static Person person(int number) {
        return new Person("p" + number + "@example.com");
    }

    private static RecordOutcome pending(int record) {
        return outcome(record, "deliver", new Outcome.Pending(), "Consent was obtained.", null);
    }

    private static RecordOutcome outcome(int record, String decision, Outcome outcome, String why, String word) {
        return new RecordOutcome(
                "r" + record,
                Optional.of(person(record % 8)),
                decision,
                outcome,
                Optional.ofNullable(why),
                Optional.empty(),
                Optional.ofNullable(word));
    }

    private Draft draft(String run, int record, Action action) {
        return new DraftBuilder(list, person(record % 8))
                .run(run)
                .record("r" + record)
                .action(action)
                .fingerprint(run + action)
                .onSuccess(action == Action.SUBSCRIBE ? new Outcome.New() : new Outcome.Ignored(IgnoreReason.OPTED_OUT))
                .build();
    }

    private PageWrites page(
            String run, String sync, List<RecordOutcome> counted, List<Draft> drafts, List<String> duplicates) {
        List<SourceRecord> records = counted.stream()
                .map(outcome -> new SourceRecord(
                        outcome.recordId(),
                        outcome.person(),
                        clock.instant(),
                        true,
                        outcome.decision(),
                        Optional.empty()))
                .toList();
        return PageWrites.of(run, sync, "main", new Calls(0, 1, 0), "node-1", LEASE)
                .records(records)
                .outcomes(counted)
                .drafts(drafts)
                .duplicates(duplicates.stream()
                        .map(id -> new PageWrites.FileDuplicate(id, "The newer record r" + id + " was used."))
                        .toList())
                .build();
    }

    private List<Delivery> claim(Action action) {
        return outbox.claim("main", action, "worker", 100, LEASE);
    }

    private void settleAs(Outcome outcome) {
        outbox.settle(claim(Action.SUBSCRIBE).stream()
                .<Settlement>map(delivery -> new Settlement.Delivered(delivery, outcome))
                .toList());
    }

    private void park() {
        outbox.settle(claim(Action.SUBSCRIBE).stream()
                .<Settlement>map(delivery -> new Settlement.Parked(delivery, "1", "it failed", false))
                .toList());
    }

    private void commit(String run, int from, int to) {
        List<Integer> numbers = IntStream.range(from, to).boxed().toList();
        pages.commit(page(
                run,
                "leads",
                numbers.stream().map(RunCountersIT::pending).toList(),
                numbers.stream()
                        .map(record -> draft(run, record, Action.SUBSCRIBE))
                        .toList(),
                List.of()));
    }

    private Run end(String run) {
        runs.read(run);
        return closing.closeFinished().get(0);
    }

    @Test
    @DisplayName("A dead letter of an ended run counts as dead-lettered until a replay ends, and then by its result")
    void replayedAfterTheEnd() {
        String run = begin("leads");
        commit(run, 0, 3);
        park();
        assertThat(end(run).state()).isEqualTo(RunState.COMPLETED);
        assertThat(outcomes.counters(run).deadLettered()).isEqualTo(3);
        assertThat(CountedOutcomes.rowsOf(database, run)).isEqualTo(1);

        List<Long> letters = deadLetters.numbers(0, 10);
        deadLetters.replay(letters.subList(0, 2));
        assertThat(outcomes.counters(run).deadLettered()).isEqualTo(3);
        List<Delivery> flying = claim(Action.SUBSCRIBE);
        outbox.settle(List.of(
                new Settlement.Delivered(flying.get(0), new Outcome.New()),
                new Settlement.Parked(flying.get(1), "1", "it failed again", false)));

        Counters counters = outcomes.counters(run);
        assertThat(counters.added()).isEqualTo(1);
        assertThat(counters.deadLettered()).isEqualTo(2);
        assertThat(counters.balances()).isTrue();
    }

    @Test
    @DisplayName("A dead letter of an ended run that is discarded still counts as dead-lettered")
    void discarded() {
        String run = begin("leads");
        commit(run, 0, 2);
        park();
        end(run);

        deadLetters.discard(deadLetters.numbers(0, 10));

        assertThat(outcomes.counters(run).deadLettered()).isEqualTo(2);
    }

    @Test
    @DisplayName("The deliveries of a failed run count when they end after the failure")
    void failed() {
        String run = begin("leads");
        commit(run, 0, 4);
        runs.fail(run, "no answer", true);
        assertThat(outcomes.counters(run).pending()).isEqualTo(4);

        settleAs(new Outcome.Readded());

        assertThat(outcomes.counters(run).readded()).isEqualTo(4);
        assertThat(outcomes.counters(run).pending()).isZero();
    }

    @Test
    @DisplayName("A delivery that a later run replaces counts in the ended run that asked for it")
    void replacedLater() {
        String first = begin("leads");
        commit(first, 0, 2);
        runs.fail(first, "no answer", true);

        String second = begin("leads");
        commit(second, 0, 2);

        assertThat(outcomes.counters(first).ignored()).containsEntry(IgnoreReason.OTHER, 2L);
        assertThat(outcomes.counters(second).pending()).isEqualTo(2);
    }

    @Test
    @DisplayName("A run that another node took over, and that reads a page again, counts each record once")
    void takenOver() {
        String run = begin("leads");
        commit(run, 0, 4);
        clock.pass(LEASE);
        runs.takeOver("node-1", LEASE, Set.of());
        pages.commit(page(
                run,
                "leads",
                List.of(
                        outcome(
                                1,
                                "withhold",
                                new Outcome.Ignored(IgnoreReason.CONSENT_WITHHELD),
                                "No basis.",
                                "Perhaps"),
                        pending(2),
                        pending(5)),
                List.of(draft(run, 2, Action.SUBSCRIBE), draft(run, 5, Action.SUBSCRIBE)),
                List.of()));

        Counters counters = outcomes.counters(run);
        assertThat(counters.total()).isEqualTo(5);
        assertThat(counters.pending()).isEqualTo(4);
        assertThat(counters.balances()).isTrue();
        assertThat(new UnknownWords(database).of(run).orElseThrow()).contains("\"Perhaps\" (1)");
    }

    @Test
    @DisplayName("The counters of a run lie in one row of each kind once it has ended, however many pages it had")
    void frozen() {
        String run = begin("leads");
        for (int i = 0; i < 8; i++) {
            commit(run, i, i + 1);
            settleAs(new Outcome.New());
        }
        assertThat(CountedOutcomes.rowsOf(database, run)).isGreaterThan(8);

        end(run);

        assertThat(CountedOutcomes.rowsOf(database, run)).isEqualTo(1);
        assertThat(outcomes.counters(run).added()).isEqualTo(8);
    }

    @Test
    @DisplayName(
            "Counters that lie in many rows are drawn together, of open runs and of those that went on after their end")
    void frozenLater() {
        String run = begin("leads");
        IntStream.range(0, 8).forEach(i -> commit(run, i, i + 1));
        runs.fail(run, "no answer", true);
        settleAs(new Outcome.New());
        String later = begin("leads");
        for (int turn = 0; turn < 501; turn++) {
            pages.commit(page(
                    later,
                    "leads",
                    List.of(outcome(1, "deliver", new Outcome.Duplicate(turn % 2 == 0), "Consent was obtained.", null)),
                    List.of(),
                    List.of()));
        }
        assertThat(CountedOutcomes.rowsOf(database, later)).isGreaterThan(1000);

        retention.freeze();

        assertThat(CountedOutcomes.rowsOf(database, later)).isEqualTo(1);
        assertThat(CountedOutcomes.rowsOf(database, run))
                .as("few are left alone")
                .isEqualTo(3);
    }

    @Test
    @DisplayName("Reasons with a time, a length or the number of a record are counted together")
    void together() {
        String run = begin("leads");
        List<RecordOutcome> counted = IntStream.range(0, 30)
                .mapToObj(i -> outcome(
                        i,
                        "deliver",
                        new Outcome.Ignored(i % 3 == 0 ? IgnoreReason.FILE_DUPLICATE : IgnoreReason.OTHER),
                        i % 3 == 0
                                ? "The newer record r" + i + " was used."
                                : i % 3 == 1
                                        ? "Removed by ConsentBridge (sync leads, 2026-11-20T10:11:" + (10 + i) + "Z)"
                                        : "Consent was obtained. Company: cut from " + (100 + i) + " to 100 characters",
                        null))
                .toList();
        pages.commit(page(run, "leads", counted, List.of(), List.of()));

        assertThat(outcomes.decisions(run))
                .extracting(Outcomes.DecisionCount::why)
                .containsExactlyInAnyOrder(
                        "Duplicate: a newer record with this address was used.",
                        "Removed by ConsentBridge (sync leads, 2026-11-20)",
                        "Consent was obtained. Company: cut to 100 characters");
    }

    @Test
    @DisplayName("A run names the first of its records that cannot be used, and how many there are")
    void unusable() {
        String run = begin("leads");
        pages.commit(page(
                run,
                "leads",
                IntStream.range(0, 7)
                        .mapToObj(i -> outcome(
                                i,
                                "ignore",
                                new Outcome.Ignored(IgnoreReason.OTHER),
                                "The value of Birthday cannot be used.",
                                null))
                        .toList(),
                List.of(),
                List.of()));

        assertThat(new UnusableRecords(database).of(run, "Leads").orElseThrow())
                .startsWith("7 of the records of Leads")
                .contains("r0 (Birthday), r1 (Birthday), r2 (Birthday), r3 (Birthday), r4 (Birthday) and others");
    }

    @Test
    @DisplayName("The records behind a counter are found, and none are searched where it is zero")
    void behindACounter() {
        String run = begin("leads");
        commit(run, 0, 3);
        settleAs(new Outcome.New());
        pages.commit(page(
                run,
                "leads",
                List.of(outcome(9, "deliver", new Outcome.Duplicate(true), null, null)),
                List.of(),
                List.of()));

        assertThat(found(run, Optional.of("new"), false)).containsExactly("r0", "r1", "r2");
        assertThat(found(run, Optional.of("duplicate"), true)).containsExactly("r9");
        assertThat(found(run, Optional.of("deleted"), false)).isEmpty();
        assertThat(found(run, Optional.empty(), false)).hasSize(4);
    }

    private List<String> found(String run, Optional<String> outcome, boolean updated) {
        return outcomes.records(new RecordsAsked(run, outcome, Optional.empty(), updated, "", 10)).stream()
                .map(RecordOutcome::recordId)
                .toList();
    }

    @Test
    @DisplayName("The counters of a run are forgotten with the run, and a replay of its dead letter counts nowhere")
    void forgotten() {
        String run = begin("leads");
        commit(run, 0, 2);
        park();
        end(run);
        end(begin("leads"));
        clock.pass(Duration.ofDays(100));
        assertThat(retention.prune(90)).isEqualTo(1);

        deadLetters.replay(deadLetters.numbers(0, 10));
        settleAs(new Outcome.New());

        assertThat(CountedOutcomes.rowsOf(database, run)).isZero();
    }

    @Test
    @DisplayName("Threads that read, deliver, replay and end runs at the same time count exactly")
    void atOnce() throws Exception {
        String run = begin("leads");
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            work.add(() -> {
                for (int i = 0; i < 15; i++) {
                    commit(run, i, i + 3);
                }
                runs.read(run);
                return true;
            });
            for (int i = 0; i < 2; i++) {
                String owner = "worker-" + i;
                work.add(() -> {
                    for (int turn = 0; turn < 25; turn++) {
                        List<Delivery> mine = outbox.claim("main", Action.SUBSCRIBE, owner, 2, LEASE);
                        outbox.settle(mine.stream()
                                .<Settlement>map(delivery -> delivery.personId() % 2 == 0
                                        ? new Settlement.Parked(delivery, "1", "it failed", false)
                                        : new Settlement.Delivered(delivery, delivery.onSuccess()))
                                .toList());
                    }
                    return true;
                });
            }
            work.add(() -> {
                for (int turn = 0; turn < 25; turn++) {
                    closing.closeFinished();
                    database.change(handle -> OutcomeCounts.freeze(handle, run));
                    deadLetters.replay(deadLetters.numbers(0, 10));
                }
                return true;
            });
            work.add(() -> {
                for (int turn = 0; turn < 50; turn++) {
                    database.change(handle -> OutcomeCounts.freeze(handle, run));
                }
                return true;
            });
            for (Future<Boolean> each : threads.invokeAll(work)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        CountedOutcomes.requireExact(database);
        settleAs(new Outcome.New());
        closing.closeFinished();
        assertThat(queries.show(run).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
        assertThat(outcomes.counters(run).balances()).isTrue();
    }

    @Test
    @DisplayName("After any sequence of pages, settlements, replays and ends the counters are those of the outcomes")
    void anySequence() {
        for (int seed = 1; seed <= 12; seed++) {
            Random random = new Random(seed);
            for (int step = 0; step < 40; step++) {
                int act = random.nextInt(14);
                act(act, random);
                try {
                    CountedOutcomes.requireExact(database);
                } catch (AssertionError wrong) {
                    throw new AssertionError("seed " + seed + ", step " + step + ", act " + act, wrong);
                }
            }
            requireBalance();
        }
    }

    private void requireBalance() {
        for (Run run : queries.list(Optional.empty(), 1000)) {
            Counters counters = outcomes.counters(run.id());
            assertThat(counters.balances()).as(run.id()).isTrue();
            if (run.state() == RunState.COMPLETED) {
                assertThat(counters.pending()).as(run.id()).isZero();
            }
        }
    }

    private void act(int act, Random random) {
        String sync = random.nextInt(3) == 0 ? "contacts" : "leads";
        Optional<String> reading = queries.open().stream()
                .filter(run -> run.state() == RunState.READING && run.sync().equals(sync))
                .map(Run::id)
                .findFirst();
        switch (act) {
            case 0, 1, 2, 3 -> readPage(reading.orElseGet(() -> begin(sync)), sync, random);
            case 4, 5, 6 -> settle(random.nextBoolean() ? Action.SUBSCRIBE : Action.UNSUBSCRIBE, random);
            case 7, 8 -> reading.ifPresent(runs::read);
            case 9 -> closing.closeFinished();
            case 10 -> deadLetters.replay(deadLetters.numbers(0, 3));
            case 11 -> deadLetters.discard(deadLetters.numbers(0, 1));
            case 12 -> reading.ifPresent(run -> runs.fail(run, "no answer", false));
            default -> {
                switch (random.nextInt(3)) {
                    case 0 -> outbox.parkAll(list, "1", "the list refuses");
                    case 1 -> outbox.withdrawAll(sync, List.of());
                    default -> {
                        clock.pass(Duration.ofDays(40));
                        retention.prune(31);
                    }
                }
            }
        }
    }

    private void readPage(String run, String sync, Random random) {
        clock.pass(Duration.ofSeconds(1));
        runs.extend(run, "node-1", LEASE);
        Set<Integer> numbers = new java.util.TreeSet<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            numbers.add(random.nextInt(RECORDS));
        }
        List<RecordOutcome> counted = new ArrayList<>();
        List<Draft> drafts = new ArrayList<>();
        for (int record : numbers) {
            String why = WHYS.get(random.nextInt(WHYS.size()));
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    counted.add(outcome(record, "deliver", new Outcome.Pending(), why, null));
                    drafts.add(draft(run, record, Action.SUBSCRIBE));
                }
                case 2 -> {
                    counted.add(outcome(record, "suppress", new Outcome.Pending(), why, null));
                    drafts.add(draft(run, record, Action.UNSUBSCRIBE));
                }
                case 3 ->
                    counted.add(outcome(
                            record,
                            "withhold",
                            new Outcome.Ignored(IgnoreReason.CONSENT_WITHHELD),
                            why,
                            random.nextBoolean() ? "Perhaps" : null));
                default ->
                    counted.add(outcome(record, "deliver", new Outcome.Duplicate(random.nextBoolean()), null, null));
            }
        }
        List<String> duplicates = random.nextInt(4) == 0 ? List.of("r" + random.nextInt(RECORDS)) : List.of();
        pages.commit(page(run, sync, counted, drafts, duplicates));
    }

    private void settle(Action action, Random random) {
        outbox.settle(claim(action).stream()
                .map(delivery -> settlement(delivery, random))
                .toList());
    }

    private Settlement settlement(Delivery delivery, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Settlement.Parked(delivery, "1", "it failed", random.nextBoolean());
            case 1 ->
                new Settlement.Refused(
                        delivery,
                        new Outcome.Ignored(IgnoreReason.BOUNCED),
                        false,
                        random.nextBoolean(),
                        "2004",
                        false);
            case 2 ->
                new Settlement.Postponed(
                        delivery, "later", false, clock.instant().plusSeconds(1));
            case 3 -> new Settlement.Released(delivery, null, random.nextBoolean());
            default -> new Settlement.Delivered(delivery, delivery.onSuccess());
        };
    }
}
