package io.consentbridge.writeback;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The people who could not be handed over to a workflow, whom an operator lists, replays or discards. */
public final class WorkflowLetters extends NumberedLetters {

    /** The numbers of these dead letters begin after it, so that none is that of a delivery or an update. */
    public static final long FIRST = 2_000_000_000L;

    /**
     * A person who could not be handed over.
     *
     * @param id its number
     * @param workflow key of the workflow
     * @param purpose name of the purpose
     * @param list name of the mailing list
     * @param person the person
     * @param code Zoho's code, or a word of the product's own; empty for none
     * @param cause what went wrong
     * @param parkedAt when it was dead-lettered last
     * @param replayed how often it was replayed
     * @param replaying whether it is pending again
     */
    public record Letter(
            long id,
            String connection,
            String workflow,
            String purpose,
            String list,
            Person person,
            Optional<String> code,
            String cause,
            Instant parkedAt,
            int replayed,
            boolean replaying) {

        @Override
        public String toString() {
            return "dead letter " + id;
        }
    }

    private final Database database;

    public WorkflowLetters(Database database) {
        super(database, "workflow_start", FIRST);
        this.database = database;
    }

    /** Whether the number is that of a start, and not of a delivery or an update. */
    public static boolean isOne(long id) {
        return id > FIRST;
    }

    /** Dead letters, the newest number first. */
    public List<Letter> list(int max) {
        return database.query(handle -> handle.createQuery("""
                        select /* joined as written */ t.*, l.name, p.address from workflow_start t
                        join mailing_list l on l.id = t.list_id
                        join person p on p.id = t.person_id
                        where t.state = 'dead-lettered' order by t.id desc fetch first :max rows only
                        """)
                .bind("max", max)
                .map(WorkflowLetters::row)
                .list());
    }

    /** One of them, also while it is pending again; empty when there is none of that number. */
    public Optional<Letter> show(long id) {
        return database.query(handle -> handle.createQuery("""
                        select /* joined as written */ t.*, l.name, p.address from workflow_start t
                        join mailing_list l on l.id = t.list_id
                        join person p on p.id = t.person_id
                        where t.id = :id and (t.state = 'dead-lettered' or t.state = 'pending' and t.settled_at is not null)
                        """)
                .bind("id", id - FIRST)
                .map(WorkflowLetters::row)
                .findOne());
    }

    /** How many people of the connection wait to be handed over. */
    public long pending(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(*) from workflow_start where state = 'pending' and connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
    }

    private static Letter row(ResultSet row, StatementContext context) throws SQLException {
        return new Letter(
                row.getLong("id") + FIRST,
                row.getString("connection"),
                row.getString("workflow"),
                row.getString("purpose"),
                row.getString("name"),
                new Person(row.getString("address")),
                Columns.optionalText(row, "code"),
                Columns.optionalText(row, "cause").orElse(""),
                Columns.instant(row, "settled_at"),
                row.getInt("replayed"),
                row.getString("state").equals(UpdateState.PENDING.word()));
    }
}
