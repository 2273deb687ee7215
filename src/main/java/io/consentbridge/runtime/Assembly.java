package io.consentbridge.runtime;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.ListLocks;
import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.MemberReading;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.MembershipRefresh;
import io.consentbridge.audience.Spellings;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.campaigns.CampaignDetails;
import io.consentbridge.campaigns.CampaignPermits;
import io.consentbridge.campaigns.CampaignRecipients;
import io.consentbridge.campaigns.CampaignReports;
import io.consentbridge.campaigns.CampaignWrites;
import io.consentbridge.campaigns.CampaignsFields;
import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.RecentCampaigns;
import io.consentbridge.campaigns.Topics;
import io.consentbridge.campaigns.WorkflowPermits;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Settings;
import io.consentbridge.confirmation.ConfirmationRequests;
import io.consentbridge.confirmation.ListTrials;
import io.consentbridge.confirmation.PageRequests;
import io.consentbridge.confirmation.TrialAddresses;
import io.consentbridge.confirmation.Trials;
import io.consentbridge.confirmation.mail.ConfirmationMails;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.crm.BasisWords;
import io.consentbridge.crm.CrmCampaigns;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.RecordPermits;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.Plans;
import io.consentbridge.ledger.Ledger;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.lifecycle.ConnectionSwitch;
import io.consentbridge.lifecycle.DailyReading;
import io.consentbridge.lifecycle.DeletedSyncs;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.FanOutSource;
import io.consentbridge.lifecycle.ReadingEnd;
import io.consentbridge.lifecycle.RefusalReading;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.RunCompletion;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.lifecycle.RunStarter;
import io.consentbridge.lifecycle.ServedLists;
import io.consentbridge.lifecycle.SweepSource;
import io.consentbridge.lifecycle.SweepTurns;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.lifecycle.SyncModules;
import io.consentbridge.outbox.Claimant;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.DeletedLists;
import io.consentbridge.outbox.DeliveryPoller;
import io.consentbridge.outbox.FreshLists;
import io.consentbridge.outbox.Integrations;
import io.consentbridge.outbox.ListReader;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.OutboxQueries;
import io.consentbridge.outbox.RefusingMembers;
import io.consentbridge.outbox.SettlingRuns;
import io.consentbridge.person.PersonRights;
import io.consentbridge.polling.BetweenRuns;
import io.consentbridge.polling.ErasedRecords;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.results.CampaignResults;
import io.consentbridge.results.WatchedCampaigns;
import io.consentbridge.run.DueRuns;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.store.Database;
import io.consentbridge.writeback.RecordWrites;
import io.consentbridge.writeback.UpdateLetters;
import io.consentbridge.writeback.UpdateQueries;
import io.consentbridge.writeback.WorkflowLetters;
import io.consentbridge.writeback.WorkflowStarts;
import io.consentbridge.writeback.WritableRecords;
import io.consentbridge.zoho.CallGuard;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.ProducerTemplate;

/** Builds the components of an installation once, package by package from the bottom up. Nothing else builds any of them. */
final class Assembly {

    private final Database database;
    private final Supplier<Configuration> configuration;
    private final RunListener listener;
    private final ThisProcess process;
    private final ExternalAccess access;
    private final Settings settings;
    private final Clock clock;
    private final ZohoSeams seams;
    private final ErasedPeople erased;
    private final ConfiguredNames names;

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
    private final Components.Sweeps sweeps;
    private final DeliveryPoller poller;
    private final Components components;

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
        names = new ConfiguredNames(configuration, this::parts);

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
        sweeps = sweeps();
        poller = poller();
        TrialAddresses trialAddresses = new TrialAddresses(database, audience.suppressions(), erased);
        components = new Components(
                access,
                crm,
                campaigns,
                proofs,
                audience,
                outbox,
                cursors,
                results(),
                history,
                requests,
                mails(),
                trialAddresses,
                listTrials(trialAddresses),
                decisions,
                polling,
                lifecycle,
                sweeps,
                people,
                poller,
                updates());
    }

    Components components() {
        return components;
    }

    /** The beans of the routes, by name. */
    Map<String, Object> beans() {
        return new RouteBeans(database, settings, process, seams, names::connection, components).byName();
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
                new BasisWords(seams, words),
                new RecordPermits(clock));
    }

    private Components.Campaigns campaigns() {
        ContactPermits permits = new ContactPermits();
        CampaignPermits campaignPermits = new CampaignPermits();
        return new Components.Campaigns(
                new CampaignsLists(seams, permits),
                new CampaignsFields(seams, clock),
                new Topics(seams, clock),
                new ListMembers(seams),
                permits,
                new WorkflowPermits(clock),
                campaignPermits,
                new RecentCampaigns(seams),
                new CampaignReports(seams),
                new CampaignDetails(seams),
                new CampaignRecipients(seams),
                new CampaignWrites(seams, campaignPermits));
    }

    private Components.Results results() {
        return new Components.Results(
                new WatchedCampaigns(
                        database,
                        campaigns.recent(),
                        campaigns.reports(),
                        campaigns.details(),
                        campaigns.recipients(),
                        erased,
                        clock),
                new CampaignResults(database));
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
                names::purposes,
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
        return new Components.Audience(
                lists, members, suppressions, spellings, holds, new ListLocks(database, clock), watch, refresh, erased);
    }

    private Components.Deliveries outbox() {
        Outbox deliveries = new Outbox(
                database, clock, audience.suppressions(), names::ownAddressOnly, names::zone, names::purpose, erased);
        return new Components.Deliveries(
                deliveries,
                new OutboxQueries(database, clock),
                new DeadLetters(database, clock),
                new ConnectionBackoff(
                        database,
                        clock,
                        settings.backoff().first(),
                        settings.backoff().most()),
                new Integrations(database, clock),
                new DeletedLists(audience.lists(), deliveries),
                new SettlingRuns());
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
                names::zone,
                () -> configuration.get().settings().confirmationsPerHour(),
                outbox.outbox(),
                audience.members(),
                audience.suppressions());
    }

    /** A preview asks nobody. */
    private ConfirmationMails mails() {
        return new ConfirmationMails(
                requests.claims(),
                requests.mails(),
                configuration,
                () -> access.guard() != CallGuard.READING && poller.claims(),
                settings.backoff().first(),
                settings.backoff().most(),
                clock);
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
                configuration,
                runs,
                queries,
                cursors.cursors(),
                activation,
                parts,
                starter,
                audience.locks(),
                clock,
                process.node());
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
                        queries,
                        runs,
                        new RunClosing(database, clock),
                        process.calls(),
                        listener,
                        outbox.settling(),
                        clock),
                starter,
                process.calls(),
                process.node(),
                listener);
        FanOutSource source = new FanOutSource(crm.views(), new CrmCampaigns(crm.reader(), crm.fields()));
        DeletedSyncs deleted = new DeletedSyncs(
                database, runs, queries, outbox.outbox(), cursors.cursors(), activation, parts, audience.locks());
        ConnectionSwitch connections =
                new ConnectionSwitch(outbox.integrations(), runs, queries, outbox.outbox(), cursors.cursors());
        return new Components.Lifecycle(activation, parts, starter, admission, flow, source, deleted, connections);
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

    private Components.Sweeps sweeps() {
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
        return new Components.Sweeps(modules, refusing, connectionSweep, dailyReading);
    }

    private DeliveryPoller poller() {
        return new DeliveryPoller(
                this::connections,
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

    private Components.Updates updates() {
        RecordWrites writes = new RecordWrites(
                this::connections,
                database,
                new WritableRecords(crm.fields(), crm.reader()),
                crm.permits(),
                access.quota(),
                outbox.backoff(),
                new RecordWrites.WriteRules(
                        process.node(),
                        settings.lease(),
                        settings.crmUpdates().triggers(),
                        settings.crmUpdates().creditsKept()),
                clock,
                poller::mayClaim);
        WorkflowStarts starts = new WorkflowStarts(
                this::connections,
                database,
                campaigns.workflowPermits(),
                access.quota(),
                outbox.backoff(),
                process.node(),
                settings.lease(),
                clock,
                poller::mayClaim);
        return new Components.Updates(
                writes,
                new UpdateQueries(database),
                new UpdateLetters(database),
                starts,
                new WorkflowLetters(database));
    }

    private Collection<Connection> connections() {
        return configuration.get().settings().connections().values();
    }

    private FanOutParts parts() {
        return lifecycle.parts();
    }
}
