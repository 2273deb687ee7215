package io.consentbridge.audience;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Lists that are locked while a campaign is in review (B133): subscriptions to them wait in the outbox, whichever sync or route
 * asks for them, because each claim looks here. Removals go on (docs/decisions/0013-rulings.md, ruling 1). A lock lasts until
 * {@link #end}, also over restarts and for every process of the installation.
 *
 * <p>Threads may share it.
 */
public final class ListLocks {

    private final Database database;
    private final InstantSource clock;

    public ListLocks(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A list that is locked.
     *
     * @param listId row of the list
     * @param list its name
     * @param campaign the campaign that is in review
     * @param since when the lock began
     */
    public record Lock(long listId, String list, String campaign, Instant since) {

        /** The reason for people, and when it ends; without personal data. */
        public String because() {
            return because(campaign);
        }

        /** {@link #because()} of a lock for that campaign. */
        public static String because(String campaign) {
            return "campaign " + campaign
                    + " is in review, so its list is locked. Subscriptions follow when the campaign is"
                    + " sent or cancelled, or when its approval is void. People who leave still leave";
        }

        private static Lock of(ResultSet row, StatementContext context) throws SQLException {
            return new Lock(
                    row.getLong("list_id"),
                    row.getString("name"),
                    row.getString("campaign"),
                    Columns.instant(row, "since"));
        }
    }

    /** Locks a list for a campaign; does nothing if it is locked for it already. */
    public void begin(long listId, String campaign) {
        database.change(handle -> begin(handle, listId, campaign));
    }

    /** {@link #begin(long, String)} within the caller's transaction. */
    public void begin(Handle handle, long listId, String campaign) {
        handle.createUpdate("""
                        insert into list_lock (list_id, campaign, since) values (:list, :campaign, :now)
                        on conflict do nothing
                        """)
                .bind("list", listId)
                .bind("campaign", campaign)
                .bind("now", clock.instant())
                .execute();
    }

    /** Ends every lock of a campaign; waiting subscriptions are claimed from now on. */
    public void end(String campaign) {
        database.change(handle -> end(handle, campaign));
    }

    /** {@link #end(String)} within the caller's transaction. */
    public static void end(Handle handle, String campaign) {
        handle.createUpdate("delete from list_lock where campaign = :campaign")
                .bind("campaign", campaign)
                .execute();
    }

    /** Ends the locks of every other campaign than these: a campaign without a file is in no review. */
    public void endExcept(Set<String> campaigns) {
        database.change(handle -> handle.createUpdate("delete from list_lock where campaign <> all(:campaigns)")
                .bindArray("campaigns", String.class, List.copyOf(campaigns))
                .execute());
    }

    /** Whether a list is locked for that campaign, so that its recipients do not change either. */
    public boolean isBegun(String campaign) {
        return database.query(
                handle -> handle.createQuery("select 1 from list_lock where campaign = :campaign fetch first row only")
                        .bind("campaign", campaign)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    /** The locks on lists of a connection, by the names of list and campaign. */
    public List<Lock> of(String connection) {
        return database.query(handle -> of(handle, connection));
    }

    static List<Lock> of(Handle handle, String connection) {
        return handle.createQuery("""
                        select k.list_id, l.name, k.campaign, k.since
                        from list_lock k join mailing_list l on l.id = k.list_id
                        where l.connection = :connection order by l.name, k.campaign
                        """)
                .bind("connection", connection)
                .map(Lock::of)
                .list();
    }

    /** The lists of a connection that are locked, within the transaction of a claim. */
    public static Set<Long> locked(Handle handle, String connection) {
        return Set.copyOf(handle.createQuery("""
                        select distinct k.list_id from list_lock k join mailing_list l on l.id = k.list_id
                        where l.connection = :connection
                        """)
                .bind("connection", connection)
                .mapTo(Long.class)
                .list());
    }

    /**
     * How many subscriptions to the list were claimed and are not settled yet. After {@link #begin(long, String)} this only
     * falls: the list stands still once it is zero. Waits for claims that were made at the same time.
     */
    public long inFlight(long listId) {
        return database.transaction(handle -> {
            // A claim that looked before the lock began holds the rows that it takes until it ends.
            long rows = handle
                    .createQuery(
                            "select id from delivery where list_id = :list and action = 'subscribe' order by id for update")
                    .bind("list", listId)
                    .mapTo(Long.class)
                    .stream()
                    .count();
            return rows == 0
                    ? 0L
                    : handle.createQuery("""
                                    select count(*) from delivery
                                    where list_id = :list and action = 'subscribe' and claimed_until > :now
                                    """)
                            .bind("list", listId)
                            .bind("now", clock.instant())
                            .mapTo(Long.class)
                            .one();
        });
    }
}
