package io.consentbridge.runtime;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.MemberReading;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.MembershipRefresh;
import io.consentbridge.audience.Spellings;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.campaigns.CampaignsFields;
import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.Topics;
import io.consentbridge.campaigns.WorkflowPermits;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Settings;
import io.consentbridge.confirmation.ConfirmationRequests;
import io.consentbridge.confirmation.ListTrials;
import io.consentbridge.confirmation.PageRequests;
import io.consentbridge.confirmation.TrialAddresses;
import io.consentbridge.confirmation.Trials;
import io.consentbridge.confirmation.mail.BounceMailbox;
import io.consentbridge.confirmation.mail.BounceReports;
import io.consentbridge.confirmation.mail.ConfirmationMails;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.crm.BasisWords;
import io.consentbridge.crm.ConsentDetails;
import io.consentbridge.crm.CrmCampaigns;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.Deletions;
import io.consentbridge.crm.RecordPermits;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.ConsentSteps;
import io.consentbridge.decision.ContactFields;
import io.consentbridge.decision.LostConsent;
import io.consentbridge.decision.PageAssembler;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.Plans;
import io.consentbridge.decision.RefusingOnList;
import io.consentbridge.ledger.Ledger;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.lifecycle.CampaignsFieldBinding;
import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.lifecycle.DailyReading;
import io.consentbridge.lifecycle.DeletedSyncs;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.FanOutRuns;
import io.consentbridge.lifecycle.FanOutSource;
import io.consentbridge.lifecycle.ListBinding;
import io.consentbridge.lifecycle.ReadingEnd;
import io.consentbridge.lifecycle.RefusalReading;
import io.consentbridge.lifecycle.RemainingRecords;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.RunBinding;
import io.consentbridge.lifecycle.RunCompletion;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.lifecycle.RunStarter;
import io.consentbridge.lifecycle.ServedLists;
import io.consentbridge.lifecycle.SweepSource;
import io.consentbridge.lifecycle.SweepTurns;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.lifecycle.SyncModules;
import io.consentbridge.outbox.CampaignsReach;
import io.consentbridge.outbox.Claimant;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.DeletedLists;
import io.consentbridge.outbox.Deliveries;
import io.consentbridge.outbox.DeliveryFailures;
import io.consentbridge.outbox.DeliveryPoller;
import io.consentbridge.outbox.FreshLists;
import io.consentbridge.outbox.ListReader;
import io.consentbridge.outbox.OtherSpellings;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.OutboxQueries;
import io.consentbridge.outbox.PutBack;
import io.consentbridge.outbox.RefusingMembers;
import io.consentbridge.outbox.SettlingRuns;
import io.consentbridge.person.PersonRights;
import io.consentbridge.polling.BetweenRuns;
import io.consentbridge.polling.DeletionPolling;
import io.consentbridge.polling.EmptyConditions;
import io.consentbridge.polling.ErasedRecords;
import io.consentbridge.polling.LostOnList;
import io.consentbridge.polling.OptOutSweep;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.polling.Polling;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.polling.StillSelected;
import io.consentbridge.polling.UnmatchedPolling;
import io.consentbridge.run.DueRuns;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import io.consentbridge.writeback.RecordWrites;
import io.consentbridge.writeback.UpdateLetters;
import io.consentbridge.writeback.UpdateQueries;
import io.consentbridge.writeback.WorkflowLetters;
import io.consentbridge.writeback.WorkflowStarts;
import io.consentbridge.writeback.WritableRecords;
import io.consentbridge.zoho.CallGuard;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Connections;
import io.consentbridge.zoho.Patience;
import io.consentbridge.zoho.Retries;
import io.consentbridge.zoho.WriteGuard;
import io.consentbridge.zoho.ZohoCalls;
import io.consentbridge.zoho.ZohoJson;
import io.consentbridge.zoho.ZohoSeams;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;

/**
 * Builds the components of an installation once, package by package from the bottom up, and then the beans of its routes,
 * file by file. Nothing else builds any of them.
 */
final class Assembly {

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Database database;
    private final Supplier<Configuration> configuration;
    private final RunListener listener;
    private final ThisProcess process;
    private final ExternalAccess access;
    private final Settings settings;
    private final Clock clock;
    private final ZohoSeams seams;
    private final ErasedPeople erased;
    private final Connections connections = this::connection;
    private final SettlingRuns settling = new SettlingRuns();

    private final Components.Crm crm;
    private final Components.Campaigns campaigns;
    private final Components.Proofs proofs;
    private final Components.Audience audience;
    private final Components.Deliveries outbox;
    private final Components.Positions cursors;
    private final Components.History history;
    private final ConfirmationRequests requests;
    private final Components.Decisions decisions;
    private final Components.Reading polling;
    private final Components.Lifecycle lifecycle;
    private final PersonRights people;
    private final ReadLease lease;
    private final Sweeps sweeps;
    private final DeliveryPoller poller;
    private final RecordPermits recordPermits;
    private final WorkflowPermits workflowPermits;
    private final WorkflowStarts workflowStarts;
    private final RecordWrites recordWrites;

    /** The readers of opt-outs and lists between runs, shared by the routes that read and those that deliver. */
    private record Sweeps(
            SyncModules modules, RefusingMembers refusing, ConnectionSweep connections, DailyReading lists) {}

    /**
     * @param template calls the routes
     * @param configuration the current configuration
     * @param listener is told what runs do
     * @param access how the components reach beyond the database
     */
    Assembly(
            Database database,
            ProducerTemplate template,
            Supplier<Configuration> configuration,
            RunListener listener,
            ThisProcess process,
            ExternalAccess access) {
        this.database = database;
        this.configuration = configuration;
        this.listener = listener;
        this.process = process;
        this.access = access;
        settings = configuration.get().settings();
        clock = process.clock();
        seams = new ZohoSeams(template);

        crm = crm();
        campaigns = campaigns();
        proofs = proofs();
        erased = new ErasedPeople(database, access.keys()::suppressionKey);
        audience = audience();
        outbox = outbox();
        cursors = new Components.Positions(new Cursors(database), new MappedFields(database));
        history = history();
        requests = requests();
        decisions = decisions();
        polling = polling();
        lifecycle = lifecycle();
        people = people();
        lease = new ReadLease(process.calls(), process.node(), settings.lease(), lifecycle.flow()::isStopping);
        sweeps = sweeps();
        poller = poller();
        recordPermits = new RecordPermits(clock);
        workflowPermits = new WorkflowPermits(clock);
        recordWrites = recordWrites();
        workflowStarts = new WorkflowStarts(
                () -> configuration.get().settings().connections().values(),
                database,
                workflowPermits,
                access.quota(),
                outbox.backoff(),
                process.node(),
                settings.lease(),
                clock,
                poller::mayClaim);
    }

    Components components() {
        Map<String, Object> beans = new LinkedHashMap<>();
        callBeans(beans);
        runBeans(beans);
        pollBeans(beans);
        consentBeans(beans);
        deliveryBeans(beans);
        beans.put("recordWrites", recordWrites);
        beans.put("workflowStarts", workflowStarts);
        askingBeans(beans);
        TrialAddresses trialAddresses = new TrialAddresses(database, audience.suppressions(), erased);
        return new Components(
                access,
                crm,
                campaigns,
                proofs,
                audience,
                outbox,
                cursors,
                history,
                requests,
                trialAddresses,
                listTrials(trialAddresses),
                decisions,
                polling,
                lifecycle,
                people,
                poller,
                new Components.Updates(
                        recordWrites,
                        new UpdateQueries(database),
                        new UpdateLetters(database),
                        workflowStarts,
                        new WorkflowLetters(database)),
                beans);
    }

    private Components.Crm crm() {
        CrmReader reader = new CrmReader(seams);
        BasisReader words = new BasisReader(settings.consentWords());
        return new Components.Crm(
                reader,
                new CrmFields(seams, clock),
                new CrmModules(seams),
                new CrmViews(seams, reader),
                words,
                new BasisWords(seams, words));
    }

    private Components.Campaigns campaigns() {
        ContactPermits permits = new ContactPermits();
        return new Components.Campaigns(
                new CampaignsLists(seams, permits),
                new CampaignsFields(seams, clock),
                new Topics(seams, clock),
                new ListMembers(seams),
                permits);
    }

    private Components.Proofs proofs() {
        return new Components.Proofs(
                access.keys(),
                new Ledger(database, settings.ledger(), access.keys(), clock, process.node(), settings.lease()));
    }

    private Components.Audience audience() {
        MailingLists lists = new MailingLists(database);
        Members members = new Members(database);
        Suppressions suppressions = new Suppressions(
                database,
                clock,
                this::purposes,
                (handle, connection, purpose, people, at) ->
                        PageRequests.withdraw(handle, connection, people, purpose, LedgerEvent.CAMPAIGNS, at));
        Spellings spellings = new Spellings(database);
        HeldLists holds = new HeldLists(
                database, clock, settings.backoff().first(), settings.backoff().most());
        ListWatch watch = new ListWatch(campaigns.lists(), campaigns.members(), lists, holds, clock);
        MembershipRefresh refresh = new MembershipRefresh(
                campaigns.members(),
                watch,
                lists,
                new MemberReading(database),
                suppressions,
                spellings,
                erased,
                () -> configuration.get().settings().rejoin(),
                clock);
        return new Components.Audience(lists, members, suppressions, spellings, holds, watch, refresh);
    }

    private Components.Deliveries outbox() {
        Outbox deliveries = new Outbox(
                database, clock, audience.suppressions(), this::ownAddressOnly, this::zone, this::purpose, erased);
        return new Components.Deliveries(
                deliveries,
                new OutboxQueries(database, clock),
                new DeadLetters(database, clock),
                new ConnectionBackoff(
                        database,
                        clock,
                        settings.backoff().first(),
                        settings.backoff().most()),
                new DeletedLists(audience.lists(), deliveries));
    }

    private Components.History history() {
        return new Components.History(
                new Runs(database, clock),
                new RunQueries(database, clock),
                new Outcomes(database),
                new ListFigures(database),
                new HistoryRetention(database, clock),
                new DueRuns(configuration, clock));
    }

    private ListTrials listTrials(TrialAddresses addresses) {
        return new ListTrials(
                new Trials(database),
                campaigns.lists(),
                campaigns.members(),
                seams,
                campaigns.permits(),
                access.quota(),
                addresses,
                clock);
    }

    private ConfirmationRequests requests() {
        return ConfirmationRequests.of(
                database,
                clock,
                () -> configuration.get().purposes(),
                this::zone,
                () -> configuration.get().settings().confirmationsPerHour(),
                outbox.outbox(),
                audience.members(),
                audience.suppressions());
    }

    private Components.Decisions decisions() {
        return new Components.Decisions(
                new PageStore(database, clock, outbox.outbox(), audience.members(), audience.suppressions(), listener),
                new Plans(database, clock));
    }

    private Components.Reading polling() {
        return new Components.Reading(
                PeopleModules.of(database, crm.fields(), crm.modules(), clock),
                new SelectionBinding(crm.fields(), crm.views(), cursors.cursors(), settings.consentWords()),
                new RemovalBrake(
                        database, clock, () -> configuration.get().settings().brake()));
    }

    private Components.Lifecycle lifecycle() {
        Runs runs = history.runs();
        RunQueries queries = history.queries();
        SyncActivation activation = new SyncActivation(database, clock);
        FanOutParts parts = new FanOutParts(database, clock);
        RunStarter starter = new RunStarter(configuration, parts, runs, queries, cursors.cursors(), cursors.mapped());
        RunAdmission admission = new RunAdmission(
                configuration, runs, queries, cursors.cursors(), activation, parts, starter, clock, process.node());
        RunFlow flow = new RunFlow(
                configuration,
                runs,
                queries,
                new ReadingEnd(
                        runs,
                        decisions.plans(),
                        cursors.mapped(),
                        cursors.cursors(),
                        new UnusableRecords(database),
                        new UnknownWords(database),
                        polling.brake()),
                new RunCompletion(
                        queries, runs, new RunClosing(database, clock), process.calls(), listener, settling, clock),
                starter,
                process.calls(),
                process.node(),
                listener);
        FanOutSource source = new FanOutSource(crm.views(), new CrmCampaigns(crm.reader(), crm.fields()));
        DeletedSyncs deleted =
                new DeletedSyncs(database, runs, queries, outbox.outbox(), cursors.cursors(), activation, parts);
        return new Components.Lifecycle(activation, parts, starter, admission, flow, source, deleted);
    }

    private PersonRights people() {
        return PersonRights.of(
                database,
                () -> lifecycle.parts().instructions(configuration.get()),
                audience.lists(),
                history.queries(),
                outbox.outbox(),
                audience.members(),
                audience.suppressions(),
                erased,
                new PersonSeals(access.keys(), proofs.ledger()),
                proofs.ledger()::writeProofs,
                clock);
    }

    private Sweeps sweeps() {
        SyncModules modules = new SyncModules(lifecycle.starter());
        ServedLists served =
                new ServedLists(lifecycle.starter(), lifecycle.activation(), history.queries(), audience.lists());
        SweepTurns turns =
                new SweepTurns(database, clock, process.node(), settings.lease(), lifecycle.flow()::isStopping);
        RefusingMembers refusing = new RefusingMembers(database);
        BetweenRuns between = new BetweenRuns(database, outbox.outbox(), audience.members(), audience.suppressions());
        SweepSource source = new SweepSource(
                configuration, modules, polling.people(), crm.reader(), new ErasedRecords(erased), cursors.cursors());
        ConnectionSweep connectionSweep = new ConnectionSweep(
                configuration,
                lifecycle.activation(),
                outbox.backoff(),
                turns,
                polling.people(),
                new RefusalReading(source, served, between, crm.words(), turns, clock),
                clock);
        DailyReading dailyReading = new DailyReading(
                configuration,
                served,
                audience.lists(),
                new ListReader(audience.refresh(), audience.watch(), outbox.deletedLists()),
                refusing,
                between,
                outbox.backoff(),
                turns,
                clock);
        return new Sweeps(modules, refusing, connectionSweep, dailyReading);
    }

    private DeliveryPoller poller() {
        return new DeliveryPoller(
                () -> configuration.get().settings().connections().values(),
                outbox.outbox(),
                outbox.queries(),
                new FreshLists(
                        audience.lists(),
                        new ListReader(audience.refresh(), audience.watch(), outbox.deletedLists()),
                        audience.heldLists(),
                        outbox.backoff(),
                        settings.freshness().recheck()),
                sweeps.connections(),
                access.quota(),
                outbox.backoff(),
                clock,
                new Claimant(
                        process.node(),
                        settings.delivery().batch(),
                        settings.delivery().batches(),
                        settings.lease()));
    }

    private RecordWrites recordWrites() {
        return new RecordWrites(
                () -> configuration.get().settings().connections().values(),
                database,
                new WritableRecords(crm.fields(), crm.reader()),
                recordPermits,
                access.quota(),
                outbox.backoff(),
                new RecordWrites.WriteRules(
                        process.node(),
                        settings.lease(),
                        settings.crmUpdates().triggers(),
                        settings.crmUpdates().creditsKept()),
                clock,
                poller::mayClaim);
    }

    private void permit(Connection connection, String verb, URI address, byte[] body, Object question) {
        WriteGuard contactsOrWorkflows = WorkflowPermits.concerns(address) ? workflowPermits : campaigns.permits();
        WriteGuard guard = RecordPermits.concerns(verb) ? recordPermits : contactsOrWorkflows;
        guard.check(connection, verb, address, body, question);
    }

    /** Builds the beans of {@code zoho-crm}, {@code zoho-campaigns} and {@code failures}. */
    private void callBeans(Map<String, Object> beans) {
        beans.put(
                "zohoCalls",
                new ZohoCalls(
                        connections,
                        access.tokens(),
                        process.calls(),
                        access.guard(),
                        this::permit,
                        settings.calls(),
                        access.stop()));
        beans.put("quotaGovernor", access.quota());
        beans.put("zohoJson", ZohoJson.MAPPER);
        beans.put("retries", new Retries());
        beans.put("patience", new Patience(PATIENCE, clock, access.stop()));
        beans.put("disturbances", (Processor) DeliveryFailures::disturbed);
    }

    /** Builds the beans of {@code schedules} and {@code run}. */
    private void runBeans(Map<String, Object> beans) {
        RunBinding binding = new RunBinding(
                crm.fields(),
                polling.people(),
                campaigns.lists(),
                campaigns.topics(),
                new ListBinding(audience.lists(), audience.heldLists(), audience.watch()),
                audience.refresh(),
                history.lists(),
                requests.lists());
        beans.put("dueRuns", history.due());
        beans.put("connectionSweep", sweeps.connections());
        beans.put("dailyReading", sweeps.lists());
        beans.put("runAdmission", lifecycle.admission());
        beans.put("runFlow", lifecycle.flow());
        beans.put(
                "fanOutRuns",
                new FanOutRuns(
                        lifecycle.parts(),
                        lifecycle.starter(),
                        history.runs(),
                        history.queries(),
                        cursors.cursors(),
                        lifecycle.source(),
                        lease));
        beans.put("runBinding", binding);
        beans.put(
                "campaignsFieldBinding",
                access.creation()
                        .map(creation -> new CampaignsFieldBinding(campaigns.fields(), creation))
                        .orElseGet(() -> new CampaignsFieldBinding(campaigns.fields())));
        beans.put("selectionBinding", polling.selections());
        beans.put("emptyConditions", new EmptyConditions(crm.reader(), polling.brake()));
        beans.put(
                "remainingRecords",
                new RemainingRecords(
                        lifecycle.starter(),
                        lifecycle.activation(),
                        binding,
                        crm.reader(),
                        decisions.pages(),
                        lifecycle.flow()::isStopping));
    }

    /** Builds the beans of {@code poll-crm}. */
    private void pollBeans(Map<String, Object> beans) {
        PageStore pages = decisions.pages();
        Duration overlap = settings.freshness().overlap();
        beans.put(
                "polling",
                new Polling(
                        crm.reader(),
                        crm.views(),
                        cursors.cursors(),
                        pages,
                        audience.members(),
                        new PageAssembler(pages, clock, lease),
                        crm.words(),
                        new ErasedRecords(erased),
                        overlap,
                        lifecycle.flow()::isStopping));
        beans.put(
                "optOutSweep",
                new OptOutSweep(
                        polling.people(),
                        sweeps.modules()::of,
                        crm.reader(),
                        cursors.cursors(),
                        pages,
                        audience.members(),
                        crm.words(),
                        new ErasedRecords(erased),
                        clock,
                        lease,
                        overlap));
        beans.put(
                "deletionPolling", new DeletionPolling(new Deletions(seams), cursors.cursors(), pages, lease, overlap));
        beans.put("unmatchedPolling", new UnmatchedPolling(cursors.cursors(), pages, lease));
        beans.put("lostConsent", new LostConsent(pages, clock, lease));
        beans.put(
                "lostOnList",
                new LostOnList(
                        database,
                        new StillSelected(crm.reader(), cursors.cursors(), pages),
                        audience.members(),
                        pages,
                        lease));
        beans.put("refusingOnList", new RefusingOnList(sweeps.refusing(), pages, history.lists(), lease));
    }

    /** Builds the beans of {@code route-by-consent} and {@code transform-fields}. */
    private void consentBeans(Map<String, Object> beans) {
        ContactFields contactFields = new ContactFields(campaigns.fields());
        beans.put("contactFields", contactFields);
        beans.put("consentSteps", new ConsentSteps(new ConsentDetails(seams), crm.words(), contactFields, clock));
    }

    /** Builds the beans of {@code deliver}. */
    private void deliveryBeans(Map<String, Object> beans) {
        beans.put(
                "deliveries",
                new Deliveries(
                        poller,
                        outbox.outbox(),
                        audience.lists(),
                        campaigns.lists(),
                        campaigns.topics(),
                        connections,
                        audience.watch(),
                        new DeliveryFailures(
                                access.quota(),
                                outbox.backoff(),
                                audience.lists(),
                                audience.heldLists(),
                                outbox.deletedLists(),
                                outbox.queries(),
                                new CampaignsReach(connections, campaigns.lists(), campaigns.members()),
                                clock),
                        outbox.deletedLists(),
                        new PutBack(database, audience.lists(), audience.refresh(), connections),
                        new OtherSpellings(seams, access.quota(), audience.spellings(), clock, campaigns.permits()),
                        campaigns.permits(),
                        settling));
    }

    /** Builds the beans of {@code ask-consent}. A preview asks nobody. */
    private void askingBeans(Map<String, Object> beans) {
        ConfirmationMails mails = new ConfirmationMails(
                requests.claims(),
                requests.mails(),
                configuration,
                () -> access.guard() != CallGuard.READING && poller.claims(),
                settings.backoff().first(),
                settings.backoff().most(),
                clock);
        beans.put("confirmationMails", mails);
        beans.put("confirmationSender", mails.sender());
        beans.put("bounceReports", new BounceReports(requests.mails(), clock));
        beans.put("bounceMailbox", new BounceMailbox(settings.asking().bounces()));
    }

    private Connection connection(String name) {
        Connection connection = configuration.get().settings().connections().get(name);
        if (connection == null) {
            throw new IllegalArgumentException("there is no connection " + name);
        }
        return connection;
    }

    // Deliveries of a connection that is no longer in the files are not claimed.
    private ZoneId zone(String connection) {
        Connection known = configuration.get().settings().connections().get(connection);
        return known == null ? ZoneOffset.UTC : known.zone();
    }

    /** What a sync, or the sync of a part, mails its people for. */
    private Optional<Purpose> purpose(String sync) {
        return Optional.ofNullable(configuration.get().syncs().get(sync.split("/", 2)[0]))
                .map(known -> configuration.get().purposes().get(known.purpose()));
    }

    /** What the people of a list are mailed for; a part of a sync has a list of its own. */
    private Set<Purpose> purposes(String connection, String list) {
        SyncCatalog now = lifecycle.parts().instructions(configuration.get());
        return now.all().stream()
                .filter(sync -> sync.connection().equals(connection))
                .filter(sync -> now.files().purposes().containsKey(sync.purpose()))
                .map(now::purpose)
                .filter(purpose -> ListName.same(purpose.list(), list))
                .collect(Collectors.toSet());
    }

    private boolean ownAddressOnly(String sync) {
        // For a part, whose name begins with that of its sync, the file of the sync decides.
        Sync known = configuration.get().syncs().get(sync.split("/", 2)[0]);
        return known != null && !known.heedsSecondaryAddresses();
    }
}
