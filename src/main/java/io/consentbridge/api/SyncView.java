package io.consentbridge.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A sync, as shown in lists and on its own page.
 *
 * @param name its name
 * @param state active or inactive
 * @param because why its state differs from that in its file, such as "the credential changed"; null when it does not
 * @param connection name of the connection
 * @param module API name of the CRM module
 * @param purpose name of the purpose
 * @param schedule when it runs, in words, and in which zone: "every week on Monday at 09:00, Europe/Berlin"; null when it
 *     only runs on command
 * @param nextRun when it runs next; null when it is inactive or has no schedule
 * @param nextRuns the next run and the two that follow by its schedule
 * @param zone the time zone of its connection, in which its schedule is read
 * @param lastRun its newest run; null when it never ran
 * @param waiting its deliveries that are not done
 * @param waitsForFullRun Campaigns fields with a new or changed mapping, and {@code updateEmptyValues} where it was set;
 *     people who do not change get these only with a run that reads everything (B120)
 * @param held people whose removal is held, by the brake or because the last reading failed
 * @param parts the views or campaigns of which it makes a list each, as last found (B104); empty for any other sync
 * @param onList who is on its list; null before everybody was read, and for a sync that makes several lists
 * @param listHeld why nobody is subscribed to its list for now, such as the review of a campaign; null when people are
 * @param advice a suggestion; null when there is none (B68)
 * @param settings the rest of its file, in words
 */
public record SyncView(
        String name,
        String state,
        String because,
        String connection,
        String module,
        String purpose,
        String schedule,
        Instant nextRun,
        List<Instant> nextRuns,
        String zone,
        LastRun lastRun,
        long waiting,
        List<String> waitsForFullRun,
        long held,
        List<Part> parts,
        OnList onList,
        String listHeld,
        String advice,
        Settings settings) {

    /**
     * Its list, when everybody on it was last read.
     *
     * @param readAt when that was
     * @param active people who are active there
     * @param notOurs those of them whom ConsentBridge did not subscribe
     * @param missing people whom it subscribed and who were not there, with no known reason
     */
    public record OnList(Instant readAt, long active, long notOurs, long missing) {}

    /**
     * A view or campaign that has a list of its own.
     *
     * @param sync its name as a sync
     * @param name the name of the view or campaign, when it was first found
     * @param list its mailing list
     * @param gone whether the view or campaign is gone, or no longer selected
     * @param lastRun its newest run; null when it never ran
     */
    public record Part(String sync, String name, String list, boolean gone, LastRun lastRun) {}

    /**
     * The newest run of a sync, in short.
     *
     * @param run its id
     * @param state as in {@link RunView}
     * @param startedAt when it was admitted
     * @param finishedAt null while it is under way
     */
    public record LastRun(String run, String state, Instant startedAt, Instant finishedAt) {}

    /**
     * The other settings in a sync's file, in the words of configuration files.
     *
     * @param lawfulBasis the lawful basis of its purpose
     * @param list the mailing list of its purpose
     * @param consent required or expressed; null where the basis is not consent
     * @param subscription marketing or non-marketing
     * @param select which records are selected, in one sentence
     * @param mapping Campaigns field to CRM field, in the file's order, those of the template first
     * @param mappingTemplate the template that the mapping extends; null when there is none
     * @param updateEmptyValues whether a value erased in the CRM is erased in Campaigns too
     * @param evidence details or basis
     * @param retrieve new-or-modified or once
     * @param fullScan how often a scheduled run reads everything: day, week, month or never
     * @param deleted ignore, unsubscribe, remove or do-not-mail
     * @param optedOut ignore, unsubscribe, remove or do-not-mail
     * @param unmatched ignore, unsubscribe or remove
     * @param consentLost unsubscribe or keep
     * @param returning stay or resubscribe
     * @param convertedLeads exclude or include; null for modules other than Leads
     * @param createFields whether a mapped field that Campaigns lacks is created
     * @param secondaryAddresses refuse or ignore: whether a refusal by another address of the record counts
     * @param selection the same as {@code select}, in detail; null for all records
     */
    public record Settings(
            String lawfulBasis,
            String list,
            String consent,
            String subscription,
            String select,
            Map<String, String> mapping,
            String mappingTemplate,
            boolean updateEmptyValues,
            String evidence,
            String retrieve,
            String fullScan,
            String deleted,
            String optedOut,
            String unmatched,
            String consentLost,
            String returning,
            String convertedLeads,
            boolean createFields,
            String secondaryAddresses,
            SelectionView selection) {}
}
