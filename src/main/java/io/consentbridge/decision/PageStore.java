package io.consentbridge.decision;

import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.confirmation.AskedBefore;
import io.consentbridge.confirmation.PageRequests;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.cursor.ChangedRows;
import io.consentbridge.cursor.CursorRows;
import io.consentbridge.cursor.Keepers;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.cursor.SourceRows;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.RefusedAddresses;
import io.consentbridge.outbox.TakenOff;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.LeaseLost;
import io.consentbridge.run.RunListener;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads what is known before a page is decided, and stores in one transaction what the page decided. */
public final class PageStore {

    private final Database database;
    private final InstantSource clock;
    private final Outbox outbox;
    private final Members members;
    private final Suppressions suppressions;
    private final RunListener listener;

    /** @param listener is told of each decision once it is stored */
    public PageStore(
            Database database,
            InstantSource clock,
            Outbox outbox,
            Members members,
            Suppressions suppressions,
            RunListener listener) {
        this.database = database;
        this.clock = clock;
        this.outbox = outbox;
        this.members = members;
        this.suppressions = suppressions;
        this.listener = listener;
    }

    /** What is known about a page of a run, in a handful of queries. */
    public KnownState knowledge(ActiveRun run, Collection<String> recordIds, Collection<Person> people) {
        return knowledge(
                run.connection().name(),
                run.sync().name(),
                run.companions().keySet(),
                run.sync().module(),
                run.list().id(),
                Optional.of(run.purpose()),
                recordIds,
                people);
    }

    /**
     * What is known about a page, in a handful of queries.
     *
     * @param module the module of the page's records
     * @param recordIds ids of the page's records, 2,000 at most
     * @param people the people for whom they stand
     */
    public KnownState knowledge(
            String connection,
            String sync,
            String module,
            long listId,
            Collection<String> recordIds,
            Collection<Person> people) {
        return knowledge(connection, sync, List.of(), module, listId, Optional.empty(), recordIds, people);
    }

    private KnownState knowledge(
            String connection,
            String sync,
            Collection<String> companions,
            String module,
            long listId,
            Optional<Purpose> purpose,
            Collection<String> recordIds,
            Collection<Person> people) {
        return database.query(handle -> {
            PersonNumbers numbers = PersonNumbers.known(handle, people);
            Map<Person, AskedBefore> requests = purpose.map(
                            wanted -> PageRequests.of(handle, connection, wanted, numbers))
                    .orElse(Map.of());
            return new KnownState(
                    SourceRows.byId(handle, sync, recordIds).stream()
                            .collect(Collectors.toMap(SourceRecord::recordId, record -> record)),
                    others(handle, sync, companions, new HashSet<>(recordIds), numbers),
                    elsewhere(handle, sync, companions, new HashSet<>(recordIds), numbers),
                    SourceRows.overtaken(handle, sync, companions, numbers.all()),
                    RefusedRequests.among(
                            suppressions.of(handle, connection, listId, numbers),
                            requests,
                            connection,
                            listId,
                            purpose),
                    members.of(handle, listId, numbers),
                    TakenOff.of(handle, listId, numbers),
                    WithheldPeople.of(handle, connection, numbers),
                    refusing(handle, connection, module, recordIds),
                    RefusedAddresses.among(handle, connection, numbers, clock.instant()),
                    requests);
        });
    }

    // An id belongs to one record of the organisation, so the page's own records have the same id in other syncs.
    private static Map<Person, List<SourceRecord>> others(
            Handle handle, String sync, Collection<String> companions, Set<String> recordIds, PersonNumbers people) {
        return SourceRows.current(handle, sync, companions, people).stream()
                .filter(record -> !recordIds.contains(record.recordId()))
                .collect(Collectors.groupingBy(record -> record.person().orElseThrow()));
    }

    /** The people whom these syncs deliver by one of these records. */
    private static Set<Person> elsewhere(
            Handle handle, String sync, Collection<String> companions, Set<String> recordIds, PersonNumbers people) {
        if (companions.isEmpty()) {
            return Set.of();
        }
        Set<Person> elsewhere = new HashSet<>();
        SourceRows.delivered(handle, sync, companions, people.all(), LocalDate.EPOCH)
                .forEach((person, reasons) -> {
                    if (reasons.stream().map(Keepers.Reason::recordId).anyMatch(recordIds::contains)) {
                        elsewhere.add(people.person(person));
                    }
                });
        return elsewhere;
    }

    private Set<String> refusing(Handle handle, String connection, String module, Collection<String> recordIds) {
        Map<String, String> origins = new HashMap<>();
        recordIds.forEach(id -> origins.put(Suppression.crm(module, id), id));
        return suppressions.speaking(handle, connection, origins.keySet()).stream()
                .map(origins::get)
                .collect(Collectors.toSet());
    }

    /**
     * The records of a sync that were not read since the reading of everything began and that no earlier run found gone,
     * ordered by id.
     *
     * @param runId the run with which that reading began
     */
    public List<SourceRecord> notMet(String sync, String runId, String afterRecordId, int max) {
        return database.query(handle -> SourceRows.notMet(handle, sync, runId, afterRecordId, max));
    }

    /** The people for whom these swept records refuse mail. */
    public Refusers refusers(String connection, List<CrmRecord> records, BasisReader words) {
        return database.query(handle -> Refusers.of(handle, connection, records, words));
    }

    /** The ids among these that were read by the reading of everything that began with that run. */
    public Set<String> met(String sync, String runId, Collection<String> recordIds) {
        return database.query(handle -> SourceRows.met(handle, sync, recordIds, runId));
    }

    /** The records of a sync that changed since it read them and that no earlier run found gone, ordered by id. */
    public List<SourceRecord> changed(String sync, String afterRecordId, int max) {
        return database.query(handle -> SourceRows.changed(handle, sync, afterRecordId, max));
    }

    /** The records of a run's sync whose consent has ended by that day, in the order of their days, after a position. */
    List<EndedConsent> endedConsent(ActiveRun run, LocalDate today, EndedConsent.Position after, int max) {
        return database.query(handle ->
                EndedConsent.find(handle, run.sync().name(), run.list().id(), run.id(), today, after, max));
    }

    /** The records by which the run's sync and its companions deliver these people, by the person's number. */
    Map<Long, Set<Keepers.Reason>> delivered(ActiveRun run, Collection<Long> people, LocalDate today) {
        Set<String> syncs = new HashSet<>(run.companions().keySet());
        syncs.add(run.sync().name());
        return database.query(handle -> SourceRows.delivered(handle, run.sync().name(), syncs, people, today));
    }

    /** Removes the watch on the consent of records by which nobody is on a list any more. */
    void noConsentEnds(String sync, Collection<String> recordIds) {
        if (!recordIds.isEmpty()) {
            database.change(handle -> ConsentEnds.takeOut(handle, sync, recordIds));
        }
    }

    /**
     * Marks records as read that are passed over, because they say the same as before or cannot be used: they have not left
     * the selection.
     */
    public void met(String sync, Collection<String> recordIds) {
        if (!recordIds.isEmpty()) {
            database.change(handle -> {
                CursorRows.everything(handle, sync).ifPresent(run -> SourceRows.met(handle, sync, run, recordIds));
                ChangedRows.takeOut(handle, sync, recordIds);
            });
        }
    }

    /**
     * Stores a page: decisions, suppressions, outcomes, deliveries, cursor and lease together. Storing the same page again
     * changes nothing but the number of calls.
     *
     * @throws LeaseLost when the node does not hold the run's lease any more; nothing is stored
     * @throws PlanBroken when the run carries out a plan that says something else of the page's records; nothing is stored
     */
    public void commit(PageWrites page) {
        commit(page, Set.of());
    }

    /**
     * Stores a page as {@link #commit(PageWrites)} does. Where records of the page no longer count for their people, it also
     * stores the records that remain.
     *
     * @param companions other syncs that serve the same list
     */
    public void commit(PageWrites page, Collection<String> companions) {
        commit(page, companions, true);
    }

    /** Stores people who leave, whatever a plan says of them. */
    void commitLeavers(PageWrites page) {
        commit(page, Set.of(), false);
    }

    /**
     * The records of a sync that stand for their people because newer ones are gone and that are to be read again, ordered
     * by id.
     */
    public List<String> remaining(String sync, String afterRecordId, int max) {
        return database.query(handle -> RemainingRows.of(handle, sync, afterRecordId, max));
    }

    /** Removes remaining records that the CRM does not have any more. */
    public void remainsNot(String sync, Collection<String> recordIds) {
        if (!recordIds.isEmpty()) {
            database.change(handle -> RemainingRows.takeOut(handle, sync, recordIds));
        }
    }

    private void commit(PageWrites page, Collection<String> companions, boolean asPlanned) {
        database.change(handle -> {
            PageTransaction committing = new PageTransaction(handle, page, companions, members, clock.instant());
            if (asPlanned) {
                committing.checkPlan();
            }
            committing.commit(outbox, suppressions);
        });
        page.outcomes().forEach(outcome -> listener.decided(page.sync(), outcome.decision()));
    }
}
