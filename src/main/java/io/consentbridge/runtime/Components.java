package io.consentbridge.runtime;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.ListLocks;
import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingLists;
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
import io.consentbridge.confirmation.ConfirmationRequests;
import io.consentbridge.confirmation.ListTrials;
import io.consentbridge.confirmation.TrialAddresses;
import io.consentbridge.confirmation.mail.ConfirmationMails;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.crm.BasisWords;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.crm.RecordPermits;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.Plans;
import io.consentbridge.ledger.Keys;
import io.consentbridge.ledger.Ledger;
import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.lifecycle.ConnectionSwitch;
import io.consentbridge.lifecycle.DailyReading;
import io.consentbridge.lifecycle.DeletedSyncs;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.FanOutSource;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.lifecycle.RunStarter;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.lifecycle.SyncModules;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.DeletedLists;
import io.consentbridge.outbox.DeliveryPoller;
import io.consentbridge.outbox.Integrations;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.OutboxQueries;
import io.consentbridge.outbox.RefusingMembers;
import io.consentbridge.outbox.SettlingRuns;
import io.consentbridge.person.PersonRights;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.results.CampaignResults;
import io.consentbridge.results.WatchedCampaigns;
import io.consentbridge.run.DueRuns;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import io.consentbridge.writeback.RecordWrites;
import io.consentbridge.writeback.UpdateLetters;
import io.consentbridge.writeback.UpdateQueries;
import io.consentbridge.writeback.WorkflowLetters;
import io.consentbridge.writeback.WorkflowStarts;

/**
 * The components of an installation, package by package, from the bottom up. {@link Assembly} builds them once; a class that
 * works with some of them gets those through its constructor.
 *
 * @param access tokens and quotas of calls to Zoho
 * @param crm reads the CRM
 * @param campaigns reads Campaigns
 * @param proofs events about consent, and what proves them
 * @param audience lists and the people on them
 * @param outbox deliveries
 * @param cursors how far each sync has read
 * @param results what became of campaigns
 * @param history runs and what became of their records
 * @param requests requests for consent
 * @param mails makes the mails of requests, and those of trials
 * @param trialAddresses which addresses may be used to try asking
 * @param listTrials trials of asking by a list of Campaigns
 * @param decisions pages of decisions, and plans
 * @param polling what is asked before pages are read, and the brake after them
 * @param lifecycle how runs begin and end
 * @param sweeps reads opt-outs and lists between runs
 * @param people the rights of one person
 * @param poller claims the deliveries that are due
 * @param updates updates of CRM records
 */
public record Components(
        ExternalAccess access,
        Crm crm,
        Campaigns campaigns,
        Proofs proofs,
        Audience audience,
        Deliveries outbox,
        Positions cursors,
        Results results,
        History history,
        ConfirmationRequests requests,
        ConfirmationMails mails,
        TrialAddresses trialAddresses,
        ListTrials listTrials,
        Decisions decisions,
        Reading polling,
        Lifecycle lifecycle,
        Sweeps sweeps,
        PersonRights people,
        DeliveryPoller poller,
        Updates updates) {

    /**
     * The components of the package {@code crm}.
     *
     * @param reader reads records
     * @param fields which fields each module has
     * @param modules the modules and the edition of the CRM
     * @param views the custom views
     * @param words what the words of the consent fields mean
     * @param unknownWords finds words whose meaning is not configured
     * @param permits admits calls that change records
     */
    public record Crm(
            CrmReader reader,
            CrmFields fields,
            CrmModules modules,
            CrmViews views,
            BasisReader words,
            BasisWords unknownWords,
            RecordPermits permits) {}

    /**
     * The components of the package {@code campaigns}.
     *
     * @param lists the directory of lists
     * @param fields the contact fields
     * @param topics the topics
     * @param members reads who is on a list
     * @param permits admits calls that change contacts
     * @param workflowPermits admits calls that start workflows
     * @param campaignPermits admits calls that make, copy or send campaigns
     * @param recent lists campaigns
     * @param reports reads what campaigns brought
     * @param details reads the details of campaigns
     * @param recipients reads the recipients of campaigns
     * @param writes makes, copies and sends campaigns
     */
    public record Campaigns(
            CampaignsLists lists,
            CampaignsFields fields,
            Topics topics,
            ListMembers members,
            ContactPermits permits,
            WorkflowPermits workflowPermits,
            CampaignPermits campaignPermits,
            RecentCampaigns recent,
            CampaignReports reports,
            CampaignDetails details,
            CampaignRecipients recipients,
            CampaignWrites writes) {}

    /**
     * The components of the package {@code ledger}.
     *
     * @param keys seal evidence and sign checkpoints
     * @param ledger numbers events, and tells when something does not fit
     */
    public record Proofs(Keys keys, Ledger ledger) {}

    /**
     * The components of the package {@code audience}.
     *
     * @param lists the known mailing lists
     * @param members the members of the lists
     * @param suppressions who must not be mailed
     * @param spellings the other spellings under which Campaigns lists people
     * @param heldLists lists to which nobody is subscribed for now
     * @param locks lists that are locked while a campaign is in review
     * @param watch checks whether lists are what their purposes say
     * @param refresh reads who left
     * @param erased recognises people who were erased
     */
    public record Audience(
            MailingLists lists,
            Members members,
            Suppressions suppressions,
            Spellings spellings,
            HeldLists heldLists,
            ListLocks locks,
            ListWatch watch,
            MembershipRefresh refresh,
            ErasedPeople erased) {}

    /**
     * The components of the package {@code outbox}.
     *
     * @param outbox the deliveries
     * @param queries counts them
     * @param deadLetters the deliveries that were parked
     * @param backoff connections that are backing off because their Zoho is out of reach
     * @param integrations connections that are switched off
     * @param deletedLists settles deliveries to lists that are gone
     * @param settling the runs whose deliveries are settled now
     */
    public record Deliveries(
            Outbox outbox,
            OutboxQueries queries,
            DeadLetters deadLetters,
            ConnectionBackoff backoff,
            Integrations integrations,
            DeletedLists deletedLists,
            SettlingRuns settling) {}

    /**
     * The components of the package {@code results}.
     *
     * @param watched looks at campaigns
     * @param answers says what is known of them
     */
    public record Results(WatchedCampaigns watched, CampaignResults answers) {}

    /**
     * The components of the package {@code writeback}.
     *
     * @param writes claims the updates of CRM records that are due, and writes them
     * @param queries shows and counts them
     * @param letters those that became dead letters
     * @param starts hands people who confirmed over to workflows
     * @param startLetters the people who could not be handed over
     */
    public record Updates(
            RecordWrites writes,
            UpdateQueries queries,
            UpdateLetters letters,
            WorkflowStarts starts,
            WorkflowLetters startLetters) {

        /** How many dead letters there are. */
        long deadLetters() {
            return letters.count() + startLetters.count();
        }

        /** Ends the claims of a process that was killed; for a database that no other process uses. */
        void abandonAll() {
            writes.abandonAll();
            starts.abandonAll();
        }

        /** Gives back what this process has claimed. */
        void handBack() {
            writes.handBack();
            starts.handBack();
        }
    }

    /**
     * The components of the package {@code cursor}.
     *
     * @param cursors how far each sync has read
     * @param mapped which fields each sync has delivered
     */
    public record Positions(Cursors cursors, MappedFields mapped) {}

    /**
     * The components of the package {@code run}.
     *
     * @param runs begins runs and changes them while they are read
     * @param queries shows runs
     * @param outcomes the outcomes of their records
     * @param lists the figures of lists by run
     * @param retention forgets old runs
     * @param due the runs that are due by schedules in words
     */
    public record History(
            Runs runs,
            RunQueries queries,
            Outcomes outcomes,
            ListFigures lists,
            HistoryRetention retention,
            DueRuns due) {}

    /**
     * The components of the package {@code decision}.
     *
     * @param pages stores pages of decisions
     * @param plans saved previews
     */
    public record Decisions(PageStore pages, Plans plans) {}

    /**
     * The components of the package {@code polling}.
     *
     * @param people the modules in which people refuse mail
     * @param selections decides where conditions are evaluated
     * @param brake holds removals when there are too many
     */
    public record Reading(PeopleModules people, SelectionBinding selections, RemovalBrake brake) {}

    /**
     * The components of the package {@code lifecycle}.
     *
     * @param activation knows which syncs are active
     * @param parts the parts of syncs that make a list of each view or campaign
     * @param starter begins admitted runs
     * @param admission admits runs
     * @param flow the steps of an admitted run
     * @param source the views or campaigns of the CRM
     * @param deleted carries out what follows when a sync is deleted
     * @param connections switches the syncs of a connection off and on
     */
    public record Lifecycle(
            SyncActivation activation,
            FanOutParts parts,
            RunStarter starter,
            RunAdmission admission,
            RunFlow flow,
            FanOutSource source,
            DeletedSyncs deleted,
            ConnectionSwitch connections) {}

    /**
     * What reads opt-outs and lists between runs, shared by the routes that read and those that deliver.
     *
     * @param modules the modules of each sync
     * @param refusing members of lists who refuse mail
     * @param connections reads who refuses mail, for a whole connection
     * @param lists reads each list once a day
     */
    public record Sweeps(
            SyncModules modules, RefusingMembers refusing, ConnectionSweep connections, DailyReading lists) {}
}
