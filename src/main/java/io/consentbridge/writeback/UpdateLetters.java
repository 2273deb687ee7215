package io.consentbridge.writeback;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The dead-lettered updates of CRM records, which people list, replay or discard. */
public final class UpdateLetters extends NumberedLetters {

    /** The numbers of these dead letters begin after it, so that none is that of a delivery. */
    public static final long FIRST = 1_000_000_000L;

    /**
     * A dead-lettered update.
     *
     * @param id its number
     * @param because why the record was to be updated
     * @param code Zoho's code, or a word of the product's own; empty for none
     * @param cause what went wrong
     * @param parkedAt when it was dead-lettered last
     * @param replayed how often it was replayed
     * @param replaying whether it is pending again
     * @param fields what it writes; personal data
     */
    public record Letter(
            long id,
            String connection,
            String module,
            String recordId,
            String because,
            Optional<String> code,
            String cause,
            Instant parkedAt,
            int replayed,
            boolean replaying,
            Map<String, String> fields) {

        @Override
        public String toString() {
            return "dead letter " + id;
        }
    }

    private final Database database;

    public UpdateLetters(Database database) {
        super(database, "record_update", FIRST);
        this.database = database;
    }

    /** Whether the number is that of an update, and not of a delivery. */
    public static boolean isOne(long id) {
        return id > FIRST && !WorkflowLetters.isOne(id);
    }

    /** Dead letters, the newest number first. */
    public List<Letter> list(int max) {
        return database.query(handle -> handle.createQuery(
                        "select * from record_update where state = 'dead-lettered' order by id desc fetch first :max rows only")
                .bind("max", max)
                .map(UpdateLetters::row)
                .list());
    }

    /** One of them, also while it is pending again; empty when there is none of that number. */
    public Optional<Letter> show(long id) {
        return database.query(handle -> handle.createQuery("""
                        select * from record_update
                        where id = :id and (state = 'dead-lettered' or state = 'pending' and settled_at is not null)
                        """)
                .bind("id", id - FIRST)
                .map(UpdateLetters::row)
                .findOne());
    }

    private static Letter row(ResultSet row, StatementContext context) throws SQLException {
        Map<String, String> fields = new LinkedHashMap<>();
        FieldValues.read(row.getString("fields")).forEach((field, value) -> fields.put(field, String.valueOf(value)));
        return new Letter(
                row.getLong("id") + FIRST,
                row.getString("connection"),
                row.getString("module"),
                row.getString("record_id"),
                row.getString("because"),
                Columns.optionalText(row, "code"),
                Columns.optionalText(row, "cause").orElse(""),
                Columns.instant(row, "settled_at"),
                row.getInt("replayed"),
                row.getString("state").equals(UpdateState.PENDING.word()),
                fields);
    }
}
