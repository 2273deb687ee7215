package io.consentbridge.quota;

import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The counted calls and the lock of one method of a connection, in the database. */
final class QuotaRows {

    /** A lock that Zoho imposed; both empty if there is none. */
    record Lock(Optional<Instant> until, Optional<String> because) {

        static final Lock NONE = new Lock(Optional.empty(), Optional.empty());

        boolean holds(Instant now) {
            return until.filter(now::isBefore).isPresent();
        }
    }

    private final Handle handle;
    private final String connection;
    private final String method;

    QuotaRows(Handle handle, String connection, String method) {
        this.handle = handle;
        this.connection = connection;
        this.method = method;
    }

    /** Locks the row: no other process reserves until the transaction ends. */
    Lock exclusively() {
        Optional<Lock> lock = lock(" for update");
        if (lock.isEmpty()) {
            bound("insert into quota_lock (connection, method) values (:connection, :method) on conflict do nothing")
                    .execute();
            lock = lock(" for update");
        }
        return lock.orElseThrow();
    }

    Lock lock() {
        return lock("").orElse(Lock.NONE);
    }

    private Optional<Lock> lock(String suffix) {
        return handle.createQuery(
                        "select locked_until, because from quota_lock where connection = :connection and method = :method"
                                + suffix)
                .bind("connection", connection)
                .bind("method", method)
                .map((row, context) ->
                        new Lock(Columns.optionalInstant(row, "locked_until"), Columns.optionalText(row, "because")))
                .findOne();
    }

    void lockUntil(Instant until, String because) {
        bound("""
              update quota_lock set locked_until = :until, because = :because
              where connection = :connection and method = :method
              """)
                .bind("until", until)
                .bind("because", Columns.clip(because, 1000))
                .execute();
    }

    List<SlidingSlots> load(Quota quota) {
        List<SlidingSlots> windows =
                quota.windows().stream().map(SlidingSlots::new).toList();
        handle.createQuery("""
                        select window_seconds, slot, used from quota_use
                        where connection = :connection and method = :method
                        """)
                .bind("connection", connection)
                .bind("method", method)
                .map((row, context) -> {
                    long seconds = row.getLong("window_seconds");
                    long slot = row.getLong("slot");
                    int used = row.getInt("used");
                    windows.stream()
                            .filter(slots -> slots.window().length().toSeconds() == seconds)
                            .forEach(slots -> slots.add(slot, used));
                    return slot;
                })
                .list();
        return windows;
    }

    /** Counts the calls and, with the first ones of a slot, deletes slots that no longer count. */
    void use(SlidingSlots slots, Instant now, int calls) {
        int known = slot("""
                        update quota_use set used = used + :calls
                        where connection = :connection and method = :method and window_seconds = :window and slot = :slot
                        """, slots, slots.slot(now)).bind("calls", calls).execute();
        if (known == 0) {
            slot("""
                            insert into quota_use (connection, method, window_seconds, slot, used)
                            values (:connection, :method, :window, :slot, :calls)
                            """, slots, slots.slot(now)).bind("calls", calls).execute();
            slot("""
                            delete from quota_use
                            where connection = :connection and method = :method and window_seconds = :window and slot < :slot
                            """, slots, slots.oldest(now)).execute();
        }
    }

    private Update slot(String statement, SlidingSlots slots, long slot) {
        return bound(statement)
                .bind("window", slots.window().length().toSeconds())
                .bind("slot", slot);
    }

    private Update bound(String statement) {
        return handle.createUpdate(statement).bind("connection", connection).bind("method", method);
    }
}
