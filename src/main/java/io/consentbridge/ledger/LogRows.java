package io.consentbridge.ledger;

import io.consentbridge.proof.SigningKey;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the one row of the table ledger_log. */
final class LogRows {

    private LogRows() {}

    /** The name of the log; empty before its first start. */
    static Optional<String> origin(Handle handle) {
        return handle.createQuery("select origin from ledger_log")
                .mapTo(String.class)
                .findOne();
    }

    /** Begins the log; false if it has begun before. */
    static boolean begin(Handle handle, String origin, SigningKey key, Instant now) {
        return handle.createUpdate("""
                        insert into ledger_log (id, origin, verifier, started_at) values (1, :origin, :verifier, :now)
                        on conflict do nothing
                        """)
                        .bind("origin", origin)
                        .bind("verifier", key.verifier().toString())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Since when the ledger is protected. */
    static Instant started(Handle handle) {
        return handle.createQuery("select started_at from ledger_log")
                .map((row, context) -> Columns.instant(row, "started_at"))
                .one();
    }

    /** How many entries the log has; within the transaction that holds its row. */
    static long size(Handle handle) {
        return handle.createQuery("select size from ledger_log")
                .mapTo(Long.class)
                .one();
    }

    /** How many events have no number yet, decisions that are to be imported among them. */
    static long waiting(Handle handle) {
        return handle.createQuery("select (select count(*) from ledger_event) + (select count(*) from consent_ledger)")
                .mapTo(Long.class)
                .one();
    }

    /** Keeps every other process from changing the row until the transaction ends. */
    static void lock(Handle handle) {
        handle.execute("update ledger_log set size = size where id = 1");
    }

    static void grow(Handle handle, long size) {
        handle.createUpdate("update ledger_log set size = :size where id = 1")
                .bind("size", size)
                .execute();
    }

    /** Whether another process sequences now. */
    static boolean isOthers(Handle handle, String node, Instant now) {
        return handle.createQuery(
                        "select 1 from ledger_log where node is not null and node <> :node and lease_until >= :now")
                .bind("node", node)
                .bind("now", now)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Ends the turn of whichever process sequences. */
    static void free(Handle handle) {
        handle.execute("update ledger_log set node = null, lease_until = null where id = 1");
    }

    /** Ends the turn of this process, if it is the one that sequences. */
    static void giveBack(Handle handle, String node) {
        handle.createUpdate("update ledger_log set node = null, lease_until = null where id = 1 and node = :node")
                .bind("node", node)
                .execute();
    }

    /** Makes this process the one that sequences, or lets it be that for longer; false if another one is. Locks the row. */
    static boolean keepLease(Handle handle, String node, Instant now, Instant until) {
        return handle.createUpdate("""
                                update ledger_log set node = :node, lease_until = :until
                                where id = 1 and (node is null or node = :node or lease_until < :now)
                                """)
                        .bind("node", node)
                        .bind("until", until)
                        .bind("now", now)
                        .execute()
                == 1;
    }
}
