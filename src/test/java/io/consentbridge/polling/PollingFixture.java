package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.crm.Deletion;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.KnownState;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.DraftBuilder;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Outcome;
import io.consentbridge.sync.SyncBuilder;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the pages of a run are kept with, on every engine: one list, one sync, and people and records by number. */
abstract class PollingFixture {

    static final Duration LEASE = Duration.ofMinutes(5);

    private final TestDatabase engine;
    final MovedClock clock = new MovedClock();
    /** What metrics hear of decisions, in order. */
    final List<String> told = new ArrayList<>();
    /** The sync of the runs, as it is when they begin. */
    final SyncBuilder leads = new SyncBuilder("leads");

    Settings.Brake brake = new Settings.Brake(10, 50);
    Map<String, String> companions = Map.of();
    Database database;
    Outbox outbox;
    Members members;
    Suppressions suppressions;
    Runs runs;
    RunQueries runQueries;
    RunClosing runClosing;
    Outcomes outcomes;
    Cursors cursors;
    PageStore pages;
    RemovalBrake removals;
    UnmatchedPolling gone;
    DeletionPolling deletions;
    MailingList list;

    PollingFixture(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        outbox = new Outbox(database, clock);
        members = new Members(database);
        suppressions = new Suppressions(database, clock);
        runs = new Runs(database, clock);
        runQueries = new RunQueries(database, clock);
        runClosing = new RunClosing(database, clock);
        outcomes = new Outcomes(database);
        cursors = new Cursors(database);
        pages = new PageStore(database, clock, outbox, members, suppressions, new RunListener() {
            @Override
            public void ended(String sync, RunState result) {}

            @Override
            public void decided(String sync, String decision) {
                told.add(sync + " " + decision);
            }
        });
        removals = new RemovalBrake(database, clock, () -> brake);
        gone = new UnmatchedPolling(cursors, pages, lease());
        deletions = new DeletionPolling(null, cursors, pages, lease(), Duration.ZERO);
        MailingLists lists = new MailingLists(database);
        long id = lists.remember("main", "News", Optional.empty()).id();
        lists.found(id, "key");
        list = lists.find(id).orElseThrow();
    }

    @AfterEach
    void close() {
        database.close();
    }

    static ReadLease lease() {
        return new ReadLease(new CallCounter(CallListener.NONE), "node-1", LEASE, () -> false);
    }

    ActiveRun begin() {
        return begin(false);
    }

    ActiveRun begin(boolean full) {
        return begin(full, Optional.empty());
    }

    ActiveRun begin(boolean full, Optional<RemovalsOnly> only) {
        // A sync is read by one run at a time.
        runQueries.open().forEach(run -> runs.read(run.id()));
        clock.pass(Duration.ofSeconds(1));
        NewRun newRun = new NewRun("leads", "main", Run.Cause.COMMAND, full, clock.instant(), "node-1");
        String id = only.map(some -> runs.begin(newRun, LEASE, some))
                .orElseGet(() -> runs.begin(newRun, LEASE))
                .orElseThrow();
        if (full) {
            cursors.readEverything("leads", id);
        }
        return new ActiveRun(
                id,
                leads.build(),
                new Purpose(
                        "news",
                        "News",
                        LawfulBasis.CONTRACT,
                        "News",
                        false,
                        SignupForm.PRIVATE,
                        List.of(),
                        Optional.empty()),
                ZohoStandIn.connection("main", "http://127.0.0.1:1"),
                full,
                only.isPresent(),
                clock.instant(),
                Map.of(),
                list,
                Optional.empty(),
                companions);
    }

    static Person person(int number) {
        return new Person("p" + number + "@example.com");
    }

    static String record(int number) {
        return "%05d".formatted(number);
    }

    /** A page of people whose records are delivered; those who are on the list already ask for nothing new. */
    void meet(ActiveRun run, String sync, int... numbers) {
        List<RecordOutcome> counted = IntStream.of(numbers)
                .mapToObj(i -> new RecordOutcome(
                        record(i), Optional.of(person(i)), "deliver", new Outcome.Pending(), Optional.empty()))
                .toList();
        KnownState known = pages.knowledge(
                run,
                List.of(),
                counted.stream().map(each -> each.person().orElseThrow()).toList());
        List<RecordOutcome> settled = counted.stream()
                .map(each -> known.members().containsKey(each.person().orElseThrow())
                        ? new RecordOutcome(
                                each.recordId(),
                                each.person(),
                                "deliver",
                                new Outcome.Duplicate(false),
                                Optional.empty())
                        : each)
                .toList();
        pages.commit(PageWrites.of(run.id(), sync, "main", Calls.NONE, "node-1", LEASE)
                .records(counted.stream()
                        .map(each -> new SourceRecord(
                                each.recordId(), each.person(), clock.instant(), true, "deliver", Optional.empty()))
                        .toList())
                .outcomes(settled)
                .drafts(settled.stream()
                        .filter(each -> each.outcome() instanceof Outcome.Pending)
                        .map(each -> new DraftBuilder(list.id(), each.person().orElseThrow())
                                .run(run.id())
                                .record(each.recordId())
                                .build())
                        .toList())
                .keeping(new PageWrites.Keeping(
                        list.id(),
                        List.of(),
                        settled.stream()
                                .filter(each -> each.outcome() instanceof Outcome.Duplicate)
                                .map(each -> each.person().orElseThrow())
                                .collect(Collectors.toSet()),
                        Optional.empty()))
                .build());
    }

    void meet(ActiveRun run, int... numbers) {
        meet(run, "leads", numbers);
    }

    void delete(ActiveRun run, int... numbers) {
        deletions.commit(
                new DeletedPage(
                        IntStream.of(numbers)
                                .mapToObj(i -> new Deletion(record(i), clock.instant()))
                                .toList(),
                        Optional.of(clock.instant())),
                run);
    }

    Optional<String> end(ActiveRun run) {
        return removals.endReading(run);
    }

    List<Delivery> deliver(Action action) {
        List<Delivery> delivered = new ArrayList<>();
        List<Delivery> claimed = outbox.claim("main", action, "worker", 1_000, LEASE);
        while (!claimed.isEmpty()) {
            outbox.settle(List.copyOf(claimed.stream()
                    .map(delivery -> (Settlement) new Settlement.Delivered(delivery, delivery.onSuccess()))
                    .toList()));
            delivered.addAll(claimed);
            claimed = outbox.claim("main", action, "worker", 1_000, LEASE);
        }
        return delivered;
    }

    List<Person> leave() {
        return Stream.of(Action.DO_NOT_MAIL, Action.UNSUBSCRIBE)
                .flatMap(action -> deliver(action).stream())
                .map(Delivery::person)
                .toList();
    }

    Counters closed(ActiveRun run) {
        runClosing.closeFinished();
        assertThat(runQueries.show(run.id()).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
        Counters counters = outcomes.counters(run.id());
        assertThat(counters.balances()).isTrue();
        assertThat(counters.pending()).isZero();
        return counters;
    }

    static int[] numbers(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** A first run that delivers these people. */
    void delivered(int from, int to) {
        ActiveRun run = begin(false);
        meet(run, numbers(from, to));
        end(run);
        deliver(Action.SUBSCRIBE);
        closed(run);
    }

    /** Another sync of the list delivers these people too, by the same records. */
    void alsoDeliveredByEvents(int... numbers) {
        companions = Map.of("events", "Leads");
        ActiveRun other = begin(false);
        meet(other, "events", numbers);
        end(other);
    }

    void lookForUnmatched(ActiveRun run) {
        Iterator<List<SourceRecord>> found = gone.pages(run);
        while (found.hasNext()) {
            gone.commit(found.next(), run);
        }
    }
}
