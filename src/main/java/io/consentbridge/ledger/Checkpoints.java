package io.consentbridge.ledger;

import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.Checkpoint;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.LogTree;
import io.consentbridge.proof.MerkleProof;
import io.consentbridge.proof.SignedNote;
import io.consentbridge.proof.SigningKey;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes signed checkpoints of the log. */
final class Checkpoints {

    /** How long news wait for a checkpoint at most. */
    static final Duration EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Keys keys;
    private final InstantSource clock;

    Checkpoints(Database database, Keys keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Makes a checkpoint if there is news, and the last one is old enough.
     *
     * @param atOnce whether that does not matter
     * @throws BrokenProof if the log does not extend the last checkpoint, or checkpoints were deleted
     */
    void make(boolean atOnce) {
        Instant now = clock.instant();
        Optional<String> origin = database.query(LogRows::origin);
        long size = origin.isPresent() ? database.query(LogRows::size) : 0;
        Optional<StoredCheckpoint> last = database.query(CheckpointRows::last);
        boolean news = size > last.map(StoredCheckpoint::size).orElse(0L);
        boolean due = atOnce
                || last.filter(one -> one.madeAt().plus(EVERY).isAfter(now)
                                && !one.madeAt().isAfter(now))
                        .isEmpty();
        if (!news || !due) {
            return;
        }
        SigningKey signing = keys.signingKey(origin.get());
        CheckpointSeal seal = new CheckpointSeal(keys);
        database.change(handle -> {
            LogRows.lock(handle);
            seal.require(handle);
            long covered = LogRows.size(handle);
            LogTree tree = new LogTree(new StoredTiles(handle), covered);
            Hash root = tree.root();
            last.filter(former -> counts(handle, former))
                    .ifPresent(former -> requireExtended(former, covered, root, tree));
            SignedNote note = signing.sign(new Checkpoint(origin.get(), covered, root).text());
            CheckpointRows.add(handle, new StoredCheckpoint(covered, note.note(), now));
            seal.renew(handle);
        });
    }

    private static void requireExtended(StoredCheckpoint former, long size, Hash root, LogTree tree) {
        Checkpoint before = Checkpoint.parse(SignedNote.parse(former.note()).text());
        if (!MerkleProof.extended(before.size(), before.root(), size, root, tree.consistency(before.size()))) {
            throw new BrokenProof("The log does not extend the checkpoint over " + before.size() + " entries.");
        }
    }

    /** Whether later checkpoints must extend it: not where an operator acknowledged a flaw after it was made. */
    private static boolean counts(Handle handle, StoredCheckpoint former) {
        return handle.createQuery("select acknowledged_at from ledger_log where acknowledged_at is not null")
                .map((row, context) -> Columns.instant(row, "acknowledged_at"))
                .findOne()
                .filter(acknowledged -> !former.madeAt().isAfter(acknowledged))
                .isEmpty();
    }
}
