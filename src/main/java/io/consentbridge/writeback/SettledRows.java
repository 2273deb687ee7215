package io.consentbridge.writeback;

import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * Deletes updates of CRM records and starts of workflows that were done, had nobody to go to, or were superseded long ago. What is pending or a dead
 * letter stays.
 */
public final class SettledRows {

    private static final int BATCH = 500;

    private final Database database;

    public SettledRows(Database database) {
        this.database = database;
    }

    /**
     * Deletes in short transactions.
     *
     * @param before the instant before which they were settled
     * @return how many updates of CRM records were deleted
     */
    public int deleteUpdates(Instant before) {
        return delete(before, SettledRows::updates, """
                delete from record_update where id = any(:ids) and state in ('done', 'gone', 'superseded') and settled_at < :before
                """);
    }

    /** The same for starts of workflows. */
    public int deleteStarts(Instant before) {
        return delete(before, SettledRows::starts, """
                delete from workflow_start where id = any(:ids) and state in ('done', 'gone') and settled_at < :before
                """);
    }

    /** What of a page is deleted: an id after which it begins, and the time. */
    private record Page(long after, Instant before) {}

    private static List<Long> updates(Handle handle, Page page) {
        return handle.createQuery("""
                        select id from record_update
                        where id > :after and state in ('done', 'gone', 'superseded') and settled_at < :before
                        order by id fetch first :max rows only
                        """)
                .bind("after", page.after())
                .bind("before", page.before())
                .bind("max", BATCH)
                .mapTo(Long.class)
                .list();
    }

    private static List<Long> starts(Handle handle, Page page) {
        return handle.createQuery("""
                        select id from workflow_start
                        where id > :after and state in ('done', 'gone') and settled_at < :before
                        order by id fetch first :max rows only
                        """)
                .bind("after", page.after())
                .bind("before", page.before())
                .bind("max", BATCH)
                .mapTo(Long.class)
                .list();
    }

    private int delete(Instant before, BiFunction<Handle, Page, List<Long>> found, String statement) {
        int all = 0;
        Page page = new Page(0, before);
        List<Long> ids;
        do {
            Page present = page;
            ids = database.query(handle -> found.apply(handle, present));
            if (!ids.isEmpty()) {
                List<Long> some = ids;
                // An update that came in meanwhile makes its row pending again.
                all += database.transaction(handle -> handle.createUpdate(statement)
                        .bindArray("ids", Long.class, some)
                        .bind("before", before)
                        .execute());
                page = new Page(ids.get(ids.size() - 1), before);
            }
        } while (ids.size() == BATCH);
        return all;
    }
}
