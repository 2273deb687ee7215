package io.consentbridge.writeback;

import io.consentbridge.store.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The dead letters of one table of this package, by their numbers. A number is that of the row, counted from a first one that no other
 * kind of dead letter reaches.
 */
public abstract sealed class NumberedLetters permits UpdateLetters, WorkflowLetters {

    /**
     * The answer to one request.
     *
     * @param id number of the dead letter
     * @param refused why nothing was done; empty when it was done
     */
    public record Answer(long id, Optional<String> refused) {}

    private final Database database;
    private final String table;
    private final long first;

    /**
     * @param table their table
     * @param first the number after which theirs begin
     */
    NumberedLetters(Database database, String table, long first) {
        this.database = database;
        this.table = table;
        this.first = first;
    }

    /** The numbers of dead letters in their order, from after {@code afterId}. */
    public List<Long> numbers(long afterId, int max) {
        return database.query(handle -> handle.createQuery("select id from " + table
                        + " where state = 'dead-lettered' and id > :after order by id fetch first :max rows only")
                .bind("after", afterId - first)
                .bind("max", max)
                .map((row, context) -> row.getLong("id") + first)
                .list());
    }

    /** How many there are. */
    public long count() {
        return database.query(
                handle -> handle.createQuery("select count(*) from " + table + " where state = 'dead-lettered'")
                        .mapTo(Long.class)
                        .one());
    }

    /** How many of them the connection has. */
    public long count(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(*) from " + table + " where state = 'dead-lettered' and connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
    }

    /**
     * Makes each pending again.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> replay(Collection<Long> ids) {
        return each(
                ids,
                "update " + table
                        + " set state = 'pending', rounds = 0, alone = false, due_at = null, replayed = replayed + 1,"
                        + " version = version + 1 where id = :id and state = 'dead-lettered'");
    }

    /**
     * Forgets each, unless it is pending again.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> discard(Collection<Long> ids) {
        return each(ids, "delete from " + table + " where id = :id and state = 'dead-lettered'");
    }

    private List<Answer> each(Collection<Long> ids, String statement) {
        return database.transaction(handle -> {
            List<Answer> answers = new ArrayList<>();
            for (long id : ids) {
                int done = handle.createUpdate(statement).bind("id", id - first).execute();
                answers.add(new Answer(
                        id,
                        done == 1
                                ? Optional.empty()
                                : Optional.of("no dead letter has that number, or it is being replayed")));
            }
            return answers;
        });
    }
}
