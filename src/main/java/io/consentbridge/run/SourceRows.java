package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
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
final class SourceRows {

    private static final String SELECT = """
            select s.record_id, s.person, s.modified_at, s.settled, s.decision, s.evidence
            from unnest(cast(:wanted as varchar array)) as wanted (text)
            left join source_record s on s.%s = wanted.text and s.sync = :sync
            where s.sync is not null order by s.record_id
            """;

    private SourceRows() {}

    static List<SourceRecord> byId(Handle handle, String sync, Collection<String> recordIds) {
        return handle.createQuery(SELECT.formatted("record_id"))
                .bind("sync", sync)
                .bindArray("wanted", String.class, List.copyOf(recordIds))
                .map(SourceRows::row)
                .list();
    }

    static List<SourceRecord> byPerson(Handle handle, String sync, Collection<Person> people) {
        return handle.createQuery(SELECT.formatted("person"))
                .bind("sync", sync)
                .bindArray("wanted", String.class, Columns.addresses(people))
                .map(SourceRows::row)
                .list();
    }

    static void write(Handle handle, String sync, List<SourceRecord> records) {
        Map<String, SourceRecord> last = new LinkedHashMap<>();
        records.forEach(record -> last.put(record.recordId(), record));
        Set<String> known = byId(handle, sync, last.keySet()).stream()
                .map(SourceRecord::recordId)
                .collect(Collectors.toCollection(HashSet::new));
        PreparedBatch update = handle.prepareBatch("""
                update source_record
                set person = :person, modified_at = :modified, settled = :settled, decision = :decision, evidence = :evidence
                where sync = :sync and record_id = :record
                """);
        PreparedBatch insert = handle.prepareBatch("""
                insert into source_record (sync, record_id, person, modified_at, settled, decision, evidence)
                values (:sync, :record, :person, :modified, :settled, :decision, :evidence)
                """);
        last.forEach((id, record) -> (known.contains(id) ? update : insert)
                .bind("sync", sync)
                .bind("record", id)
                .bind("person", Columns.address(record.person()))
                .bind("modified", record.modified())
                .bind("settled", record.settled())
                .bind("decision", record.decision())
                .bind("evidence", Columns.clip(record.evidence().orElse(null), 4000))
                .add());
        update.execute();
        insert.execute();
    }

    static void forget(Handle handle, String sync, Collection<String> recordIds) {
        PreparedBatch delete =
                handle.prepareBatch("delete from source_record where sync = :sync and record_id = :record");
        recordIds.forEach(id -> delete.bind("sync", sync).bind("record", id).add());
        delete.execute();
    }

    private static SourceRecord row(ResultSet row, StatementContext context) throws SQLException {
        return new SourceRecord(
                row.getString("record_id"),
                Columns.optionalText(row, "person").map(Person::new),
                Columns.instant(row, "modified_at"),
                row.getBoolean("settled"),
                row.getString("decision"),
                Columns.optionalText(row, "evidence"));
    }
}
