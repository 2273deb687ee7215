package io.consentbridge.ledger;

import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.Checkpoint;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.LogTree;
import io.consentbridge.proof.SignedNote;
import io.consentbridge.proof.Tile;
import io.consentbridge.proof.VerifierKey;
import io.consentbridge.store.Database;
import java.util.Optional;

/** Looks at the end of the log, which takes the same short time however long the log is. */
final class LogTail {

    private final Database database;
    private final StoredLog log;
    private long next;

    LogTail(Database database) {
        this.database = database;
        this.log = new StoredLog(database);
    }

    /**
     * Compares the last entries with the last tiles, and the tiles with the last checkpoint here and the last one outside.
     *
     * @param outside the last note that a file outside has; empty for none
     * @throws BrokenProof if something does not fit
     */
    void check(Optional<String> outside) {
        long size = log.size();
        requireNothingBehind(size);
        compareEntries(size);
        database.query(CheckpointRows::last).ifPresent(last -> compare("The last checkpoint", last.note(), size));
        outside.ifPresent(note -> compare("The last checkpoint outside", note, size));
    }

    private void requireNothingBehind(long size) {
        boolean more = database.query(
                handle -> handle.createQuery("select 1 from ledger_entry where id >= :size fetch first row only")
                        .bind("size", size)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
        if (more) {
            throw new BrokenProof("There are entries behind the last one of the log.");
        }
    }

    private void compareEntries(long size) {
        long first = Math.max(0, (size - 1) / Tile.WIDTH) * Tile.WIDTH;
        int width = (int) (size - first);
        if (width == 0) {
            return;
        }
        byte[] tile = log.hashes(0, first / Tile.WIDTH, width);
        LogTree leaves = new LogTree((level, index, needed) -> tile, width);
        next = first;
        log.entries(first, size, (sequence, entry) -> {
            if (sequence != next) {
                throw new BrokenProof("Entry " + next + " is missing.");
            }
            if (!Hash.leaf(entry).equals(leaves.leaf(sequence - first))) {
                throw new BrokenProof("Entry " + sequence + " was changed.");
            }
            next++;
        });
        if (next != size) {
            throw new BrokenProof("Entry " + next + " is missing.");
        }
    }

    private void compare(String name, String note, long size) {
        SignedNote signed = SignedNote.parse(note);
        for (VerifierKey key : log.keys()) {
            key.verify(signed);
        }
        Checkpoint checkpoint = Checkpoint.parse(signed.text());
        if (checkpoint.size() > size) {
            throw new BrokenProof(name + " covers " + checkpoint.size()
                    + " entries, more than the ledger has: the database was cut, or restored from an old copy.");
        }
        if (!new LogTree(log, checkpoint.size()).root().equals(checkpoint.root())) {
            throw new BrokenProof(name + " over " + checkpoint.size() + " entries has another root than the log.");
        }
    }
}
