package io.consentbridge.polling;

import io.consentbridge.TestFolders;
import io.consentbridge.ZohoStandIn;
import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Settings;
import io.consentbridge.confirmation.ConfirmationRequests;
import io.consentbridge.confirmation.PageRequests;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.Ground;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.Deletion;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.decision.Candidate;
import io.consentbridge.decision.ConsentSteps;
import io.consentbridge.decision.ContactFields;
import io.consentbridge.decision.Decided;
import io.consentbridge.decision.EndedConsent;
import io.consentbridge.decision.LostConsent;
import io.consentbridge.decision.PageAssembler;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.SelectedPage;
import io.consentbridge.decision.Verdict;
import io.consentbridge.ledger.Keys;
import io.consentbridge.ledger.Ledger;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Delivery;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.person.Erasures;
import io.consentbridge.person.PersonRights;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.SyncBuilder;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jdbi.v3.core.Handle;

/** The store of one sync with everything that changes it, without routes, HTTP and Zoho. */
final class StoreWorld implements AutoCloseable {

    static final String SYNC = "leads";
    static final String GROUND = "Newsletter_Requested";
    static final Duration LEASE = Duration.ofMinutes(5);
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final String NODE = "node-1";
    private static final Map<String, CrmField> FIELDS = Map.of(
            "Email",
            new CrmField("Email", "Email", "email", null),
            "Email_Opt_Out",
            new CrmField("Email_Opt_Out", "Email Opt Out", "boolean", null),
            "Data_Processing_Basis",
            new CrmField("Data_Processing_Basis", "Basis", "picklist", null),
            GROUND,
            new CrmField(GROUND, "Newsletter", "boolean", null));

    final MovedClock clock = new MovedClock();
    final Database database;
    final Suppressions suppressions;
    final ConfirmationRequests requests;
    final PersonRights rights;
    final Ledger ledger;
    final PersonLedger entries;
    final boolean asks;
    private final Optional<Period> validity;
    private final Sync sync;
    private final Connection connection = ZohoStandIn.connection("main", "http://127.0.0.1:1");
    private final Outbox outbox;
    private final Runs runs;
    private final RunClosing closing;
    private final RemovalBrake removals;
    private final DeletionPolling deletions;
    private final LostConsent lost;
    private final Polling polling;
    private final ConsentSteps steps;
    private final ContactFields fields = new ContactFields(null);
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final MailingList list;
    private int wording;
    private Runnable beforeCommit = () -> {};

    /**
     * @param asks whether people are asked for their consent; otherwise those are delivered whose record says they consented
     * @param validity how long a consent lasts that a person gave when they were asked
     */
    StoreWorld(TestDatabase engine, boolean asks, Optional<Period> validity) {
        this.asks = asks;
        this.validity = validity;
        sync = new SyncBuilder(SYNC)
                .consent(asks ? ConsentSetting.REQUIRED : ConsentSetting.EXPRESSED)
                .build();
        database = engine.open();
        Settings settings = settings();
        Settings.Ledger sealing = new Settings.Ledger(
                Optional.of(SealingKey.random()),
                Optional.empty(),
                Path.of("none"),
                new Settings.Checkpoints(Optional.empty(), Optional.empty(), Optional.empty()));
        Keys keys = new Keys(database, sealing, clock);
        ledger = new Ledger(database, sealing, keys, clock, NODE, Duration.ofMinutes(1));
        ledger.begin();
        entries = new PersonLedger(database);
        ErasedPeople erased = new ErasedPeople(database, keys::suppressionKey);
        Members members = new Members(database);
        suppressions = new Suppressions(
                database,
                clock,
                (on, name) -> Set.of(purpose()),
                (handle, on, purpose, people, at) ->
                        PageRequests.withdraw(handle, on, people, purpose, LedgerEvent.CAMPAIGNS, at));
        outbox = new Outbox(
                database, clock, suppressions, any -> false, any -> ZONE, any -> Optional.of(purpose()), erased);
        runs = new Runs(database, clock);
        closing = new RunClosing(database, clock);
        Cursors cursors = new Cursors(database);
        PageStore pages = new PageStore(database, clock, outbox, members, suppressions, RunListener.NONE);
        ReadLease lease = new ReadLease(new CallCounter(CallListener.NONE), NODE, LEASE, () -> false);
        removals = new RemovalBrake(database, clock, () -> new Settings.Brake(100, 1_000_000));
        deletions = new DeletionPolling(null, cursors, pages, lease, Duration.ZERO);
        lost = new LostConsent(pages, clock, lease);
        polling = new Polling(
                null,
                null,
                cursors,
                pages,
                members,
                new PageAssembler(pages, clock, lease),
                BasisReader.ZOHO,
                new ErasedRecords(erased),
                Duration.ZERO,
                () -> false);
        steps = new ConsentSteps(null, BasisReader.ZOHO, fields, clock);
        MailingLists lists = new MailingLists(database);
        long id = lists.remember("main", "News", Optional.empty()).id();
        lists.found(id, "key");
        list = lists.find(id).orElseThrow();
        requests = ConfirmationRequests.of(
                database,
                clock,
                () -> Map.of("news", purpose()),
                any -> ZONE,
                () -> 1_000_000,
                outbox,
                members,
                suppressions);
        rights = PersonRights.of(
                database,
                () -> new SyncCatalog(
                        new Configuration(settings, Map.of("news", purpose()), Map.of(SYNC, sync), Map.of()), Map.of()),
                lists,
                new RunQueries(database, clock),
                outbox,
                members,
                suppressions,
                erased,
                new Erasures.PersonKeys() {
                    @Override
                    public void seal() {
                        ledger.finish(Duration.ofMinutes(1));
                    }

                    @Override
                    public void destroy(Handle handle, Collection<Person> people) {
                        keys.destroy(handle, people);
                    }
                },
                ledger::writeProofs,
                clock);
    }

    private static Settings settings() {
        Path folder = TestFolders.make();
        try {
            Files.writeString(folder.resolve("application.properties"), """
                    zoho.connections = main
                    zoho.main.data-centre = eu
                    zoho.main.client-id = id
                    zoho.main.client-secret = secret
                    zoho.main.refresh-token = token
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ((Configuration) Configuration.load(folder, Map.of())).settings();
    }

    /** The purpose as it is worded now. */
    Purpose purpose() {
        Confirmation asking = new Confirmation(
                Confirmation.Via.MAIL,
                Optional.of(new Confirmation.Sender("Example", "news@example.com")),
                Optional.of("Please confirm"),
                Optional.of("templates/confirm"),
                Duration.ofDays(14),
                Optional.empty(),
                Duration.ofDays(90),
                Optional.of(new Ground.Field(GROUND)),
                Map.of(),
                Optional.empty());
        Disclosure said = new Disclosure(
                Optional.of("en"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                validity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Disclosure.OnErasure.UNSUBSCRIBE);
        return new Purpose(
                        "news",
                        "Yes, write to me. (" + wording + ")",
                        LawfulBasis.CONSENT,
                        "News",
                        false,
                        SignupForm.PRIVATE,
                        List.of(),
                        Optional.empty())
                .with(Optional.of(asking), said);
    }

    /** The purpose gets other words; the next run reads everything. */
    void reword() {
        wording++;
    }

    /** A run that reads these records and these deletions, and looks for consents that ended. */
    void run(List<CrmRecord> records, List<String> deleted, boolean full) {
        clock.pass(Duration.ofSeconds(2));
        NewRun newRun = new NewRun(SYNC, "main", Run.Cause.COMMAND, full, clock.instant(), NODE);
        ActiveRun run = new ActiveRun(
                runs.begin(newRun, LEASE).orElseThrow(),
                sync,
                purpose(),
                connection,
                full,
                false,
                clock.instant(),
                FIELDS,
                list,
                Optional.empty(),
                Map.of());
        if (!records.isEmpty()) {
            page(run, records);
        }
        if (!deleted.isEmpty()) {
            deletions.commit(
                    new DeletedPage(
                            deleted.stream()
                                    .map(id -> new Deletion(id, clock.instant()))
                                    .toList(),
                            Optional.of(clock.instant())),
                    run);
        }
        Iterator<List<EndedConsent>> ended = lost.pages(run);
        while (ended.hasNext()) {
            lost.commit(ended.next(), run);
        }
        removals.endReading(run);
    }

    /** {@link #run(List, List, boolean)}, and something else happens after the page is decided and before it is stored. */
    void run(List<CrmRecord> records, Runnable meanwhile) {
        beforeCommit = meanwhile;
        try {
            run(records, List.of(), true);
        } finally {
            beforeCommit = () -> {};
        }
    }

    private void page(ActiveRun run, List<CrmRecord> records) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.setVariable(ActiveRun.VARIABLE, run);
        exchange.getMessage()
                .setBody(new SelectedPage(
                        run, new CrmPage(records, clock.instant(), true), List.of(), Optional.empty()));
        List<Verdict> verdicts = new ArrayList<>();
        for (Candidate candidate : polling.open(exchange)) {
            verdicts.add(verdict(steps.decide(candidate, exchange), exchange));
        }
        beforeCommit.run();
        exchange.getMessage().setBody(verdicts);
        polling.commit(exchange);
    }

    // As the routes decide-page, deliver and request-consent do.
    private Verdict verdict(Decided decided, Exchange exchange) {
        return switch (decided.word()) {
            case Decision.DELIVER, Decision.DELIVER_AS_EXPRESSED -> {
                fields.map(decided, exchange);
                yield steps.deliver(decided, exchange.getVariable(ContactFields.VARIABLE));
            }
            case Decision.REQUEST_CONSENT -> {
                fields.map(decided, exchange);
                yield steps.requestConsent(decided, exchange.getVariable(ContactFields.VARIABLE));
            }
            case Decision.SUPPRESS -> steps.suppress(decided);
            default -> steps.leaveOut(decided);
        };
    }

    /** Campaigns lists somebody among those who left. */
    void left(Person person) {
        Instant reading = suppressions.beginReading();
        suppressions.listed(list.id(), reading, IgnoreReason.OPTED_OUT, List.of(person));
        suppressions.finishReading(list.id(), reading);
    }

    /**
     * Campaigns lists somebody as active who had left.
     *
     * @return whether their refusal ended
     */
    boolean cameBack(Person person) {
        clock.pass(Duration.ofHours(1));
        Instant reading = suppressions.beginReading();
        return suppressions.cameBack(list.id(), reading, Optional.of(reading), Settings.Rejoin.ANYBODY, List.of(person))
                == 1;
    }

    List<Delivery> claim(Action action) {
        return outbox.claim("main", action, NODE, 1_000, LEASE);
    }

    Outbox outbox() {
        return outbox;
    }

    /** Closes the runs whose deliveries are made. */
    void closeRuns() {
        closing.closeFinished();
    }

    /** Who waits to be put on the list. */
    Set<String> coming() {
        return new HashSet<>(texts("""
                select p.address from delivery d join person p on p.id = d.person_id where d.action = 'subscribe'
                """));
    }

    /** Everything that a click or an opened link could change. */
    List<String> everything() {
        List<String> all = new ArrayList<>(texts("""
                select cast(q.id as text) || ' ' || q.state || ' ' || coalesce(q.ended_because, '') || ' ' || q.attempts
                from confirmation_request q order by q.id
                """));
        all.addAll(texts("select cast(id as text) || ' ' || action from delivery order by id"));
        all.addAll(
                texts("select cast(person_id as text) || ' ' || origin from suppression order by person_id, origin"));
        all.addAll(texts("select cast(coalesce(max(id), 0) as text) from ledger_event"));
        all.addAll(texts("select record_id || ' ' || decision from source_record order by record_id"));
        return all;
    }

    List<String> texts(String query) {
        return database.query(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    /** The states of the requests of a person, by wording, record and run; mails that were perhaps sent count as not sent. */
    List<String> requests(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select q.statement_version || ' ' || q.record_id || ' ' || q.run_id || ' '
                            || case q.state when 'sending' then 'requested' else q.state end
                        from person p join confirmation_request q on q.person_id = p.id where p.address = :person
                        """)
                .bind("person", person.address())
                .mapTo(String.class)
                .list());
    }

    /** The decisions that are stored for a person, by record. */
    List<String> decisions(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select s.record_id || ' ' || s.decision
                        from person p join source_record s on s.person_id = p.id
                        where p.address = :person and s.decision <> 'ignore'
                        """)
                .bind("person", person.address())
                .mapTo(String.class)
                .list());
    }

    @Override
    public void close() {
        database.close();
    }
}
