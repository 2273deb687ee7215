package io.consentbridge.run;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Figures that compare our database with the lists in Campaigns: those of the last reading of all members of a list, and
 * those that each run found.
 */
public final class ListFigures {

    private final Database database;

    public ListFigures(Database database) {
        this.database = database;
    }

    /**
     * What a run found on its list.
     *
     * @param active people who are active there
     * @param foreign active people who were not subscribed by this product
     * @param missing people who were subscribed by this product and are missing from the reading of all members without a
     *     known reason
     * @param refusing people who are to leave because of a known refusal that no record of the run states
     */
    public record Found(long active, long foreign, long missing, long refusing) {}

    /**
     * A list as the last reading of all its members found it.
     *
     * @param readAt when its members were read
     */
    public record OfList(String connection, String list, Instant readAt, long active, long foreign, long missing) {}

    /**
     * What is known of a mailing list now.
     *
     * @param listId its row
     * @param list its name
     * @param waitsUntil the time before which nobody is subscribed; empty when no preparing call was ever locked
     * @param ours people who are active there according to our database and were subscribed by this product
     * @param foreign active people who were not subscribed by this product, by the last reading of all members; empty before
     *     the first
     * @param missing people who were subscribed by this product and are missing from that reading without a known reason;
     *     empty before the first
     * @param left people who are unsubscribed or bounced there, by Campaigns' count; empty before the first such count
     * @param readAt when all members were last read; empty before the first time
     */
    public record Figures(
            long listId,
            String list,
            Optional<Instant> waitsUntil,
            long ours,
            Optional<Long> foreign,
            Optional<Long> missing,
            Optional<Long> left,
            Optional<Instant> readAt) {}

    /** Stores the list to which a run is bound; a purpose may name another one later. */
    public void bound(String runId, String list) {
        database.change(handle -> handle.createUpdate("update run set list = :list where id = :run")
                .bind("list", list)
                .bind("run", runId)
                .execute());
    }

    /** The list to which a run was bound, by its name at that time; empty when it was bound to none. */
    public Optional<String> listOf(String runId) {
        return database.query(handle -> handle.createQuery("select list from run where id = :run and list is not null")
                .bind("run", runId)
                .mapTo(String.class)
                .findOne());
    }

    /** Stores for a run what is known of its list, and how many of its people are active there now. */
    public void found(String runId, long listId) {
        database.change(handle ->
                handle.createUpdate("""
                        update run set
                          list_active = (select l.active_count from mailing_list l where l.id = :list),
                          list_foreign = (select l.foreign_count from mailing_list l where l.id = :list),
                          list_missing = (select l.missing_count from mailing_list l where l.id = :list)
                        where id = :run
                        """).bind("list", listId).bind("run", runId).execute());
    }

    /** Adds to the number of people who are to leave because of a refusal in that run. */
    public void refused(String runId, int people) {
        database.change(
                handle -> handle.createUpdate("update run set list_refusing = list_refusing + :people where id = :run")
                        .bind("people", people)
                        .bind("run", runId)
                        .execute());
    }

    /** The sum of what these runs found; empty when none of them got far enough to know. */
    public Optional<Found> of(List<String> runIds) {
        return database.query(handle -> sum(handle, runIds));
    }

    private static Optional<Found> sum(Handle handle, List<String> runIds) {
        return handle.createQuery("""
                        select sum(list_active) as active, coalesce(sum(list_foreign), 0) as others,
                            coalesce(sum(list_missing), 0) as missing, coalesce(sum(list_refusing), 0) as refusing
                        from run where id = any(:runs)
                        """)
                .bindArray("runs", String.class, runIds)
                .map((row, context) -> row.getObject("active") == null
                        ? Optional.<Found>empty()
                        : Optional.of(new Found(
                                row.getLong("active"),
                                row.getLong("others"),
                                row.getLong("missing"),
                                row.getLong("refusing"))))
                .one();
    }

    /** Every list whose members were all read, by connection and name. */
    public List<OfList> lists() {
        return database.query(handle -> handle.createQuery("""
                        select connection, name, members_read_at, coalesce(active_count, 0) as active,
                            coalesce(foreign_count, 0) as others, coalesce(missing_count, 0) as missing
                        from mailing_list where members_read_at is not null order by connection, name
                        """)
                .map((row, context) -> new OfList(
                        row.getString("connection"),
                        row.getString("name"),
                        Columns.instant(row, "members_read_at"),
                        row.getLong("active"),
                        row.getLong("others"),
                        row.getLong("missing")))
                .list());
    }

    /** Every list of the connection to which a run was ever bound, by name. */
    public List<Figures> of(String connection) {
        return database.query(handle -> handle.createQuery("""
                        select l.id, l.name, l.waits_until, l.members_read_at, l.foreign_count, l.missing_count,
                            l.unsub_count + l.bounce_count as gone,
                            (select count(*) from list_member m
                             where m.list_id = l.id and m.active and m.subscribed_at is not null) as ours
                        from mailing_list l where l.connection = :connection order by l.name
                        """)
                .bind("connection", connection)
                .map((row, context) -> new Figures(
                        row.getLong("id"),
                        row.getString("name"),
                        Columns.optionalInstant(row, "waits_until"),
                        row.getLong("ours"),
                        figure(row, "foreign_count"),
                        figure(row, "missing_count"),
                        figure(row, "gone"),
                        Columns.optionalInstant(row, "members_read_at")))
                .list());
    }

    private static Optional<Long> figure(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(Columns.number(row, column));
    }
}
