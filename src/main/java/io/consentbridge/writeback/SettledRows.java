package io.consentbridge.writeback;

import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.List;

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
        return delete("record_update", before);
    }

    /** The same for starts of workflows, of which none is superseded. */
    public int deleteStarts(Instant before) {
        return delete("workflow_start", before);
    }

    private int delete(String table, Instant before) {
        int all = 0;
        long after = 0;
        List<Long> ids;
        do {
            long last = after;
            ids = database.query(handle -> handle.createQuery("select id from " + table
                            + " where id > :after and state in ('done', 'gone', 'superseded') and settled_at < :before"
                            + " order by id fetch first :max rows only")
                    .bind("after", last)
                    .bind("before", before)
                    .bind("max", BATCH)
                    .mapTo(Long.class)
                    .list());
            if (!ids.isEmpty()) {
                List<Long> some = ids;
                // An update that came in meanwhile makes its row pending again.
                all += database.transaction(handle -> handle.createUpdate("delete from " + table
                                + " where id = any(:ids) and state in ('done', 'gone', 'superseded')"
                                + " and settled_at < :before")
                        .bindArray("ids", Long.class, some)
                        .bind("before", before)
                        .execute());
                after = ids.get(ids.size() - 1);
            }
        } while (ids.size() == BATCH);
        return all;
    }
}
