package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.crm.Cursor;
import io.consentbridge.crm.Deletion;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.decision.EndedConsent;
import io.consentbridge.decision.KnownState;
import io.consentbridge.decision.LostConsent;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.decision.PagesContract;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.run.RecordsAsked;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.FullScan;
import io.consentbridge.sync.Outcome;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.ConsentLost;
import io.consentbridge.sync.Sync.LeaverAction;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who leaves without having refused, and what the brake does, on either engine. */
abstract class RemovalsContract {

    private static final Duration LEASE = Duration.ofMinutes(5);

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private Settings.Brake brake = new Settings.Brake(10, 50);
    private LeaverAction deleted = LeaverAction.UNSUBSCRIBE;
    private LeaverAction unmatched = LeaverAction.UNSUBSCRIBE;
    private Optional<ConsentLost> consentLost = Optional.empty();
    private Sync.Retrieve retrieve = Sync.Retrieve.NEW_OR_MODIFIED;
    private Map<String, String> companions = Map.of();
    private Database database;
    private Outbox outbox;
    private Runs runs;
    private RunQueries runQueries;
    private RunClosing runClosing;
    private RemovalBrake removals;
    private Outcomes outcomes;
    private Suppressions suppressions;
    private PageStore pages;
    private Cursors cursors;
    private UnmatchedPolling gone;
    private DeletionPolling deletions;
    private MailingList list;

    RemovalsContract(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        outbox = new Outbox(database, clock);
        runs = new Runs(database, clock);
        runQueries = new RunQueries(database, clock);
        runClosing = new RunClosing(database, clock);
        removals = new RemovalBrake(database, clock, () -> brake);
        outcomes = new Outcomes(database);
        suppressions = new Suppressions(database, clock);
        pages = new PageStore(database, clock, outbox, new Members(database, clock), suppressions, RunListener.NONE);
        CallCounter calls = new CallCounter(CallListener.NONE);
        cursors = new Cursors(database);
        ReadLease lease = new ReadLease(calls, "node-1", LEASE, () -> false);
        gone = new UnmatchedPolling(cursors, pages, lease);
        deletions = new DeletionPolling(null, cursors, pages, lease, Duration.ZERO);
        MailingLists lists = new MailingLists(database);
        long id = lists.remember("main", "News", Optional.empty()).id();
        lists.found(id, "key");
        list = lists.find(id).orElseThrow();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Sync sync() {
        return new Sync(
                "leads",
                "main",
                "Leads",
                "news",
                Optional.empty(),
                Sync.Subscription.MARKETING,
                new Selection(new Selection.All(), Optional.empty()),
                new Mapping(Map.of(), false),
                Sync.EvidenceDepth.BASIS,
                retrieve,
                Optional.empty(),
                FullScan.NEVER,
                deleted,
                LeaverAction.UNSUBSCRIBE,
                unmatched,
                consentLost,
                Sync.Returning.STAY,
                Sync.SecondaryAddresses.REFUSE,
                Sync.ConvertedLeads.EXCLUDE,
                true,
                Optional.empty());
    }

    private ActiveRun begin(boolean full) {
        return begin(full, Optional.empty());
    }

    private ActiveRun begin(boolean full, Optional<RemovalsOnly> only) {
        // A sync is read by one run at a time.
        runQueries.open().forEach(run -> runs.read(run.id()));
        clock.pass(Duration.ofSeconds(1));
        RunRequest request = new RunRequest("leads", "main", Run.Cause.COMMAND, full, clock.instant(), "node-1");
        String id = only.map(some -> runs.begin(request, LEASE, some))
                .orElseGet(() -> runs.begin(request, LEASE))
                .orElseThrow();
        if (full) {
            cursors.readEverything("leads", id);
        }
        return new ActiveRun(
                id,
                sync(),
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

    private static Person person(int number) {
        return new Person("p" + number + "@example.com");
    }

    private static String record(int number) {
        return "%05d".formatted(number);
    }

    /** A page of people whose records are delivered; those who are on the list already ask for nothing new. */
    private void meet(ActiveRun run, String sync, int... numbers) {
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
                        .map(each -> PagesContract.subscription(
                                list.id(), each.person().orElseThrow(), run.id(), each.recordId()))
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

    private void meet(ActiveRun run, int... numbers) {
        meet(run, "leads", numbers);
    }

    private void lookForUnmatched(ActiveRun run) {
        Iterator<List<SourceRecord>> found = gone.pages(run);
        while (found.hasNext()) {
            gone.commit(found.next(), run);
        }
    }

    private void delete(ActiveRun run, int... numbers) {
        deletions.commit(
                new DeletedPage(
                        IntStream.of(numbers)
                                .mapToObj(i -> new Deletion(record(i), clock.instant()))
                                .toList(),
                        Optional.of(clock.instant())),
                run);
    }

    private Optional<String> end(ActiveRun run) {
        return removals.endReading(run);
    }

    private List<Delivery> deliver(Action action) {
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

    private List<Person> leave() {
        return Stream.of(Action.DO_NOT_MAIL, Action.UNSUBSCRIBE)
                .flatMap(action -> deliver(action).stream())
                .map(Delivery::person)
                .toList();
    }

    private Counters closed(ActiveRun run) {
        runClosing.closeFinished();
        assertThat(runQueries.show(run.id()).orElseThrow().state()).isEqualTo(RunState.COMPLETED);
        Counters counters = outcomes.counters(run.id());
        assertThat(counters.balances()).isTrue();
        assertThat(counters.pending()).isZero();
        return counters;
    }

    private static int[] numbers(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** A first run that delivers these people. */
    private void delivered(int from, int to) {
        ActiveRun run = begin(false);
        meet(run, numbers(from, to));
        end(run);
        deliver(Action.SUBSCRIBE);
        closed(run);
    }

    @Test
    @DisplayName(
            "B43, B50: a full run takes off whose record it did not meet, once, and counts them as ignored (other)")
    void leftTheSelection() {
        delivered(1, 4);
        ActiveRun run = begin(true);
        meet(run, 1, 3);
        lookForUnmatched(run);
        assertThat(leave()).as("nobody before everything was read").isEmpty();
        end(run);

        assertThat(leave()).containsExactly(person(2));
        Counters counters = closed(run);
        assertThat(counters.total()).isEqualTo(3);
        assertThat(counters.deleted()).isZero();
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OTHER, 1L);
        assertThat(outcomes.records(
                        new RecordsAsked(run.id(), Optional.of("ignored"), Optional.empty(), false, "", 10)))
                .singleElement()
                .satisfies(left -> assertThat(left.detail().orElseThrow()).contains("left the selection"));
        ActiveRun next = begin(true);
        meet(next, 1, 3);
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).isEmpty();
        assertThat(closed(next).total()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "Nobody has left the selection by a run that did not read everything or of which a limit let only leavers"
                    + " through, or of a sync that reads once (B50)")
    void notByOthers() {
        delivered(1, 4);
        ActiveRun run = begin(false);
        meet(run, 1);
        assertThat(gone.pages(run).hasNext()).isFalse();
        end(run);
        ActiveRun refused = begin(true, Optional.of(new RemovalsOnly(RunState.REFUSED, "not now", Optional.empty())));
        assertThat(gone.pages(refused).hasNext()).isFalse();
        end(refused);
        retrieve = Sync.Retrieve.ONCE;
        ActiveRun once = begin(true);
        assertThat(gone.pages(once).hasNext()).isFalse();
        assertThat(DeletionPolling.matters(once.sync())).isFalse();
        end(once);
        retrieve = Sync.Retrieve.NEW_OR_MODIFIED;
        unmatched = LeaverAction.IGNORE;
        ActiveRun ignoring = begin(true);
        assertThat(gone.pages(ignoring).hasNext()).isFalse();
    }

    /** The sweep brought these records of the module with that {@code Modified_Time}. */
    private void changed(ActiveRun run, Instant modified, int... numbers) {
        pages.commit(PageWrites.of(run.id(), "leads", "main", Calls.NONE, "node-1", LEASE)
                .progress(Optional.of(new Checkpoint.Changes(IntStream.of(numbers)
                        .boxed()
                        .collect(Collectors.toMap(RemovalsContract::record, number -> modified)))))
                .build());
    }

    @Test
    @DisplayName(
            "B43: of those that changed a person whom no page brings afterwards leaves, in a later run if that one fails, and once; what is known as it is has not changed")
    void changedAndNotMet() {
        delivered(1, 6);
        Instant known = clock.instant();
        ActiveRun failed = begin(false);
        changed(failed, known, 1);
        changed(failed, known.plusSeconds(1), 2, 3, 4, 77);
        meet(failed, 3);
        runs.fail(failed.id(), "Zoho went away", true);
        assertThat(leave()).isEmpty();
        ActiveRun next = begin(false);
        changed(next, known.plusSeconds(1), 2);
        delete(next, 4);
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).containsExactlyInAnyOrder(person(2), person(4));
        Counters counters = closed(next);
        assertThat(counters.total()).isEqualTo(2);
        assertThat(counters.deleted()).isEqualTo(1);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OTHER, 1L);
        ActiveRun last = begin(false);
        changed(last, known.plusSeconds(1), 2);
        lookForUnmatched(last);
        end(last);
        assertThat(leave()).isEmpty();
        assertThat(closed(last).total()).isZero();
    }

    @Test
    @DisplayName(
            "B43: a second that was not over may have brought another change, but only where the reading that follows brings the record again if it is selected")
    void openSecond() {
        delivered(1, 3);
        database.change(handle -> handle.execute("update source_record set settled = false"));
        Instant known = clock.instant();
        ActiveRun run = begin(false);
        cursors.save("leads", new Cursor(known, "5"));
        changed(run, known, 1);
        lookForUnmatched(run);
        end(run);
        assertThat(leave()).as("it was passed").isEmpty();
        closed(run);
        ActiveRun next = begin(false);
        cursors.save("leads", new Cursor(known, ""));
        changed(next, known, 1);
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).containsExactly(person(1));
        closed(next);
    }

    @Test
    @DisplayName(
            "B65: a reading of everything that failed is finished by the next run, and a person whom neither of them met leaves with that; records passed over as unchanged are met")
    void everythingByTwoRuns() {
        delivered(1, 6);
        ActiveRun failed = begin(true);
        meet(failed, 1);
        runs.fail(failed.id(), "Zoho went away", true);
        assertThat(leave()).isEmpty();
        ActiveRun next = begin(false);
        meet(next, 3);
        pages.met("leads", List.of(record(4)));
        lookForUnmatched(next);
        end(next);
        assertThat(leave()).containsExactlyInAnyOrder(person(2), person(5));
        closed(next);
        assertThat(cursors.everything("leads")).as("it is over").isEmpty();
        ActiveRun last = begin(false);
        pages.met("leads", List.of(record(4)));
        lookForUnmatched(last);
        end(last);
        assertThat(leave()).isEmpty();
    }

    @Test
    @DisplayName("Whose record was deleted has not left the selection, also where deletions are ignored (B47)")
    void deletedIsNotUnmatched() {
        deleted = LeaverAction.IGNORE;
        delivered(1, 4);
        ActiveRun run = begin(true);
        meet(run, 1, 3);
        assertThat(DeletionPolling.matters(run.sync())).isTrue();
        delete(run, 2);
        lookForUnmatched(run);
        end(run);
        assertThat(leave()).isEmpty();
        assertThat(closed(run).total()).isEqualTo(2);
    }

    @Test
    @DisplayName("A thousand who left the selection are found in batches, and those whom a companion delivers stay")
    void manyAndCompanions() {
        delivered(1, 1_202);
        ActiveRun other = begin(false);
        meet(other, "events", 3);
        // The same person by another record of another sync.
        database.change(handle -> handle.execute(
                "update source_record set record_id = '99999' where sync = 'events' and record_id = '00003'"));
        end(other);
        brake = new Settings.Brake(100, 0);
        companions = Map.of("events", "Contacts");
        ActiveRun run = begin(true);
        meet(run, 1);
        lookForUnmatched(run);
        assertThat(end(run)).isEmpty();
        assertThat(leave()).hasSize(1_199).doesNotContain(person(1), person(3));
        assertThat(closed(run).ignored()).containsEntry(IgnoreReason.OTHER, 1_199L);
    }

    /** Another sync of the list delivers these people too, by the same records. */
    private void alsoDeliveredByEvents(int... numbers) {
        companions = Map.of("events", "Leads");
        ActiveRun other = begin(false);
        meet(other, "events", numbers);
        end(other);
    }

    @Test
    @DisplayName("B43: a record that leaves the selection of one sync keeps its person while another sync delivers it")
    void sameRecordElsewhere() {
        delivered(1, 4);
        alsoDeliveredByEvents(2);
        ActiveRun run = begin(true);
        meet(run, 1);
        lookForUnmatched(run);
        end(run);
        assertThat(leave()).containsExactly(person(3));
        closed(run);
    }

    @Test
    @DisplayName("B43: whom another sync begins to deliver while the brake holds them stays")
    void sameRecordElsewhereWhileHeld() {
        delivered(1, 4);
        brake = new Settings.Brake(0, 0);
        ActiveRun run = begin(true);
        meet(run, 1);
        lookForUnmatched(run);
        assertThat(end(run)).isPresent();
        alsoDeliveredByEvents(2);
        assertThat(removals.allow(sync(), companions, java.time.ZoneOffset.UTC, 1))
                .isEqualTo(run.id());
        assertThat(leave()).containsExactly(person(3));
    }

    @Test
    @DisplayName(
            "B80: of the records that remain of a person the newest is noted down, in whichever sync, until it was read")
    void remaining() {
        delivered(1, 4);
        alsoDeliveredByEvents(1);
        older("leads", "00000a", 1, 2);
        older("events", "00000b", 1, 1);
        older("leads", "00000c", 2, -1);
        ActiveRun run = begin(false);
        delete(run, 1, 2, 3);

        assertThat(pages.remaining("events", "", 10)).containsExactly("00000b");
        assertThat(pages.remaining("leads", "", 10))
                .as("one that is newer than what is gone stands for its person already")
                .isEmpty();
        pages.remainsNot("events", List.of("00000b"));
        assertThat(pages.remaining("events", "", 10)).isEmpty();
        end(run);
        assertThat(leave()).containsExactly(person(3));
    }

    /** Another record of a person, so many hours older than the one that there is. */
    private void older(String sync, String id, int number, int hours) {
        database.change(handle -> handle.createUpdate("""
                        insert into source_record (sync, record_id, person_id, modified_at, settled, decision)
                        select :sync, :id, person_id, cast(:modified as timestamp with time zone), true, 'deliver'
                        from source_record where sync = 'leads' and record_id = :record
                        """)
                .bind("sync", sync)
                .bind("id", id)
                .bind("modified", clock.instant().minus(Duration.ofHours(hours)))
                .bind("record", record(number))
                .execute());
    }

    @Test
    @DisplayName("B47: a record that was deleted keeps nobody by what another sync read of it before")
    void deletedElsewhere() {
        delivered(1, 4);
        alsoDeliveredByEvents(2);
        ActiveRun run = begin(false);
        delete(run, 2);
        end(run);
        assertThat(leave()).containsExactly(person(2));
        closed(run);
    }

    @Test
    @DisplayName(
            "B43: a subscription that waits goes out though its record left the selection, if another sync delivers it")
    void waitsElsewhere() {
        ActiveRun first = begin(false);
        meet(first, 1, 2);
        end(first);
        companions = Map.of("events", "Leads");
        database.change(handle -> handle.execute("""
                insert into source_record (sync, record_id, person_id, modified_at, settled, decision)
                select 'events', record_id, person_id, modified_at, true, 'deliver' from source_record
                where record_id = '00001'
                """));
        ActiveRun run = begin(true);
        lookForUnmatched(run);
        end(run);
        assertThat(deliver(Action.SUBSCRIBE)).extracting(Delivery::person).containsExactly(person(1));
        assertThat(leave()).isEmpty();
    }

    /** A page that reads records again: from which day each allows no mail. */
    private void read(ActiveRun run, String sync, String decision, Map<Integer, LocalDate> days) {
        pages.commit(PageWrites.of(run.id(), sync, "main", Calls.NONE, "node-1", LEASE)
                .records(days.keySet().stream()
                        .map(i -> new SourceRecord(
                                record(i), Optional.of(person(i)), clock.instant(), true, decision, Optional.empty()))
                        .toList())
                .outcomes(days.keySet().stream()
                        .map(i -> new RecordOutcome(
                                record(i),
                                Optional.of(person(i)),
                                decision,
                                decision.equals("withhold")
                                        ? new Outcome.Ignored(IgnoreReason.CONSENT_WITHHELD)
                                        : new Outcome.Duplicate(false),
                                Optional.empty()))
                        .toList())
                .keeping(new PageWrites.Keeping(
                        list.id(),
                        List.of(),
                        Set.of(),
                        Optional.empty(),
                        Set.of(),
                        days.entrySet().stream()
                                .collect(Collectors.toMap(day -> record(day.getKey()), Map.Entry::getValue)),
                        Map.of()))
                .build());
    }

    private void lookForLostConsent(ActiveRun run) {
        LostConsent lost = new LostConsent(
                pages, clock, new ReadLease(new CallCounter(CallListener.NONE), "node-1", LEASE, () -> false));
        Iterator<List<EndedConsent>> found = lost.pages(run);
        while (found.hasNext()) {
            lost.commit(found.next(), run);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Test
    @DisplayName(
            "B12: a consent that ends by its day is noticed by the first run after that day, though no record is read")
    void consentEndsByItsDay() {
        consentLost = Optional.of(ConsentLost.UNSUBSCRIBE);
        delivered(1, 5);
        ActiveRun run = begin(false);
        read(run, "leads", "deliver-as-expressed", Map.of(1, today().plusDays(1), 2, today().plusDays(300)));
        lookForLostConsent(run);
        end(run);
        assertThat(leave()).isEmpty();
        closed(run);
        clock.pass(Duration.ofDays(1));
        ActiveRun next = begin(false);
        lookForLostConsent(next);
        end(next);
        assertThat(leave()).containsExactly(person(1));
        Counters counters = closed(next);
        assertThat(counters.total()).isEqualTo(1);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.CONSENT_WITHHELD, 1L);
        ActiveRun last = begin(false);
        lookForLostConsent(last);
        end(last);
        assertThat(leave()).isEmpty();
        assertThat(closed(last).total()).isZero();
    }

    @Test
    @DisplayName(
            "B12: lost consent is held by the brake, told as a cause of its own, and asked for once while it is held")
    void lostConsentUnderTheBrake() {
        consentLost = Optional.of(ConsentLost.UNSUBSCRIBE);
        delivered(1, 5);
        brake = new Settings.Brake(0, 0);
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today(), 2, today()));
        lookForLostConsent(run);
        assertThat(end(run).orElseThrow()).contains("2 people would leave", "2 without consent any more");
        ActiveRun next = begin(false);
        lookForLostConsent(next);
        end(next);
        assertThat(closed(next).total()).as("nobody is asked for twice").isZero();
        ActiveRun again = begin(false);
        read(again, "leads", "deliver-as-expressed", Map.of(1, today().plusDays(9)));
        assertThat(leave()).isEmpty();
        end(again);
        assertThat(removals.allow(sync(), companions, java.time.ZoneOffset.UTC, 1))
                .isNotEmpty();
        assertThat(leave()).as("a person who has consent again stays").containsExactly(person(2));
    }

    @Test
    @DisplayName(
            "B12: lost consent takes nobody off by default where the purpose does not rest on consent, nor with keep")
    void lostConsentKept() {
        delivered(1, 3);
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today()));
        lookForLostConsent(run);
        end(run);
        assertThat(leave()).isEmpty();
        closed(run);
    }

    @Test
    @DisplayName("B12: whom this product did not subscribe stays, whatever their record says")
    void notOurMember() {
        consentLost = Optional.of(ConsentLost.UNSUBSCRIBE);
        Members members = new Members(database, clock);
        Instant reading = members.beginReading(list.id());
        members.listed(list.id(), reading, List.of(person(1)));
        members.finishReading(list.id(), reading, 0);
        delivered(1, 3);
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today(), 2, today()));
        lookForLostConsent(run);
        end(run);
        assertThat(leave()).containsExactly(person(2));
    }

    @Test
    @DisplayName(
            "B12: another sync that delivers the person keeps them, unless it read an older version of the same record")
    void lostConsentAndCompanions() {
        consentLost = Optional.of(ConsentLost.UNSUBSCRIBE);
        delivered(1, 4);
        alsoDeliveredByEvents(1, 2);
        clock.pass(Duration.ofMinutes(1));
        ActiveRun run = begin(false);
        read(run, "leads", "withhold", Map.of(1, today(), 2, today(), 3, today()));
        ActiveRun other = begin(false);
        meet(other, "events", 2);
        end(other);
        ActiveRun next = begin(false);
        lookForLostConsent(next);
        end(next);
        assertThat(leave()).containsExactlyInAnyOrder(person(1), person(3));
    }

    @Test
    @DisplayName("B49, ruling 4: do-not-mail bars a deleted person from every list, and nothing subscribes them again")
    void doNotMail() {
        deleted = LeaverAction.DO_NOT_MAIL;
        delivered(1, 3);
        ActiveRun run = begin(false);
        delete(run, 1);
        end(run);
        assertThat(deliver(Action.UNSUBSCRIBE)).isEmpty();
        assertThat(deliver(Action.DO_NOT_MAIL)).extracting(Delivery::person).containsExactly(person(1));
        assertThat(closed(run).deleted()).isEqualTo(1);
        assertThat(suppressions.of("main", 4711, List.of(person(1))).get(person(1)))
                .extracting(Suppression::reason)
                .containsExactly(IgnoreReason.DO_NOT_MAIL);
    }

    @Test
    @DisplayName("The brake holds more than a tenth of the list, and more than fifty, and not one less (B47)")
    void thresholds() {
        delivered(0, 600);
        ActiveRun sixty = begin(false);
        delete(sixty, numbers(0, 60));
        assertThat(end(sixty)).as("just a tenth").isEmpty();
        assertThat(leave()).hasSize(60);
        closed(sixty);
        ActiveRun more = begin(false);
        delete(more, numbers(60, 115));
        assertThat(end(more)).as("55 of 540 are more than a tenth").isPresent();
        assertThat(runQueries.show(more.id()).orElseThrow().state()).isEqualTo(RunState.BRAKED);
        assertThat(leave()).isEmpty();
        brake = new Settings.Brake(10, 55);
        ActiveRun next = begin(false);
        assertThat(end(next)).as("not more than 55").isEmpty();
        assertThat(leave()).hasSize(55);
        assertThat(closed(more).deleted()).isEqualTo(55);
        closed(next);
    }

    @Test
    @DisplayName(
            "B62, B47: a run that a limit put off and the brake then held says both, and why it was put off at the end")
    void putOffAndBraked() {
        brake = new Settings.Brake(0, 1);
        delivered(1, 6);
        RemovalsOnly only = new RemovalsOnly(
                RunState.DEFERRED,
                "leads: 10 of 10 runs are used",
                Optional.of(clock.instant().plusSeconds(3600)));
        ActiveRun run = begin(false, Optional.of(only));
        delete(run, 1, 2);
        end(run);

        Run held = runQueries.show(run.id()).orElseThrow();
        assertThat(held.says().orElseThrow())
                .startsWith("leads: 10 of 10 runs are used; leads: 2 people would leave")
                .endsWith("--allow-removals 2");
        assertThat(runQueries.deferred()).extracting(Run::message).containsExactly(Optional.of(only.because()));

        removals.allow(sync(), companions, java.time.ZoneOffset.UTC, 2);
        leave();
        runClosing.closeFinished();
        Run ended = runQueries.show(run.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(RunState.DEFERRED);
        assertThat(ended.says()).contains(only.because());
    }

    @Test
    @DisplayName(
            "What a failed run holds leaves with the next that read everything, and its figures are whole then (B47)")
    void failedRun() {
        delivered(1, 4);
        ActiveRun failed = begin(false);
        delete(failed, 1);
        runs.fail(failed.id(), "Zoho went away", true);
        assertThat(leave()).isEmpty();
        ActiveRun next = begin(false);
        end(next);
        assertThat(leave()).containsExactly(person(1));
        assertThat(outcomes.counters(failed.id()).pending()).isZero();
        assertThat(outcomes.counters(failed.id()).deleted()).isEqualTo(1);
        assertThat(closed(next).deleted()).isZero();
    }

    @Test
    @DisplayName(
            "A person who comes back while the brake holds them stays; another number than the brake's is refused (B47)")
    void comesBack() {
        brake = new Settings.Brake(0, 1);
        delivered(1, 6);
        ActiveRun run = begin(false);
        delete(run, 1, 2, 3);
        assertThat(end(run).orElseThrow()).endsWith("--allow-removals 3");
        ActiveRun back = begin(false);
        meet(back, 2);
        assertThat(end(back)).as("it holds nobody of its own").isEmpty();
        closed(back);
        assertThat(removals.held()).containsEntry("leads", 2L);
        assertThatThrownBy(() -> removals.allow(sync(), companions, java.time.ZoneOffset.UTC, 3))
                .hasMessageContaining("--allow-removals 2");
        ActiveRun reading = begin(false);
        assertThatThrownBy(() -> removals.allow(sync(), companions, java.time.ZoneOffset.UTC, 2))
                .hasMessageContaining("under way");
        end(reading);

        assertThat(removals.allow(sync(), companions, java.time.ZoneOffset.UTC, 2))
                .isEqualTo(run.id());
        assertThat(leave()).containsExactlyInAnyOrder(person(1), person(3));
        Counters counters = closed(run);
        assertThat(counters.deleted()).isEqualTo(2);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OTHER, 1L);
    }

    @Test
    @DisplayName(
            "B51: what an earlier address refused holds for the later ones, whichever came first, until it is taken back")
    void formerAddresses() {
        ActiveRun run = begin(false);
        database.change(handle -> FormerAddresses.moved(
                handle, "main", "leads", List.of(new FormerAddresses.Moved("00001", person(1), person(2)))));
        database.change(handle -> FormerAddresses.moved(
                handle, "main", "leads", List.of(new FormerAddresses.Moved("00001", person(2), person(3)))));
        meet(run, 3);
        Suppression refusal = new Suppression(
                "main", person(1), list.id(), Suppression.CAMPAIGNS, IgnoreReason.OPTED_OUT, clock.instant());
        suppressions.add(List.of(refusal));

        assertThat(suppressions.of("main", list.id(), List.of(person(3))).get(person(3)))
                .extracting(Suppression::origin, Suppression::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Suppression.FORMER_ADDRESS, IgnoreReason.OPTED_OUT));
        assertThat(suppressions.of("main", list.id() + 1, List.of(person(3)))).isEmpty();
        end(run);
        assertThat(deliver(Action.SUBSCRIBE)).as("nor does what waited leave").isEmpty();
        assertThat(closed(run).ignored()).containsEntry(IgnoreReason.OPTED_OUT, 1L);
        database.change(handle -> FormerAddresses.moved(
                handle, "main", "leads", List.of(new FormerAddresses.Moved("00004", person(4), person(5)))));
        suppressions.add(List.of(new Suppression(
                "main", person(4), list.id(), Suppression.CAMPAIGNS, IgnoreReason.BOUNCED, clock.instant())));
        assertThat(suppressions.of("main", list.id(), List.of(person(5))))
                .as("a bounce is no refusal")
                .isEmpty();
    }
}
