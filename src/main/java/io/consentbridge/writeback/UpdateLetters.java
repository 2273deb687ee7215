package io.consentbridge.writeback;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The dead-lettered updates of CRM records, which people list, replay or discard. */
public final class UpdateLetters {

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

    /**
     * The answer to one request.
     *
     * @param id number of the dead letter
     * @param refused why nothing was done; empty when it was done
     */
    public record Answer(long id, Optional<String> refused) {}

    private final Database database;

    public UpdateLetters(Database database) {
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

    /** The numbers of dead letters in their order, from after {@code afterId}. */
    public List<Long> numbers(long afterId, int max) {
        return database.query(handle -> handle.createQuery("""
                        select id from record_update where state = 'dead-lettered' and id > :after
                        order by id fetch first :max rows only
                        """)
                .bind("after", afterId - FIRST)
                .bind("max", max)
                .map((row, context) -> row.getLong("id") + FIRST)
                .list());
    }

    /** How many there are. */
    public long count() {
        return database.query(
                handle -> handle.createQuery("select count(*) from record_update where state = 'dead-lettered'")
                        .mapTo(Long.class)
                        .one());
    }

    /** How many of them the connection has. */
    public long count(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(*) from record_update where state = 'dead-lettered' and connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
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

    /**
     * Makes each pending again.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> replay(Collection<Long> ids) {
        return each(ids, """
                update record_update
                set state = 'pending', rounds = 0, alone = false, due_at = null, replayed = replayed + 1, version = version + 1
                where id = :id and state = 'dead-lettered'
                """);
    }

    /**
     * Forgets each, unless it is pending again.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> discard(Collection<Long> ids) {
        return each(ids, "delete from record_update where id = :id and state = 'dead-lettered'");
    }

    private List<Answer> each(Collection<Long> ids, String statement) {
        return database.transaction(handle -> {
            List<Answer> answers = new ArrayList<>();
            for (long id : ids) {
                int done = handle.createUpdate(statement).bind("id", id - FIRST).execute();
                answers.add(new Answer(
                        id,
                        done == 1
                                ? Optional.empty()
                                : Optional.of("no dead letter has that number, or it is being replayed")));
            }
            return answers;
        });
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
