package io.consentbridge.writeback;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Shows and counts updates of CRM records. */
public final class UpdateQueries {

    /**
     * The newest update of a record.
     *
     * @param fields the names of the fields that it writes, or wrote
     * @param state what became of it
     * @param because why the record was to be updated
     * @param cause the last failure; empty for none
     * @param note what was written differently; empty for nothing
     * @param settledAt when it was settled last; empty while it never was
     */
    public record Shown(
            String connection,
            String module,
            String recordId,
            List<String> fields,
            UpdateState state,
            String because,
            Optional<String> cause,
            Optional<String> note,
            Optional<Instant> settledAt) {}

    private final Database database;

    public UpdateQueries(Database database) {
        this.database = database;
    }

    /** How many updates of the connection are pending. */
    public long pending(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(*) from record_update where state = 'pending' and connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
    }

    /**
     * The newest update of each of these records, and of other records that is about the person, by id of the record.
     *
     * @param recordIds ids of records that represent the person now
     */
    public List<Shown> of(Person person, Collection<String> recordIds) {
        return database.query(handle -> handle.createQuery("""
                        select connection, module, record_id, fields, state, because, cause, note, settled_at
                        from record_update
                        where id in (
                            select id from record_update where record_id = any(:records)
                            union
                            select u.id from person p join record_update u on u.person_id = p.id where p.address = :person)
                        order by record_id, module, connection
                        """)
                .bindArray(
                        "records", String.class, recordIds.stream().distinct().toList())
                .bind("person", person.address())
                .map((row, context) -> new Shown(
                        row.getString("connection"),
                        row.getString("module"),
                        row.getString("record_id"),
                        List.copyOf(FieldValues.read(row.getString("fields")).keySet()),
                        UpdateState.of(row.getString("state")),
                        row.getString("because"),
                        Columns.optionalText(row, "cause"),
                        Columns.optionalText(row, "note"),
                        Columns.optionalInstant(row, "settled_at")))
                .list());
    }
}
