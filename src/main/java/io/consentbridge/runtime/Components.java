package io.consentbridge.runtime;

import io.consentbridge.audience.ListHolds;
import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.MembershipRefresh;
import io.consentbridge.audience.Spellings;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.campaigns.CampaignsFields;
import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.Topics;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.crm.BasisWords;
import io.consentbridge.crm.ConsentDetails;
import io.consentbridge.crm.CrmCampaigns;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.Deletions;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.ConsentSteps;
import io.consentbridge.decision.ContactFields;
import io.consentbridge.decision.LostConsent;
import io.consentbridge.decision.PageAssembler;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.Plans;
import io.consentbridge.decision.RefusingOnList;
import io.consentbridge.lifecycle.CampaignsFieldBinding;
import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.lifecycle.DailyReading;
import io.consentbridge.lifecycle.DeletedSyncs;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.FanOutRuns;
import io.consentbridge.lifecycle.RemainingRecords;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.RunBinding;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.lifecycle.RunStarter;
import io.consentbridge.lifecycle.ServedLists;
import io.consentbridge.lifecycle.SweepTurns;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.lifecycle.SyncModules;
import io.consentbridge.outbox.CampaignsReach;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.DeletedLists;
import io.consentbridge.outbox.Deliveries;
import io.consentbridge.outbox.DeliveryFailures;
import io.consentbridge.outbox.DeliveryPoller;
import io.consentbridge.outbox.ListReader;
import io.consentbridge.outbox.OtherSpellings;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.PutBack;
import io.consentbridge.outbox.RefusingMembers;
import io.consentbridge.polling.BetweenRuns;
import io.consentbridge.polling.DeletionPolling;
import io.consentbridge.polling.EmptyConditions;
import io.consentbridge.polling.LostOnList;
import io.consentbridge.polling.OptOutSweep;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.polling.Polling;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.polling.StillSelected;
import io.consentbridge.polling.UnmatchedPolling;
import io.consentbridge.quota.Quota;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.run.DueRuns;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import io.consentbridge.store.Database;
import io.consentbridge.store.JdbcTokenStore;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallGuard;
import io.consentbridge.zoho.CallStop;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Connections;
import io.consentbridge.zoho.Patience;
import io.consentbridge.zoho.Retries;
import io.consentbridge.zoho.ZohoCalls;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;

/**
 * Every part of an installation, made once and put together here and nowhere else.
 *
 * <p>The routes find those that are steps by the names of {@link #beans()}; integrators may rely on these names.
 */
public final class Components {

    /** So many batches fly at once where a command delivers; together they are the configured number of deliveries. */
    static final int DELIVERING = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Supplier<Configuration> configuration;
    private final AccessTokens tokens;
    private final CallStop callStop;
    private final CrmFields crmFields;
    private final BasisWords basisWords;
    private final PeopleModules peopleModules;
    private final CrmViews crmViews;
    private final SelectionBinding selecting;
    private final CampaignsLists campaignsLists;
    private final CampaignsFields campaignsFields;
    private final Topics topics;
    private final CrmReader crmReader;
    private final CrmModules crmModules;
    private final MailingLists mailingLists;
    private final ListWatch listWatch;
    private final ListHolds listHolds;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final QuotaGovernor quota;
    private final ConnectionBackoff holds;
    private final Runs runs;
    private final RemovalBrake removals;
    private final Outcomes outcomes;
    private final SyncActivation states;
    private final HistoryRetention history;
    private final Plans plans;
    private final MappedFields mappedFields;
    private final ListFigures listFigures;
    private final FanOutParts syncParts;
    private final RunAdmission admissions;
    private final DueRuns dueRuns;
    private final RunFlow runFlow;
    private final FanOutRuns partRuns;
    private final DeletedSyncs goneSyncs;
    private final DeliveryPoller claims;
    private final Map<String, Object> beans = new LinkedHashMap<>();

    /**
     * @param node names this process among those that share the database
     * @param configuration the one in force now
     * @param listener hears what runs do
     */
    Components(
            Database database,
            ProducerTemplate template,
            Supplier<Configuration> configuration,
            CallCounter counter,
            RunListener listener,
            Clock clock,
            String node) {
        this(
                database,
                template,
                configuration,
                counter,
                listener,
                clock,
                node,
                new ExternalAccess(
                        new AccessTokens(
                                new JdbcTokenStore(database),
                                counter,
                                clock,
                                configuration.get().settings().calls()),
                        new QuotaGovernor(
                                database,
                                clock,
                                (connection, method) ->
                                        quotaOf(configuration.get().settings(), method)),
                        CallGuard.NONE,
                        new CallStop(),
                        Optional.empty()));
    }

    /** @param outward how they reach beyond the database */
    Components(
            Database database,
            ProducerTemplate template,
            Supplier<Configuration> configuration,
            CallCounter counter,
            RunListener listener,
            Clock clock,
            String node,
            ExternalAccess outward) {
        this.configuration = configuration;
        Settings settings = configuration.get().settings();
        Connections connections = this::connection;
        ZohoSeams seams = new ZohoSeams(template);
        tokens = outward.tokens();
        callStop = outward.stop();
        crmFields = new CrmFields(seams, clock);
        crmModules = new CrmModules(seams);
        peopleModules = PeopleModules.of(database, crmFields, crmModules, clock);
        ContactPermits permits = new ContactPermits();
        campaignsLists = new CampaignsLists(seams, permits);
        campaignsFields = new CampaignsFields(seams, clock);
        topics = new Topics(seams, clock);
        mailingLists = new MailingLists(database);
        Members members = new Members(database, clock);
        Suppressions suppressions = new Suppressions(database, clock);
        outbox = new Outbox(
                database,
                clock,
                sync -> ownAddressOnly(configuration.get(), sync),
                connection -> zone(configuration.get(), connection));
        deadLetters = new DeadLetters(database, clock);
        quota = outward.quota();
        holds = new ConnectionBackoff(
                database, clock, settings.hold().first(), settings.hold().most());
        runs = new Runs(database, clock);
        outcomes = new Outcomes(database);
        states = new SyncActivation(database, clock);
        history = new HistoryRetention(database, clock);
        plans = new Plans(database, clock);
        Cursors cursors = new Cursors(database);
        BasisReader words = new BasisReader(settings.consentWords());
        basisWords = new BasisWords(seams, words);
        PageStore pages = new PageStore(database, clock, outbox, members, suppressions, listener);
        ListMembers listMembers = new ListMembers(seams);
        listHolds = new ListHolds(
                database, clock, settings.hold().first(), settings.hold().most());
        Spellings spellings = new Spellings(database);
        listWatch = new ListWatch(campaignsLists, listMembers, mailingLists, listHolds, clock);
        MembershipRefresh whoLeft = new MembershipRefresh(
                listMembers,
                listWatch,
                mailingLists,
                members,
                suppressions,
                spellings,
                () -> configuration.get().settings().rejoin(),
                clock);
        DeletedLists gone = new DeletedLists(mailingLists, outbox);
        mappedFields = new MappedFields(database);
        listFigures = new ListFigures(database);
        removals = new RemovalBrake(
                database, clock, () -> configuration.get().settings().brake());
        syncParts = new FanOutParts(database, clock);
        RunStarter entry = new RunStarter(configuration, syncParts, runs, cursors, mappedFields);
        admissions = new RunAdmission(configuration, runs, cursors, states, syncParts, entry, clock, node);
        runFlow = new RunFlow(
                configuration,
                runs,
                removals,
                mappedFields,
                cursors,
                new UnknownWords(database),
                new UnusableRecords(database),
                plans,
                entry,
                counter,
                clock,
                node,
                listener);
        goneSyncs = new DeletedSyncs(database, runs, outbox, cursors, states);
        CrmReader reader = new CrmReader(seams);
        crmReader = reader;
        SyncModules syncModules = new SyncModules(entry);
        ServedLists served = new ServedLists(entry, states, runs, mailingLists);
        SweepTurns turns = new SweepTurns(database, clock, node, settings.lease());
        BetweenRuns keptBetweenRuns = new BetweenRuns(database, outbox, members, suppressions);
        ConnectionSweep betweenRuns = new ConnectionSweep(
                configuration,
                syncModules,
                states,
                holds,
                served,
                turns,
                peopleModules,
                reader,
                cursors,
                keptBetweenRuns,
                words,
                clock,
                runFlow::isStopping);
        beans.put("connectionSweep", betweenRuns);
        RefusingMembers refusingMembers = new RefusingMembers(database);
        beans.put(
                "dailyReading",
                new DailyReading(
                        configuration,
                        served,
                        mailingLists,
                        new ListReader(whoLeft, listWatch, gone),
                        refusingMembers,
                        keptBetweenRuns,
                        holds,
                        turns,
                        clock,
                        runFlow::isStopping));
        claims = new DeliveryPoller(
                () -> configuration.get().settings().connections().values(),
                outbox,
                mailingLists,
                whoLeft,
                listWatch,
                listHolds,
                gone,
                betweenRuns,
                quota,
                holds,
                clock,
                node,
                Math.max(1, settings.delivery().batch() / DELIVERING),
                settings.lease(),
                settings.freshness().recheck());
        crmViews = new CrmViews(seams, reader);
        selecting = new SelectionBinding(crmFields, crmViews, cursors, settings.consentWords());
        beans.put(
                "zohoCalls",
                new ZohoCalls(
                        connections,
                        tokens,
                        counter,
                        outward.guard(),
                        permits,
                        configuration.get().settings().calls(),
                        callStop));
        ReadLease lease = new ReadLease(counter, node, settings.lease(), runFlow::isStopping);
        partRuns =
                new FanOutRuns(syncParts, entry, runs, cursors, crmViews, new CrmCampaigns(reader, crmFields), lease);
        beans.put("fanOutRuns", partRuns);
        beans.put("retries", new Retries());
        beans.put("patience", new Patience(PATIENCE, clock, callStop));
        beans.put("disturbances", (Processor) DeliveryFailures::disturbed);
        beans.put("quotaGovernor", quota);
        beans.put("runAdmission", admissions);
        dueRuns = new DueRuns(configuration, clock);
        beans.put("dueRuns", dueRuns);
        beans.put("runFlow", runFlow);
        RunBinding binding = new RunBinding(
                crmFields,
                peopleModules,
                campaignsLists,
                topics,
                mailingLists,
                listHolds,
                listWatch,
                whoLeft,
                listFigures);
        beans.put("runBinding", binding);
        beans.put(
                "campaignsFieldBinding",
                outward.creation()
                        .map(creation -> new CampaignsFieldBinding(campaignsFields, creation))
                        .orElseGet(() -> new CampaignsFieldBinding(campaignsFields)));
        beans.put("selectionBinding", selecting);
        beans.put(
                "polling",
                new Polling(
                        reader,
                        crmViews,
                        cursors,
                        pages,
                        members,
                        new PageAssembler(pages, clock, lease),
                        words,
                        settings.freshness().overlap(),
                        runFlow::isStopping));
        beans.put(
                "optOutSweep",
                new OptOutSweep(
                        peopleModules,
                        syncModules::of,
                        reader,
                        cursors,
                        pages,
                        members,
                        words,
                        clock,
                        lease,
                        settings.freshness().overlap()));
        beans.put(
                "deletionPolling",
                new DeletionPolling(
                        new Deletions(seams),
                        cursors,
                        pages,
                        lease,
                        settings.freshness().overlap()));
        beans.put("unmatchedPolling", new UnmatchedPolling(cursors, pages, lease));
        beans.put("emptyConditions", new EmptyConditions(reader, removals));
        beans.put("remainingRecords", new RemainingRecords(entry, states, binding, reader, pages, runFlow::isStopping));
        beans.put("lostConsent", new LostConsent(pages, clock, lease));
        beans.put(
                "lostOnList",
                new LostOnList(database, new StillSelected(reader, cursors, pages), members, pages, lease));
        beans.put("refusingOnList", new RefusingOnList(refusingMembers, pages, listFigures, lease));
        ContactFields contactFields = new ContactFields(campaignsFields);
        beans.put("contactFields", contactFields);
        beans.put("consentSteps", new ConsentSteps(new ConsentDetails(seams), words, contactFields));
        beans.put(
                "deliveries",
                new Deliveries(
                        claims,
                        outbox,
                        mailingLists,
                        campaignsLists,
                        topics,
                        connections,
                        listWatch,
                        new DeliveryFailures(
                                quota,
                                holds,
                                mailingLists,
                                listHolds,
                                gone,
                                outbox,
                                new CampaignsReach(connections, campaignsLists, listMembers),
                                clock),
                        gone,
                        new PutBack(database, mailingLists, whoLeft, connections),
                        new OtherSpellings(seams, quota, spellings, clock, permits),
                        permits));
    }

    /** What the routes call, by name. */
    public Map<String, Object> beans() {
        return Map.copyOf(beans);
    }

    public AccessTokens tokens() {
        return tokens;
    }

    public CrmFields crmFields() {
        return crmFields;
    }

    public BasisWords basisWords() {
        return basisWords;
    }

    public PeopleModules peopleModules() {
        return peopleModules;
    }

    public CrmViews crmViews() {
        return crmViews;
    }

    public SelectionBinding selecting() {
        return selecting;
    }

    public CampaignsLists campaignsLists() {
        return campaignsLists;
    }

    public CampaignsFields campaignsFields() {
        return campaignsFields;
    }

    public CrmModules crmModules() {
        return crmModules;
    }

    public CrmReader crmReader() {
        return crmReader;
    }

    public Topics topics() {
        return topics;
    }

    public MailingLists mailingLists() {
        return mailingLists;
    }

    public ListWatch listWatch() {
        return listWatch;
    }

    public ListHolds listHolds() {
        return listHolds;
    }

    public Outbox outbox() {
        return outbox;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public QuotaGovernor quota() {
        return quota;
    }

    public ConnectionBackoff holds() {
        return holds;
    }

    public Runs runs() {
        return runs;
    }

    public RemovalBrake removals() {
        return removals;
    }

    public Outcomes outcomes() {
        return outcomes;
    }

    public SyncActivation states() {
        return states;
    }

    public Plans plans() {
        return plans;
    }

    public HistoryRetention history() {
        return history;
    }

    /** How our books and the lists in Campaigns agree. */
    public ListFigures listFigures() {
        return listFigures;
    }

    public MappedFields mappedFields() {
        return mappedFields;
    }

    // Deliveries of a connection that left the files are not claimed any more.
    private static ZoneId zone(Configuration files, String connection) {
        Connection known = files.settings().connections().get(connection);
        return known == null ? ZoneOffset.UTC : known.zone();
    }

    private static boolean ownAddressOnly(Configuration files, String sync) {
        // Of a part, whose name begins with that of its sync, the file decides.
        Sync known = files.syncs().get(sync.split("/", 2)[0]);
        return known != null && !known.heedsSecondaryAddresses();
    }

    public DueRuns dueRuns() {
        return dueRuns;
    }

    public RunAdmission admissions() {
        return admissions;
    }

    public RunFlow runFlow() {
        return runFlow;
    }

    public FanOutParts syncParts() {
        return syncParts;
    }

    public FanOutRuns partRuns() {
        return partRuns;
    }

    DeletedSyncs goneSyncs() {
        return goneSyncs;
    }

    CallStop callStop() {
        return callStop;
    }

    DeliveryPoller claims() {
        return claims;
    }

    private Connection connection(String name) {
        Connection connection = configuration.get().settings().connections().get(name);
        if (connection == null) {
            throw new IllegalArgumentException("there is no connection " + name);
        }
        return connection;
    }

    private static Quota quotaOf(Settings settings, String method) {
        List<Settings.Window> windows = settings.quotas().of(method);
        return new Quota(windows.stream()
                .map(window -> new Quota.Window(window.calls(), window.per()))
                .toList());
    }
}
