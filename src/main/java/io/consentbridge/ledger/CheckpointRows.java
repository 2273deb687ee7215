package io.consentbridge.ledger;

import io.consentbridge.store.Columns;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes rows of the table ledger_checkpoint. */
final class CheckpointRows {

    private CheckpointRows() {}

    /** Checkpoints over more entries than that, the smallest first. */
    static List<StoredCheckpoint> after(Handle handle, long size, int max) {
        return handle.createQuery("""
                        select size, note, made_at from ledger_checkpoint
                        where size > :size order by size fetch first :max rows only
                        """)
                .bind("size", size)
                .bind("max", max)
                .map((row, context) -> new StoredCheckpoint(
                        row.getLong("size"), row.getString("note"), Columns.instant(row, "made_at")))
                .list();
    }

    /** The newest one; empty if there is none. */
    static Optional<StoredCheckpoint> last(Handle handle) {
        return handle.createQuery("""
                        select size, note, made_at from ledger_checkpoint
                        where size >= 0 order by size desc fetch first row only
                        """)
                .map((row, context) -> new StoredCheckpoint(
                        row.getLong("size"), row.getString("note"), Columns.instant(row, "made_at")))
                .findOne();
    }

    static void add(Handle handle, StoredCheckpoint checkpoint) {
        handle.createUpdate("""
                        insert into ledger_checkpoint (size, note, made_at) values (:size, :note, :at) on conflict do nothing
                        """)
                .bind("size", checkpoint.size())
                .bind("note", checkpoint.note())
                .bind("at", checkpoint.madeAt())
                .execute();
    }

    /** Keeps the newest one for good. */
    static void keepNewest(Handle handle) {
        handle.execute("""
                update ledger_checkpoint set kept = true where size = (
                    select n.size from ledger_checkpoint n where n.size >= 0 order by n.size desc fetch first row only)
                """);
    }
}
