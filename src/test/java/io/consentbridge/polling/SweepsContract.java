package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Cursor;
import io.consentbridge.crm.Deletion;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.PageWrites;
import io.consentbridge.decision.PagesContract;
import io.consentbridge.decision.WithheldPeople;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Held;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Settlement;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.ConsentLedger;
import io.consentbridge.run.LeaseLost;
import io.consentbridge.run.LedgerEntry;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.FullScan;
import io.consentbridge.sync.Outcome;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a sweep for opt-outs keeps, on either engine. */
abstract class SweepsContract {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Person PERSON = new Person("jane@c1.example.com");
    private static final SweptModule CONTACTS =
            SweptModule.of("Contacts", false, Set.of("Email", "Email_Opt_Out")).orElseThrow();
    private static final SweptModule LEADS =
            SweptModule.of("Leads", true, Set.of("Email", "Email_Opt_Out")).orElseThrow();

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private final SweepCursor reached = new SweepCursor(
            Optional.empty(), true, Optional.of(clock.instant()), Optional.of(new Cursor(clock.instant(), "41")));
    private Database database;
    private Outbox outbox;
    private Members members;
    private Suppressions suppressions;
    private Runs runs;
    private RunQueries runQueries;
    private RunClosing runClosing;
    private Outcomes outcomes;
    private Cursors cursors;
    private PageStore pages;
    private OptOutSweep sweep;
    private MailingList list;
    private final List<String> told = new ArrayList<>();
    private final RunListener heard = new RunListener() {
        @Override
        public void ended(String sync, RunState result) {}

        @Override
        public void decided(String sync, String decision) {
            told.add(sync + " " + decision);
        }
    };

    SweepsContract(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        outbox = new Outbox(database, clock);
        members = new Members(database, clock);
        suppressions = new Suppressions(database, clock);
        runs = new Runs(database, clock);
        runQueries = new RunQueries(database, clock);
        runClosing = new RunClosing(database, clock);
        outcomes = new Outcomes(database);
        cursors = new Cursors(database);
        pages = new PageStore(database, clock, outbox, members, suppressions, heard);
        CallCounter calls = new CallCounter(CallListener.NONE);
        sweep = new OptOutSweep(
                null,
                null,
                null,
                cursors,
                pages,
                members,
                BasisReader.ZOHO,
                clock,
                new ReadLease(calls, "node-1", LEASE, () -> false),
                Duration.ZERO);
        MailingLists lists = new MailingLists(database);
        long id = lists.remember("main", "News", Optional.empty()).id();
        lists.found(id, "key");
        list = lists.find(id).orElseThrow();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ActiveRun begin(Sync.LeaverAction optedOut) {
        // A sync is read by one run at a time.
        runQueries.open().forEach(run -> runs.read(run.id()));
        clock.pass(Duration.ofSeconds(1));
        RunRequest request = new RunRequest("leads", "main", Run.Cause.SCHEDULE, false, clock.instant(), "node-1");
        Sync sync = new Sync(
                "leads",
                "main",
                "Leads",
                "news",
                Optional.empty(),
                Sync.Subscription.MARKETING,
                new Selection(new Selection.All(), Optional.empty()),
                new Mapping(Map.of(), false),
                Sync.EvidenceDepth.BASIS,
                Sync.Retrieve.NEW_OR_MODIFIED,
                Optional.empty(),
                FullScan.NEVER,
                Sync.LeaverAction.UNSUBSCRIBE,
                optedOut,
                Sync.LeaverAction.IGNORE,
                Optional.empty(),
                Sync.Returning.STAY,
                Sync.SecondaryAddresses.REFUSE,
                Sync.ConvertedLeads.EXCLUDE,
                true,
                Optional.empty());
        Purpose purpose = new Purpose(
                "news", "News", LawfulBasis.CONTRACT, "News", false, SignupForm.PRIVATE, List.of(), Optional.empty());
        return new ActiveRun(
                runs.begin(request, LEASE).orElseThrow(),
                sync,
                purpose,
                ZohoStandIn.connection("main", "http://127.0.0.1:1"),
                false,
                false,
                clock.instant(),
                Map.of(),
                list,
                Optional.empty(),
                Map.of());
    }

    private ActiveRun begin() {
        return begin(Sync.LeaverAction.UNSUBSCRIBE);
    }

    private SweptPage page(SweptModule module, CrmRecord... records) {
        return new SweptPage(module, List.of(records), reached);
    }

    private static CrmRecord record(String id, String email, boolean optOut) {
        return new CrmRecord(id, Instant.EPOCH, Map.of("Email", email, "Email_Opt_Out", optOut));
    }

    private static CrmRecord refusal(String id) {
        return record(id, " Jane@c1.example.com", true);
    }

    private void isMember() {
        Instant reading = members.beginReading(list.id());
        members.listed(list.id(), reading, List.of(PERSON));
        members.finishReading(list.id(), reading, 0);
    }

    private List<Suppression> known() {
        return suppressions.of("main", list.id(), List.of(PERSON)).getOrDefault(PERSON, List.of());
    }

    private List<Delivery> leaving() {
        return outbox.claim("main", Action.UNSUBSCRIBE, "worker", 100, LEASE);
    }

    @Test
    @DisplayName("B52: a member who opted out in another module leaves the list, is counted once, and history says why")
    void memberLeaves() {
        isMember();
        ActiveRun run = begin();

        sweep.commit(page(CONTACTS, refusal("41"), refusal("42"), record("43", "sales@c1.example.com", true)), run);

        assertThat(known())
                .extracting(Suppression::origin)
                .containsExactly(Suppression.crm("Contacts", "41"), Suppression.crm("Contacts", "42"));
        assertThat(known()).allMatch(known -> known.listId() == Suppression.EVERY_LIST);
        assertThat(told).as("what metrics hear").containsExactly("leads suppress");
        List<Delivery> leaving = leaving();
        assertThat(leaving).extracting(Delivery::recordId).containsExactly("41");
        outbox.settle(
                List.of(new Settlement.Delivered(leaving.get(0), leaving.get(0).onSuccess())));
        runs.read(run.id());
        assertThat(runClosing.closeFinished()).extracting(Run::state).containsExactly(RunState.COMPLETED);
        Counters counters = outcomes.counters(run.id());
        assertThat(counters.balances()).isTrue();
        assertThat(counters.total()).isEqualTo(1);
        assertThat(counters.ignored()).containsEntry(IgnoreReason.OPTED_OUT, 1L);
        assertThat(outcomes.decisions(run.id()))
                .containsExactly(new Outcomes.DecisionCount(
                        "suppress", "A record of Contacts: The CRM says that the person opted out of e-mail.", 1));
        assertThat(new ConsentLedger(database).of(PERSON))
                .extracting(LedgerEntry::decision)
                .containsExactly("suppress");
    }

    @Test
    @DisplayName(
            "B47, B75: a deleted record of a member counts once in the metrics, and takes them off when all was read")
    void deletedRecord() {
        isMember();
        ActiveRun run = begin();
        pages.commit(PageWrites.of(run.id(), "leads", "main", Calls.NONE, "node-1", LEASE)
                .records(List.of(
                        new SourceRecord("7", Optional.of(PERSON), Instant.EPOCH, true, "deliver", Optional.empty())))
                .build());
        deletions()
                .commit(
                        new DeletedPage(
                                List.of(new Deletion("7", clock.instant()), new Deletion("8", clock.instant())),
                                Optional.of(clock.instant())),
                        run);

        assertThat(told).containsExactly("leads deleted");
        assertThat(leaving()).as("before everything was read").isEmpty();
        new RemovalBrake(database, clock, () -> new Settings.Brake(10, 50)).endReading(run);
        assertThat(leaving()).extracting(Delivery::recordId).containsExactly("7");
    }

    @Test
    @DisplayName("A page that a crash repeats changes nothing, before and after the person has left")
    void twice() {
        isMember();
        ActiveRun run = begin();
        SweptPage page = page(CONTACTS, refusal("41"));
        sweep.commit(page, run);
        sweep.commit(page, run);
        List<Delivery> leaving = leaving();
        assertThat(leaving).extracting(Delivery::version).containsExactly(1);
        outbox.settle(
                List.of(new Settlement.Delivered(leaving.get(0), leaving.get(0).onSuccess())));

        sweep.commit(page, run);

        assertThat(leaving()).isEmpty();
        assertThat(known()).hasSize(1);
        assertThat(outcomes.counters(run.id()).total()).isEqualTo(1);
        assertThat(outcomes.counters(run.id()).ignored()).containsEntry(IgnoreReason.OPTED_OUT, 1L);
        assertThat(new ConsentLedger(database).of(PERSON)).hasSize(1);
    }

    @Test
    @DisplayName("B51: with optedOut: ignore a member stays on the list, and is remembered all the same")
    void ignored() {
        isMember();
        ActiveRun run = begin(Sync.LeaverAction.IGNORE);

        sweep.commit(page(CONTACTS, refusal("41")), run);

        assertThat(known()).hasSize(1);
        assertThat(leaving()).isEmpty();
        assertThat(outcomes.counters(run.id()).total()).isZero();
    }

    @Test
    @DisplayName("A person who is not on the list is remembered, and costs no call and no count")
    void strangers() {
        ActiveRun run = begin();

        sweep.commit(page(CONTACTS, refusal("41")), run);

        assertThat(known()).hasSize(1);
        assertThat(leaving()).isEmpty();
        assertThat(outcomes.counters(run.id()).total()).isZero();
    }

    @Test
    @DisplayName("A record of the sync's own module is remembered; its page decides it")
    void ownModule() {
        isMember();
        ActiveRun run = begin();

        sweep.commit(page(LEADS, refusal("11")), run);

        assertThat(known()).extracting(Suppression::origin).containsExactly(run.origin("11"));
        assertThat(leaving()).isEmpty();
        assertThat(outcomes.counters(run.id()).total()).isZero();
        assertThat(pages.knowledge("main", "leads", "Leads", list.id(), List.of("11", "12"), List.of())
                        .refusing())
                .as("its page takes it back when it opts in before it is read")
                .containsExactly("11");
    }

    @Test
    @DisplayName(
            "B52: a person who opts out without a new Modified_Time leaves with the sweep, though the pages pass the record over")
    void quietOptOut() {
        isMember();
        ActiveRun run = begin();
        pages.commit(PageWrites.of(run.id(), "leads", "main", Calls.NONE, "node-1", LEASE)
                .records(List.of(
                        new SourceRecord("11", Optional.of(PERSON), Instant.EPOCH, true, "deliver", Optional.empty())))
                .build());

        sweep.commit(page(LEADS, record("11", PERSON.address(), true)), run);

        assertThat(leaving()).extracting(Delivery::recordId).containsExactly("11");
        assertThat(outcomes.counters(run.id()).total()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "A person who opted back in is free of that record, and of no other; its earlier address is not, while it refuses")
    void released() {
        ActiveRun run = begin();
        sweep.commit(page(CONTACTS, refusal("41"), refusal("42")), run);

        sweep.commit(page(CONTACTS, record("41", PERSON.address(), false)), run);
        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "42"));

        sweep.commit(page(CONTACTS, record("42", "other@c1.example.com", true)), run);
        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "42"));

        sweep.commit(page(CONTACTS, record("42", "other@c1.example.com", false)), run);
        assertThat(known()).isEmpty();
    }

    @Test
    @DisplayName("B52: a process that read a record before it was changed takes back nothing that the changed one says")
    void olderPage() {
        CrmRecord before = new CrmRecord("41", Instant.EPOCH, Map.of("Email", PERSON.address()));
        CrmRecord after = new CrmRecord(
                "41", Instant.EPOCH.plusSeconds(1), Map.of("Email", PERSON.address(), "Email_Opt_Out", true));
        sweep.commit(page(CONTACTS, after), begin());

        sweep.commit(page(CONTACTS, before), begin());

        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "41"));
        CrmRecord back = new CrmRecord("41", Instant.EPOCH.plusSeconds(2), Map.of("Email", PERSON.address()));
        sweep.commit(page(CONTACTS, back), begin());
        assertThat(known()).isEmpty();
    }

    @Test
    @DisplayName("B52: a person who was subscribed a moment before the sweep read their refusal leaves again")
    void justSubscribed() {
        ActiveRun run = begin();
        Person other = new Person("late@c1.example.com");
        outbox.enqueue(List.of(PagesContract.subscription(list.id(), other, run.id(), "12")));
        List<Delivery> flying = outbox.claim("main", Action.SUBSCRIBE, "worker", 1, LEASE);
        outbox.settle(
                List.of(new Settlement.Delivered(flying.get(0), flying.get(0).onSuccess())));

        sweep.commit(page(LEADS, record("12", other.address(), true)), run);

        assertThat(leaving()).extracting(Delivery::person).containsExactly(other);
    }

    @Test
    @DisplayName("The cursor is kept with the page, for each sync and module; a full run begins anew from it")
    void cursor() {
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(SweepCursor.NONE);
        sweep.commit(page(CONTACTS), begin());
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(reached);
        assertThat(cursors.sweep("leads", "Leads")).isEqualTo(SweepCursor.NONE);
        assertThat(cursors.sweep("others", "Contacts")).isEqualTo(SweepCursor.NONE);

        cursors.reset("leads");
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(SweepCursor.NONE);
        SweepCursor over = new SweepCursor(Optional.of(clock.instant()), false, Optional.empty(), Optional.empty());
        sweep.commit(new SweptPage(CONTACTS, List.of(), over), begin());
        cursors.reset("leads");
        assertThat(cursors.sweep("leads", "Contacts"))
                .as("all refusals, and what has changed since the last sweep")
                .isEqualTo(new SweepCursor(over.since(), true, Optional.empty(), Optional.empty()));
    }

    @Test
    @DisplayName(
            "B52: between runs a member who refuses leaves without being counted, and a page that a crash repeats changes"
                    + " nothing")
    void betweenRuns() {
        isMember();
        ActiveRun run = begin();
        BetweenRuns between = new BetweenRuns(database, outbox, members, suppressions);
        BetweenRuns.Target target =
                new BetweenRuns.Target("leads", run.purpose(), true, list.id(), Action.DO_NOT_MAIL, run.id());
        SweptPage page = page(CONTACTS, refusal("41"), record("42", "other@c1.example.com", false));
        Suppression refusal = new Suppression(
                "main",
                PERSON,
                Suppression.EVERY_LIST,
                Suppression.crm("Contacts", "41"),
                IgnoreReason.OPTED_OUT,
                clock.instant());

        assertThat(between.keep("main", page, List.of(refusal), List.of(), List.of(target), clock.instant()))
                .isEqualTo(1);
        between.keep("main", page, List.of(refusal), List.of(), List.of(target), clock.instant());

        assertThat(known()).extracting(Suppression::origin).containsExactly(Suppression.crm("Contacts", "41"));
        assertThat(outbox.claim("main", Action.DO_NOT_MAIL, "worker", 100, LEASE))
                .extracting(Delivery::recordId)
                .containsExactly("41");
        assertThat(outcomes.counters(run.id()).total()).isZero();
        assertThat(new ConsentLedger(database).of(PERSON))
                .extracting(LedgerEntry::decision)
                .contains("suppress");
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Contacts")).isEqualTo(reached);

        between.keep(
                "main",
                page(CONTACTS, record("41", PERSON.address(), false)),
                List.of(),
                List.of(),
                List.of(),
                clock.instant());
        assertThat(known()).as("who opted back in is free").isEmpty();
    }

    private int keepBetweenRuns(Action action, ActiveRun newest) {
        Suppression refusal = new Suppression(
                "main",
                PERSON,
                Suppression.EVERY_LIST,
                Suppression.crm("Contacts", "41"),
                IgnoreReason.OPTED_OUT,
                clock.instant());
        return new BetweenRuns(database, outbox, members, suppressions)
                .keep(
                        "main",
                        page(CONTACTS, refusal("41")),
                        List.of(refusal),
                        List.of(),
                        List.of(new BetweenRuns.Target(
                                "leads", newest.purpose(), true, list.id(), action, newest.id())),
                        clock.instant());
    }

    private String pending() {
        return database.query(handle -> handle.createQuery("select action, run_id, version from delivery")
                .map((row, context) -> row.getString(1) + " " + row.getString(2) + " " + row.getInt(3))
                .one());
    }

    @Test
    @DisplayName("B52: a removal that waits or flies is not asked for again between runs, and stays its run's")
    void asksOnce() {
        isMember();
        ActiveRun first = begin();
        outbox.enqueue(List.of(
                Draft.leaving(list.id(), PERSON, first.id(), "9", new Outcome.Ignored(IgnoreReason.OPTED_OUT))));
        database.change(handle -> handle.execute("update list_member set delivered_at = now(), unsure = true"));
        ActiveRun newest = begin();

        assertThat(keepBetweenRuns(Action.UNSUBSCRIBE, newest)).isZero();
        assertThat(pending()).isEqualTo("unsubscribe " + first.id() + " 1");

        assertThat(leaving()).hasSize(1);
        assertThat(keepBetweenRuns(Action.UNSUBSCRIBE, newest)).isZero();
        assertThat(pending()).isEqualTo("unsubscribe " + first.id() + " 1");

        assertThat(keepBetweenRuns(Action.DO_NOT_MAIL, newest))
                .as("the stronger action is asked for")
                .isEqualTo(1);
        assertThat(pending()).startsWith("do-not-mail " + newest.id());
    }

    @Test
    @DisplayName("B52: a removal that is held back is due between runs once its person refuses")
    void heldBackIsDue() {
        isMember();
        ActiveRun run = begin();
        outbox.enqueue(List.of(Draft.leaving(list.id(), PERSON, run.id(), "9", new Outcome.Deleted())
                .heldBack("leads", Held.Cause.DELETED)));
        assertThat(leaving()).isEmpty();

        assertThat(keepBetweenRuns(Action.UNSUBSCRIBE, begin())).isEqualTo(1);

        assertThat(leaving()).hasSize(1);
    }

    @Test
    @DisplayName("Sweeps between runs begin where the first run has read all refusals")
    void beginBetweenRuns() {
        SweepCursor over = new SweepCursor(Optional.of(clock.instant()), false, Optional.empty(), Optional.empty());
        sweep.commit(new SweptPage(CONTACTS, List.of(), over), begin());
        sweep.commit(page(LEADS), begin());

        cursors.beginBetweenRuns("main", "leads");
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Contacts")).isEqualTo(over);
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Leads"))
                .as("not swept to its end")
                .isEqualTo(SweepCursor.NONE);

        SweepCursor later = new SweepCursor(
                Optional.of(clock.instant().plusSeconds(60)), false, Optional.empty(), Optional.empty());
        sweep.commit(new SweptPage(CONTACTS, List.of(), later), begin());
        cursors.beginBetweenRuns("main", "leads");
        assertThat(cursors.sweep(Cursors.betweenRuns("main"), "Contacts"))
                .as("what they have not read themselves is not passed over")
                .isEqualTo(over);
    }

    @Test
    @DisplayName("A page of a run that another process took over is not kept")
    void leaseLost() {
        isMember();
        ActiveRun run = begin();
        clock.pass(LEASE);
        assertThat(runs.takeOver("node-2", LEASE)).map(Run::id).contains(run.id());

        assertThatThrownBy(() -> sweep.commit(page(CONTACTS, refusal("41")), run))
                .isInstanceOf(LeaseLost.class);

        assertThat(known()).isEmpty();
        assertThat(leaving()).isEmpty();
        assertThat(cursors.sweep("leads", "Contacts")).isEqualTo(SweepCursor.NONE);
    }

    @Test
    @DisplayName(
            "B51: an unknown word that a later modification of a record names is not taken back by an earlier reading")
    void olderWord() {
        Instant early = clock.instant();
        Instant late = early.plusSeconds(60);
        List<WithheldPeople.Withheld> withheld = List.of(new WithheldPeople.Withheld(PERSON, "crm:Leads:1"));
        names(late, withheld);

        names(early, List.of());
        assertThat(withheld()).isTrue();
        names(early, withheld);
        assertThat(withheld()).isTrue();
        names(late.plusSeconds(1), List.of());
        assertThat(withheld()).isFalse();
    }

    @Test
    @DisplayName("B12: an unknown word goes with its record, also where a sync of another module read it")
    void wordOfDeletedRecord() {
        ActiveRun run = begin();
        names(clock.instant(), List.of(new WithheldPeople.Withheld(PERSON, "crm:Leads:1")));

        deletions()
                .commit(
                        new DeletedPage(
                                List.of(new Deletion("1", clock.instant().plusSeconds(1))),
                                Optional.of(clock.instant())),
                        run);

        assertThat(withheld()).isFalse();
    }

    private DeletionPolling deletions() {
        return new DeletionPolling(
                null,
                cursors,
                pages,
                new ReadLease(new CallCounter(CallListener.NONE), "node-1", LEASE, () -> false),
                Duration.ZERO);
    }

    private void names(Instant modified, List<WithheldPeople.Withheld> withheld) {
        database.change(handle -> WithheldPeople.replace(handle, "main", Map.of("crm:Leads:1", modified), withheld));
    }

    private boolean withheld() {
        return database.query(handle -> !WithheldPeople.of(handle, "main", PersonNumbers.known(handle, Set.of(PERSON)))
                .isEmpty());
    }
}
