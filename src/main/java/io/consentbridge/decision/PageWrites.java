package io.consentbridge.decision;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Suppression;
import io.consentbridge.confirmation.NewRequest;
import io.consentbridge.consent.Person;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.cursor.LapsedRecord;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.ReadLease;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that one page decided; it is written in one transaction or not at all.
 *
 * @param runId the run
 * @param sync its sync
 * @param connection its connection
 * @param records the page's records as they were read now
 * @param forgotten ids of records of the sync that are gone from the CRM
 * @param suppressions the suppressions that the page's records state; they replace those of the same origin
 * @param origins origins of the page that count, with the modification of their records; an origin that no suppression names
 *     suppresses nobody any more
 * @param outcomes one for each record that the page counts; pending where a draft follows. A record that the run counted
 *     before is not counted twice
 * @param duplicates earlier records of this run that are replaced by a record of this page (B80), by id with the detail
 * @param drafts deliveries
 * @param ledger the decisions that changed
 * @param requests requests for consent
 * @param progress the position to which the page has brought the sync's reading; empty to leave it unchanged
 * @param calls made for this page
 * @param node the reader
 * @param lease how long the run is the reader's from now
 * @param keeping what the page says about people by their addresses
 */
public record PageWrites(
        String runId,
        String sync,
        String connection,
        List<SourceRecord> records,
        List<String> forgotten,
        List<Suppression> suppressions,
        Map<String, Instant> origins,
        List<RecordOutcome> outcomes,
        List<FileDuplicate> duplicates,
        List<Draft> drafts,
        List<LedgerEvent> ledger,
        List<NewRequest> requests,
        Optional<? extends Checkpoint> progress,
        Calls calls,
        String node,
        Duration lease,
        Keeping keeping) {

    /**
     * What a page says about people by their addresses.
     *
     * @param listId row of the list
     * @param moved records that now belong to another person
     * @param unchanged people with a record that requires no new delivery
     * @param refusing the action for members who refuse; empty when there is none
     * @param elsewhere ids of records that require no delivery any more while another sync delivers their person to the same
     *     list, so that a subscription that waits for them is still sent
     * @param ends the first day without consent, for records of the page that allow mail until then or allow none any more
     * @param ended records that the page does not contain and that allow no mail any more, by id
     * @param spoke origins of the page's records whose lawful basis was read, with the modification that was read
     * @param withheld people of records that name an unknown word for the lawful basis; each is of one of these origins
     * @param seconds the addresses of the page's records, and whether a refusal by another address counts
     */
    public record Keeping(
            long listId,
            List<FormerAddresses.Moved> moved,
            Set<Person> unchanged,
            Optional<Action> refusing,
            Set<String> elsewhere,
            Map<String, LocalDate> ends,
            Map<String, LapsedRecord> ended,
            Map<String, Instant> spoke,
            List<WithheldPeople.Withheld> withheld,
            SecondAddresses seconds) {

        /** Nothing. */
        public static final Keeping NONE = new Keeping(0, List.of(), Set.of(), Optional.empty());

        /** Only records that allow no mail any more. */
        static Keeping ended(Map<String, LapsedRecord> records) {
            return new Keeping(0, List.of(), Set.of(), Optional.empty(), Set.of(), Map.of(), records);
        }

        /** Only records that another sync delivers. */
        public static Keeping elsewhere(Set<String> recordIds) {
            return new Keeping(0, List.of(), Set.of(), Optional.empty(), recordIds, Map.of(), Map.of());
        }

        /** The same for a page whose records no other sync delivers. */
        public Keeping(
                long listId, List<FormerAddresses.Moved> moved, Set<Person> unchanged, Optional<Action> refusing) {
            this(listId, moved, unchanged, refusing, Set.of(), Map.of(), Map.of());
        }

        /** The same for a page whose words for the lawful basis were not read. */
        public Keeping(
                long listId,
                List<FormerAddresses.Moved> moved,
                Set<Person> unchanged,
                Optional<Action> refusing,
                Set<String> elsewhere,
                Map<String, LocalDate> ends,
                Map<String, LapsedRecord> ended) {
            this(listId, moved, unchanged, refusing, elsewhere, ends, ended, Map.of(), List.of(), SecondAddresses.NONE);
        }

        /** The same with what the page's records say about the lawful basis. */
        public Keeping with(Map<String, Instant> origins, List<WithheldPeople.Withheld> people) {
            return new Keeping(listId, moved, unchanged, refusing, elsewhere, ends, ended, origins, people, seconds);
        }

        /** The same with records that allow no mail any more, and the first day without consent. */
        public Keeping with(Map<String, LapsedRecord> lost, Map<String, LocalDate> days) {
            return new Keeping(listId, moved, unchanged, refusing, elsewhere, days, lost, spoke, withheld, seconds);
        }

        /** The same with the addresses of the page's records. */
        public Keeping with(SecondAddresses addresses) {
            return new Keeping(listId, moved, unchanged, refusing, elsewhere, ends, ended, spoke, withheld, addresses);
        }

        public Keeping {
            moved = List.copyOf(moved);
            unchanged = Set.copyOf(unchanged);
            elsewhere = Set.copyOf(elsewhere);
            ends = Map.copyOf(ends);
            ended = Map.copyOf(ended);
            spoke = Map.copyOf(spoke);
            withheld = List.copyOf(withheld);
        }
    }

    /** Begins what a page of this run writes, including the calls made for the run since the last page. */
    public static Builder of(ActiveRun run, ReadLease lease) {
        return of(run, lease, lease.calls(run.id()));
    }

    /**
     * Begins what a page of this run writes.
     *
     * @param calls made for the page
     */
    static Builder of(ActiveRun run, ReadLease lease, Calls calls) {
        return of(run.id(), run.sync().name(), run.connection().name(), calls, lease.node(), lease.length());
    }

    /** Begins what a page of a run writes; it is empty at first. */
    public static Builder of(String runId, String sync, String connection, Calls calls, String node, Duration lease) {
        return new Builder(runId, sync, connection, calls, node, lease);
    }

    /** Collects what a page writes; anything that is not set is empty. */
    public static final class Builder {

        private final String runId;
        private final String sync;
        private final String connection;
        private final Calls calls;
        private final String node;
        private final Duration lease;
        private List<SourceRecord> records = List.of();
        private List<String> forgotten = List.of();
        private List<Suppression> suppressions = List.of();
        private Map<String, Instant> origins = Map.of();
        private List<RecordOutcome> outcomes = List.of();
        private List<FileDuplicate> duplicates = List.of();
        private List<Draft> drafts = List.of();
        private List<LedgerEvent> ledger = List.of();
        private List<NewRequest> requests = List.of();
        private Optional<? extends Checkpoint> progress = Optional.empty();
        private Keeping keeping = Keeping.NONE;

        private Builder(String runId, String sync, String connection, Calls calls, String node, Duration lease) {
            this.runId = runId;
            this.sync = sync;
            this.connection = connection;
            this.calls = calls;
            this.node = node;
            this.lease = lease;
        }

        /** The page's records as they were read now. */
        public Builder records(List<SourceRecord> read) {
            records = read;
            return this;
        }

        /** Adds the ids of records of the sync that are gone from the CRM. */
        public Builder forgotten(List<String> ids) {
            forgotten = ids;
            return this;
        }

        /**
         * Sets the suppressions that the page's records state, and the origins that count, with the modification of their
         * records.
         */
        public Builder suppressions(List<Suppression> against, Map<String, Instant> speaking) {
            suppressions = against;
            origins = speaking;
            return this;
        }

        /** Sets the outcomes, one for each record that the page counts. */
        public Builder outcomes(List<RecordOutcome> counted) {
            outcomes = counted;
            return this;
        }

        /** Sets the earlier records of this run that are replaced by a record of this page. */
        public Builder duplicates(List<FileDuplicate> passedOver) {
            duplicates = passedOver;
            return this;
        }

        /** Deliveries. */
        public Builder drafts(List<Draft> deliveries) {
            drafts = deliveries;
            return this;
        }

        /** Decisions that changed. */
        public Builder ledger(List<LedgerEvent> events) {
            ledger = events;
            return this;
        }

        /** Requests for consent; all are of the run's purpose. */
        public Builder requests(List<NewRequest> wanted) {
            requests = wanted;
            return this;
        }

        /** Sets the position to which the page has brought the sync's reading; empty leaves it unchanged. */
        public Builder progress(Optional<? extends Checkpoint> reached) {
            progress = reached;
            return this;
        }

        /** Sets what the page says about people by their addresses. */
        public Builder keeping(Keeping said) {
            keeping = said;
            return this;
        }

        /** The page's writes with everything that was set. */
        public PageWrites build() {
            return new PageWrites(
                    runId,
                    sync,
                    connection,
                    records,
                    forgotten,
                    suppressions,
                    origins,
                    outcomes,
                    duplicates,
                    drafts,
                    ledger,
                    requests,
                    progress,
                    calls,
                    node,
                    lease,
                    keeping);
        }
    }

    /** An earlier record of the run that becomes ignored as a file duplicate. */
    public record FileDuplicate(String recordId, String detail) {}

    public PageWrites {
        records = List.copyOf(records);
        forgotten = List.copyOf(forgotten);
        suppressions = List.copyOf(suppressions);
        origins = Map.copyOf(origins);
        outcomes = List.copyOf(outcomes);
        duplicates = List.copyOf(duplicates);
        drafts = List.copyOf(drafts);
        ledger = List.copyOf(ledger);
        requests = List.copyOf(requests);
    }

    /** All people that the page names, in its order. */
    Set<Person> people() {
        return Stream.of(
                        records.stream().flatMap(record -> record.person().stream()),
                        outcomes.stream().flatMap(outcome -> outcome.person().stream()),
                        ledger.stream().map(LedgerEvent::person))
                .flatMap(people -> people)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
