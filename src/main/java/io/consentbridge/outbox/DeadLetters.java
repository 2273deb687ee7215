package io.consentbridge.outbox;

import io.consentbridge.audience.Contents;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The parked deliveries, which people list, replay or discard. */
public final class DeadLetters {

    private static final String SELECT =
            "select d.*, l.name, p.address from dead_letter d join mailing_list l on l.id = d.list_id"
                    + " join person p on p.id = d.person_id ";

    /**
     * The answer to one request.
     *
     * @param id of the dead letter
     * @param refused why nothing was done; empty when it was done
     */
    public record Answer(long id, Optional<String> refused) {}

    private final Database database;
    private final InstantSource clock;

    public DeadLetters(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Dead letters, the newest number first. */
    public List<DeadLetter> list(int max) {
        return database.query(handle -> handle.createQuery(SELECT + "order by d.id desc fetch first :max rows only")
                .bind("max", max)
                .map(DeadLetters::row)
                .list());
    }

    /** The numbers of dead letters, those in replay among them, in their order from after {@code afterId}. */
    public List<Long> numbers(long afterId, int max) {
        return database.query(handle -> handle.createQuery(
                        "select id from dead_letter where id > :after order by id fetch first :max rows only")
                .bind("after", afterId)
                .bind("max", max)
                .mapTo(Long.class)
                .list());
    }

    /** How many there are, those in replay not counted. */
    public long count() {
        return database.query(handle -> handle.select("select count(*) from dead_letter where not replaying")
                .mapTo(Long.class)
                .one());
    }

    /** How many of them the connection has, those in replay not counted. */
    public long count(String connection) {
        return database.query(handle -> handle.createQuery(
                        "select count(*) from dead_letter where connection = :connection and not replaying")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
    }

    /** One of them; empty when there is none of that number. */
    public Optional<DeadLetter> show(long id) {
        return database.query(handle -> show(handle, id));
    }

    private static Optional<DeadLetter> show(Handle handle, long id) {
        return handle.createQuery(SELECT + "where d.id = :id")
                .bind("id", id)
                .map(DeadLetters::row)
                .findOne();
    }

    /**
     * Puts each into the outbox again, unless a newer delivery for that person and list waits or was made since, or the
     * person must not be mailed by now.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> replay(Collection<Long> ids) {
        List<Answer> answers = new ArrayList<>();
        for (long id : ids) {
            answers.add(new Answer(
                    id, database.transaction(handle -> new Replaying(handle, clock.instant()).replay(id))));
        }
        return answers;
    }

    /**
     * Forgets each, unless it is in replay; its record stays counted as dead-lettered.
     *
     * @return one answer for each number, in that order
     */
    public List<Answer> discard(Collection<Long> ids) {
        List<Answer> answers = new ArrayList<>();
        for (long id : ids) {
            int done = database.transaction(
                    handle -> handle.createUpdate("delete from dead_letter where id = :id and not replaying")
                            .bind("id", id)
                            .execute());
            answers.add(new Answer(
                    id,
                    done == 1
                            ? Optional.empty()
                            : Optional.of("no dead letter has that number, or it is being" + " replayed")));
        }
        return answers;
    }

    private static DeadLetter row(ResultSet row, StatementContext context) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("connection"),
                row.getLong("list_id"),
                row.getString("name"),
                new Person(row.getString("address")),
                row.getString("sync"),
                row.getString("run_id"),
                row.getString("record_id"),
                DeliveryRows.action(row.getString("action")),
                Contents.read(row.getString("content")),
                Columns.optionalText(row, "code"),
                row.getString("cause"),
                Columns.optionalText(row, "history").orElse(""),
                Columns.instant(row, "parked_at"),
                row.getInt("replayed"),
                row.getBoolean("replaying"));
    }
}
