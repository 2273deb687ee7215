package io.consentbridge.writeback;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The people who could not be handed over to a workflow, whom an operator lists, replays or discards. */
public final class WorkflowLetters {

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
        this.database = database;
    }

    /** Whether the number is that of an update, and not of a delivery or an update. */
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

    /** The numbers of dead letters in their order, from after {@code afterId}. */
    public List<Long> numbers(long afterId, int max) {
        return database.query(handle -> handle.createQuery("""
                        select id from workflow_start where state = 'dead-lettered' and id > :after
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
                handle -> handle.createQuery("select count(*) from workflow_start where state = 'dead-lettered'")
                        .mapTo(Long.class)
                        .one());
    }

    /** How many of them the connection has. */
    public long count(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(*) from workflow_start where state = 'dead-lettered' and connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
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

    /**
     * Makes each pending again.
     *
     * @return one answer for each number, in that order
     */
    public List<UpdateLetters.Answer> replay(Collection<Long> ids) {
        return each(ids, """
                update workflow_start
                set state = 'pending', rounds = 0, alone = false, due_at = null, replayed = replayed + 1
                where id = :id and state = 'dead-lettered'
                """);
    }

    /**
     * Forgets each, unless it is pending again.
     *
     * @return one answer for each number, in that order
     */
    public List<UpdateLetters.Answer> discard(Collection<Long> ids) {
        return each(ids, "delete from workflow_start where id = :id and state = 'dead-lettered'");
    }

    private List<UpdateLetters.Answer> each(Collection<Long> ids, String statement) {
        return database.transaction(handle -> {
            List<UpdateLetters.Answer> answers = new ArrayList<>();
            for (long id : ids) {
                int done = handle.createUpdate(statement).bind("id", id - FIRST).execute();
                answers.add(new UpdateLetters.Answer(
                        id,
                        done == 1
                                ? Optional.empty()
                                : Optional.of("no dead letter has that number, or it is being replayed")));
            }
            return answers;
        });
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
