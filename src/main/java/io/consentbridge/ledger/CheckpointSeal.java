package io.consentbridge.ledger;

import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The seal on the checkpoints of the database: a keyed hash of how many there are and of the newest one. It is renewed with each one
 * that is made or that the daily job deletes. Who deletes others, without the key, is found out, so that a checkpoint that must be
 * there is told from one that was old.
 *
 * <p>A database that was restored from an old copy has the seal of that time; only a checkpoint outside tells that.
 */
final class CheckpointSeal {

    private final SealingKey key;

    /** @param keys gives the key, in a transaction of its own if there is none yet */
    CheckpointSeal(Keys keys) {
        this.key = keys.checkpointKey();
    }

    /** What the table holds. */
    private record Holding(long count, Optional<String> newest, Optional<Hash> seal) {}

    /**
     * Compares the checkpoints with the seal.
     *
     * @throws BrokenProof if it is of others
     */
    void require(Handle handle) {
        Holding holding = holding(handle);
        if (!holding.seal().equals(Optional.of(of(holding)))) {
            throw new BrokenProof(
                    "The checkpoints are not those that were made: somebody deleted or inserted some, of which "
                            + holding.count() + " are here.");
        }
    }

    /** Seals the checkpoints as they are, within the transaction that changed them and holds the row of the log. */
    void renew(Handle handle) {
        handle.createUpdate("update ledger_log set checkpoint_seal = :seal where id = 1")
                .bind("seal", of(holding(handle)).bytes())
                .execute();
    }

    private Hash of(Holding holding) {
        return key.subject(holding.count() + " checkpoints, the newest: "
                + holding.newest().orElse("none"));
    }

    private static Holding holding(Handle handle) {
        return handle.createQuery("""
                        select l.checkpoint_seal, (select count(*) from ledger_checkpoint) as made,
                            (select n.note from ledger_checkpoint n where n.size >= 0 order by n.size desc fetch first row only) as newest
                        from ledger_log l where l.id = 1
                        """)
                .map((row, context) -> new Holding(
                        row.getLong("made"),
                        Optional.ofNullable(row.getString("newest")),
                        Optional.ofNullable(row.getBytes("checkpoint_seal")).map(Hash::of)))
                .one();
    }
}
