package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignPermits;
import io.consentbridge.campaigns.WorkflowPermits;
import io.consentbridge.config.Settings;
import io.consentbridge.confirmation.mail.BounceMailbox;
import io.consentbridge.confirmation.mail.BounceReports;
import io.consentbridge.confirmation.mail.ConfirmationMails;
import io.consentbridge.crm.ConsentDetails;
import io.consentbridge.crm.Deletions;
import io.consentbridge.crm.RecordPermits;
import io.consentbridge.decision.ConsentSteps;
import io.consentbridge.decision.ContactFields;
import io.consentbridge.decision.LostConsent;
import io.consentbridge.decision.PageAssembler;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.RefusingOnList;
import io.consentbridge.lifecycle.CampaignsFieldBinding;
import io.consentbridge.lifecycle.FanOutRuns;
import io.consentbridge.lifecycle.ListBinding;
import io.consentbridge.lifecycle.RemainingRecords;
import io.consentbridge.lifecycle.RunBinding;
import io.consentbridge.outbox.CampaignsReach;
import io.consentbridge.outbox.Deliveries;
import io.consentbridge.outbox.DeliveryFailures;
import io.consentbridge.outbox.OtherSpellings;
import io.consentbridge.outbox.PutBack;
import io.consentbridge.polling.DeletionPolling;
import io.consentbridge.polling.EmptyConditions;
import io.consentbridge.polling.ErasedRecords;
import io.consentbridge.polling.LostOnList;
import io.consentbridge.polling.OptOutSweep;
import io.consentbridge.polling.Polling;
import io.consentbridge.polling.StillSelected;
import io.consentbridge.polling.UnmatchedPolling;
import io.consentbridge.run.ReadLease;
import io.consentbridge.store.Database;
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
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Processor;

/** Builds the beans that routes call, file by file, from the components of an installation. */
final class RouteBeans {

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Database database;
    private final ThisProcess process;
    private final ZohoSeams seams;
    private final Connections connections;
    private final Components components;
    private final ExternalAccess access;
    private final Settings settings;
    private final Clock clock;
    private final ErasedRecords erased;
    private final ReadLease lease;

    private final Components.Crm crm;
    private final Components.Campaigns campaigns;
    private final Components.Audience audience;
    private final Components.Deliveries outbox;
    private final Components.Positions cursors;
    private final Components.History history;
    private final Components.Decisions decisions;
    private final Components.Reading polling;
    private final Components.Lifecycle lifecycle;
    private final Components.Sweeps sweeps;

    RouteBeans(
            Database database,
            Settings settings,
            ThisProcess process,
            ZohoSeams seams,
            Connections connections,
            Components components) {
        this.database = database;
        this.settings = settings;
        this.process = process;
        this.seams = seams;
        this.connections = connections;
        this.components = components;
        access = components.access();
        clock = process.clock();
        crm = components.crm();
        campaigns = components.campaigns();
        audience = components.audience();
        outbox = components.outbox();
        cursors = components.cursors();
        history = components.history();
        decisions = components.decisions();
        polling = components.polling();
        lifecycle = components.lifecycle();
        sweeps = components.sweeps();
        erased = new ErasedRecords(components.audience().erased());
        lease = new ReadLease(process.calls(), process.node(), settings.lease(), lifecycle.flow()::isStopping);
    }

    /** The beans, by name; integrators may rely on these names. */
    Map<String, Object> byName() {
        Map<String, Object> beans = new LinkedHashMap<>();
        callBeans(beans);
        runBeans(beans);
        pollBeans(beans);
        consentBeans(beans);
        deliveryBeans(beans);
        beans.put("recordWrites", components.updates().writes());
        beans.put("workflowStarts", components.updates().starts());
        askingBeans(beans);
        return beans;
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
                components.requests().lists(),
                audience.lists());
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
                        erased,
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
                        erased,
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
                        components.poller(),
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
                        outbox.settling()));
    }

    /** Builds the beans of {@code ask-consent}. */
    private void askingBeans(Map<String, Object> beans) {
        ConfirmationMails mails = components.mails();
        beans.put("confirmationMails", mails);
        beans.put("confirmationSender", mails.sender());
        beans.put("bounceReports", new BounceReports(components.requests().mails(), clock));
        beans.put("bounceMailbox", new BounceMailbox(settings.asking().bounces()));
    }

    private void permit(Connection connection, String verb, URI address, byte[] body, Object question) {
        WriteGuard contactsOrWorkflows =
                WorkflowPermits.concerns(address) ? campaigns.workflowPermits() : campaigns.permits();
        WriteGuard campaignsGuard =
                CampaignPermits.concerns(address) ? campaigns.campaignPermits() : contactsOrWorkflows;
        WriteGuard guard = RecordPermits.concerns(verb) ? crm.permits() : campaignsGuard;
        guard.check(connection, verb, address, body, question);
    }
}
