package io.consentbridge.cursor;

import io.consentbridge.consent.Person;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.RunNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads and writes rows of the table source_record. */
public final class SourceRows {

    private static final int EVIDENCE = 4000;

    private static final String BY_ID = """
            select s.record_id, p.address, s.modified_at, s.settled, s.decision, s.evidence, s.says
            from unnest(:wanted) as wanted (id)
            join source_record s on s.record_id = wanted.id and s.sync = :sync
            left join person p on p.id = s.person_id
            where s.sync is not null order by s.record_id
            """;
    private static final String BY_PERSON = """
            select s.record_id, p.address, s.modified_at, s.settled, s.decision, s.evidence, s.says
            from unnest(:wanted) as wanted (id)
            join source_record s on s.person_id = wanted.id
            left join person p on p.id = s.person_id
            where s.sync = :sync or s.sync = any(:companions) and s.decision in ('deliver', 'deliver-as-expressed')
            order by s.record_id
            """;
    private static final String NOT_MET = """
            select s.record_id, p.address, s.modified_at, s.settled, s.decision, s.evidence, s.says
            from source_record s left join person p on p.id = s.person_id
            where s.sync = :sync and s.record_id > :after and coalesce(s.mark, 0) <> coalesce((select id from run_number where run_id = :run), 0) and s.decision <> 'unmatched'
            order by s.sync, s.record_id fetch first :max rows only
            """;
    private static final String CHANGED = """
            select s.record_id, p.address, s.modified_at, s.settled, s.decision, s.evidence, s.says
            from changed_record c join source_record s on s.sync = c.sync and s.record_id = c.record_id
            left join person p on p.id = s.person_id
            where c.sync = :sync and c.record_id > :after and s.decision <> 'unmatched'
            order by c.sync, c.record_id fetch first :max rows only
            """;

    private SourceRows() {}

    public static List<SourceRecord> byId(Handle handle, String sync, Collection<String> recordIds) {
        return handle.createQuery(BY_ID)
                .bind("sync", sync)
                .bindArray("wanted", String.class, List.copyOf(recordIds))
                .map(SourceRows::row)
                .list();
    }

    /** The current records of these people: those of the sync that count, and those that companions deliver. */
    public static List<SourceRecord> current(
            Handle handle, String sync, Collection<String> companions, PersonNumbers people) {
        return handle
                .createQuery(BY_PERSON)
                .bind("sync", sync)
                .bindArray("companions", String.class, List.copyOf(companions))
                .bindArray("wanted", Long.class, people.all())
                .map(SourceRows::row)
                .stream()
                .filter(SourceRecord::counts)
                .toList();
    }

    /** The records of the sync that do not have that run's mark and have not left the selection yet. */
    public static List<SourceRecord> notMet(Handle handle, String sync, String runId, String afterRecordId, int max) {
        return handle.createQuery(NOT_MET)
                .bind("sync", sync)
                .bind("after", afterRecordId)
                .bind("run", runId)
                .bind("max", max)
                .map(SourceRows::row)
                .list();
    }

    /** The ids among these that have that run's mark. */
    public static Set<String> met(Handle handle, String sync, Collection<String> recordIds, String runId) {
        return Set.copyOf(handle.createQuery("""
                        select s.record_id from unnest(:wanted) as wanted (id)
                        join source_record s on s.record_id = wanted.id and s.sync = :sync
                        where s.mark = (select id from run_number where run_id = :run)
                        """)
                .bind("sync", sync)
                .bind("run", runId)
                .bindArray("wanted", String.class, List.copyOf(recordIds))
                .mapTo(String.class)
                .list());
    }

    /** The records of the sync that changed since it last read them and have not left the selection yet. */
    public static List<SourceRecord> changed(Handle handle, String sync, String afterRecordId, int max) {
        return handle.createQuery(CHANGED)
                .bind("sync", sync)
                .bind("after", afterRecordId)
                .bind("max", max)
                .map(SourceRows::row)
                .list();
    }

    /** Stores the id of that run as the mark of records that were read; nothing else of them changes. */
    public static void met(Handle handle, String sync, String runId, Collection<String> recordIds) {
        long run = RunNumbers.of(handle, runId);
        PreparedBatch update =
                handle.prepareBatch("update source_record set mark = :run where sync = :sync and record_id = :record");
        recordIds.forEach(id ->
                update.bind("run", run).bind("sync", sync).bind("record", id).add());
        update.execute();
    }

    /**
     * The records that these syncs deliver, by the number of the person for whom they stand; a consent that has ended by its
     * day delivers nobody.
     *
     * @param sync the sync that asks: what another sync read of a record before this one did is out of date
     */
    public static Map<Long, Set<Keepers.Reason>> delivered(
            Handle handle, String sync, Collection<String> syncs, Collection<Long> people, LocalDate today) {
        Map<Long, Set<Keepers.Reason>> delivered = new HashMap<>();
        handle.createQuery("""
                        select s.person_id, s.sync, s.record_id, coalesce(own.modified_at > s.modified_at, false) as outdated
                        from unnest(:wanted) as wanted (id)
                        join source_record s on s.person_id = wanted.id
                        left join source_record own on own.sync = :sync and own.record_id = s.record_id
                        where s.sync = any(:syncs) and s.decision in ('deliver', 'deliver-as-expressed')
                          and not exists (
                            select 1 from consent_end e
                            where e.sync = s.sync and e.record_id = s.record_id and e.ends_on <= :today)
                        """)
                .bind("sync", sync)
                .bindArray("syncs", String.class, List.copyOf(syncs))
                .bindArray("wanted", Long.class, List.copyOf(people))
                .bind("today", today)
                .map((row, context) -> delivered
                        .computeIfAbsent(row.getLong("person_id"), person -> new HashSet<>())
                        .add(new Keepers.Reason(
                                row.getString("sync"), row.getString("record_id"), row.getBoolean("outdated"))))
                .list();
        return delivered;
    }

    /**
     * The ids of records of these people that the sync delivers, and of which another sync read a newer version that allows no mail.
     *
     * @param others names of the other syncs
     */
    public static Set<String> overtaken(
            Handle handle, String sync, Collection<String> others, Collection<Long> people) {
        if (others.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(handle.createQuery("""
                        select own.record_id
                        from unnest(:wanted) as wanted (id)
                        join source_record own on own.person_id = wanted.id and own.sync = :sync
                        join source_record later
                          on later.person_id = own.person_id and later.record_id = own.record_id
                          and later.modified_at > own.modified_at
                        where own.decision in ('deliver', 'deliver-as-expressed') and later.sync = any(:others)
                          and later.decision in ('withhold', 'request-consent')
                        """)
                .bind("sync", sync)
                .bindArray("others", String.class, List.copyOf(others))
                .bindArray("wanted", Long.class, List.copyOf(people))
                .mapTo(String.class)
                .set());
    }

    /** Stores that these records allow no mail any more; nothing else of them was read. */
    public static void ended(Handle handle, String sync, Map<String, LapsedRecord> records) {
        PreparedBatch update = handle.prepareBatch("""
                update source_record set decision = :decision, says = :says where sync = :sync and record_id = :record
                """);
        records.forEach((id, lost) -> update.bind("sync", sync)
                .bind("record", id)
                .bind("decision", lost.decision())
                .bind("says", lost.says())
                .add());
        update.execute();
    }

    /** @param met the mark of records that were read: the run, or the run with which the reading of everything began */
    public static void write(Handle handle, String sync, String met, List<SourceRecord> records, PersonNumbers people) {
        Map<String, SourceRecord> last = new LinkedHashMap<>();
        records.forEach(record -> last.put(record.recordId(), record));
        Set<String> known = byId(handle, sync, last.keySet()).stream()
                .map(SourceRecord::recordId)
                .collect(Collectors.toSet());
        long run = RunNumbers.of(handle, met);
        PreparedBatch update = handle.prepareBatch("""
                update source_record
                set person_id = :person, modified_at = :modified, settled = :settled, decision = :decision, evidence = :evidence,
                    says = :says, mark = :run
                where sync = :sync and record_id = :record
                """);
        List<SourceRecord> fresh = new ArrayList<>();
        last.forEach((id, record) -> {
            if (known.contains(id)) {
                update.bind("sync", sync)
                        .bind("record", id)
                        .bind("person", number(record, people))
                        .bind("modified", record.modified())
                        .bind("settled", record.settled())
                        .bind("decision", record.decision())
                        .bind("evidence", evidence(record))
                        .bind("says", record.says().orElse(null))
                        .bind("run", run)
                        .add();
            } else {
                fresh.add(record);
            }
        });
        update.execute();
        BulkInsert.into("source_record", fresh)
                .text("sync", sync)
                .texts("record_id", SourceRecord::recordId)
                .numbers("person_id", record -> number(record, people))
                .times("modified_at", SourceRecord::modified)
                .flags("settled", SourceRecord::settled)
                .texts("decision", SourceRecord::decision)
                .texts("evidence", SourceRows::evidence)
                .texts("says", record -> record.says().orElse(null))
                .number("mark", run)
                .execute(handle);
        ChangedRows.takeOut(handle, sync, last.keySet());
    }

    private static Long number(SourceRecord record, PersonNumbers people) {
        return record.person().flatMap(people::find).orElse(null);
    }

    private static String evidence(SourceRecord record) {
        return Columns.clip(record.evidence().orElse(null), EVIDENCE);
    }

    public static void forget(Handle handle, String sync, Collection<String> recordIds) {
        PreparedBatch delete =
                handle.prepareBatch("delete from source_record where sync = :sync and record_id = :record");
        recordIds.forEach(id -> delete.bind("sync", sync).bind("record", id).add());
        delete.execute();
        ChangedRows.takeOut(handle, sync, recordIds);
    }

    public static SourceRecord row(ResultSet row, StatementContext context) throws SQLException {
        return new SourceRecord(
                row.getString("record_id"),
                Columns.optionalText(row, "address").map(Person::new),
                Columns.instant(row, "modified_at"),
                row.getBoolean("settled"),
                row.getString("decision"),
                Columns.optionalText(row, "evidence"),
                Columns.optionalText(row, "says"));
    }
}
