package io.consentbridge.runtime;

import io.consentbridge.audience.HeldLists;
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
import io.consentbridge.consent.BasisReader;
import io.consentbridge.crm.BasisWords;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmViews;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.PageStore;
import io.consentbridge.decision.Plans;
import io.consentbridge.lifecycle.DeletedSyncs;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.lifecycle.FanOutSource;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.lifecycle.RunStarter;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.outbox.DeletedLists;
import io.consentbridge.outbox.DeliveryPoller;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.OutboxQueries;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.polling.SelectionBinding;
import io.consentbridge.run.DueRuns;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an installation consists of, package by package, from the bottom up. {@link Assembly} builds it once; a class that works
 * with some of it gets what it uses through its constructor.
 *
 * @param access tokens and quotas of calls to Zoho
 * @param crm reads the CRM
 * @param campaigns reads Campaigns
 * @param audience lists and the people on them
 * @param outbox deliveries
 * @param cursors how far each sync has read
 * @param history runs and what became of their records
 * @param decisions pages of decisions, and plans
 * @param polling what is asked before pages are read, and the brake after them
 * @param lifecycle how runs begin and end
 * @param poller claims the deliveries that are due
 * @param beans what routes call, by name; integrators may rely on these names
 */
public record Components(
        ExternalAccess access,
        Crm crm,
        Campaigns campaigns,
        Audience audience,
        Deliveries outbox,
        Positions cursors,
        History history,
        Decisions decisions,
        Reading polling,
        Lifecycle lifecycle,
        DeliveryPoller poller,
        Map<String, Object> beans) {

    public Components {
        beans = Collections.unmodifiableMap(new LinkedHashMap<>(beans));
    }

    /**
     * Of the package {@code crm}.
     *
     * @param reader reads records
     * @param fields which fields modules have
     * @param modules which modules and which edition there are
     * @param views the custom views
     * @param words what the words of the consent fields mean
     * @param unknownWords finds words whose meaning nobody has said
     */
    public record Crm(
            CrmReader reader,
            CrmFields fields,
            CrmModules modules,
            CrmViews views,
            BasisReader words,
            BasisWords unknownWords) {}

    /**
     * Of the package {@code campaigns}.
     *
     * @param lists the directory of lists
     * @param fields which contact fields there are
     * @param topics the topics
     * @param members reads who is on a list
     * @param permits lets the calls pass that change contacts
     */
    public record Campaigns(
            CampaignsLists lists, CampaignsFields fields, Topics topics, ListMembers members, ContactPermits permits) {}

    /**
     * Of the package {@code audience}.
     *
     * @param lists the mailing lists that are known
     * @param members who is on them
     * @param suppressions who must not be mailed
     * @param spellings under which other spelling Campaigns lists somebody
     * @param heldLists lists to which nobody is subscribed for now
     * @param watch whether lists are what their purposes say
     * @param refresh reads who left
     */
    public record Audience(
            MailingLists lists,
            Members members,
            Suppressions suppressions,
            Spellings spellings,
            HeldLists heldLists,
            ListWatch watch,
            MembershipRefresh refresh) {}

    /**
     * Of the package {@code outbox}.
     *
     * @param outbox the deliveries
     * @param queries counts them
     * @param deadLetters those that were parked
     * @param backoff connections whose Zoho is out of reach
     * @param deletedLists what becomes of deliveries to lists that are gone
     */
    public record Deliveries(
            Outbox outbox,
            OutboxQueries queries,
            DeadLetters deadLetters,
            ConnectionBackoff backoff,
            DeletedLists deletedLists) {}

    /**
     * Of the package {@code cursor}.
     *
     * @param cursors how far each sync has read
     * @param mapped which fields each sync has delivered
     */
    public record Positions(Cursors cursors, MappedFields mapped) {}

    /**
     * Of the package {@code run}.
     *
     * @param runs begins runs and changes them while they are read
     * @param queries shows runs
     * @param outcomes what became of their records
     * @param lists figures of lists by run
     * @param retention forgets old runs
     * @param due which runs are due by schedules in words
     */
    public record History(
            Runs runs,
            RunQueries queries,
            Outcomes outcomes,
            ListFigures lists,
            HistoryRetention retention,
            DueRuns due) {}

    /**
     * Of the package {@code decision}.
     *
     * @param pages keeps pages of decisions
     * @param plans saved previews
     */
    public record Decisions(PageStore pages, Plans plans) {}

    /**
     * Of the package {@code polling}.
     *
     * @param people modules in which people refuse mail
     * @param selections where conditions are evaluated
     * @param brake holds removals that are too many
     */
    public record Reading(PeopleModules people, SelectionBinding selections, RemovalBrake brake) {}

    /**
     * Of the package {@code lifecycle}.
     *
     * @param activation which syncs are active
     * @param parts the parts of syncs that make a list of each view or campaign
     * @param starter begins admitted runs
     * @param admission admits runs
     * @param flow the steps of an admitted run
     * @param source which views or campaigns the CRM has
     * @param deleted what follows when a sync is deleted
     */
    public record Lifecycle(
            SyncActivation activation,
            FanOutParts parts,
            RunStarter starter,
            RunAdmission admission,
            RunFlow flow,
            FanOutSource source,
            DeletedSyncs deleted) {}
}
