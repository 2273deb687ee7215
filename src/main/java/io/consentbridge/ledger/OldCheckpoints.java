package io.consentbridge.ledger;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Deletes old checkpoints, of which there is one a minute, but for the last of each day (UTC). The newest stays, and those that an
 * acknowledgement refers to.
 */
final class OldCheckpoints {

    private static final int PAGE = 5000;

    private final Database database;
    private final CheckpointSeal seal;

    OldCheckpoints(Database database, CheckpointSeal seal) {
        this.database = database;
        this.seal = seal;
    }

    /** A checkpoint that may be deleted if another one of its day follows. */
    private record Old(long size, LocalDate day, boolean kept) {}

    /**
     * Deletes them in short transactions.
     *
     * @param before the instant before which they were made
     * @param handed the number of entries up to which every place outside has the checkpoints
     * @return how many were deleted
     * @throws io.consentbridge.proof.BrokenProof if the checkpoints are not those that were made
     */
    int delete(Instant before, long handed) {
        int deleted = 0;
        Old last = new Old(-1, LocalDate.MIN, true);
        for (int rows = PAGE; rows == PAGE; ) {
            long after = last.size();
            List<Old> page = database.query(handle -> page(handle, before, handed, after));
            List<Long> earlier = new ArrayList<>(); // of their day
            for (Old next : page) {
                if (!last.kept() && last.day().equals(next.day())) {
                    earlier.add(last.size());
                }
                last = next;
            }
            deleted += earlier.isEmpty() ? 0 : database.<Integer>transaction(handle -> delete(handle, earlier));
            rows = page.size();
        }
        return deleted;
    }

    private static List<Old> page(Handle handle, Instant before, long handed, long after) {
        return handle.createQuery("""
                        select size, made_at, kept from ledger_checkpoint
                        where size > :after and size <= :handed and made_at < :before order by size fetch first :max rows only
                        """)
                .bind("after", after)
                .bind("handed", handed)
                .bind("before", before)
                .bind("max", PAGE)
                .map((row, context) -> new Old(
                        row.getLong("size"),
                        Columns.instant(row, "made_at").atZone(ZoneOffset.UTC).toLocalDate(),
                        row.getBoolean("kept")))
                .list();
    }

    private int delete(Handle handle, List<Long> sizes) {
        LogRows.lock(handle);
        seal.require(handle);
        int deleted = handle.createUpdate("delete from ledger_checkpoint where size = any(:sizes)")
                .bindArray("sizes", Long.class, sizes)
                .execute();
        seal.renew(handle);
        return deleted;
    }
}
