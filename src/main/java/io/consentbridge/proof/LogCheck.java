package io.consentbridge.proof;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Verifies a whole log in one pass: each entry has the hash that the tree holds, each tile follows from those below, and each
 * checkpoint is signed and states the root over the entries before it, so that it extends the former one.
 */
public final class LogCheck {

    private final LogSource log;
    private final KnownKeys keys;
    private final TreeEdge tree = TreeEdge.empty();
    private final Iterator<String> notes;
    private final List<Named> outside;
    private final long size;
    private byte[] tile = new byte[0];
    private Named next; // the next checkpoint of the log that is to be met
    private Named last;
    private long count;
    private int met;

    /** A checkpoint and what messages call it. */
    private record Named(String name, Checkpoint checkpoint) {
        long size() {
            return checkpoint.size();
        }

        @Override
        public String toString() {
            return name + " (" + size() + " entries)";
        }
    }

    private LogCheck(LogSource log, List<String> outside) {
        this.log = log;
        this.keys = new KnownKeys(log.keys());
        this.notes = log.checkpoints();
        this.size = log.size();
        this.outside = IntStream.range(0, outside.size())
                .mapToObj(i -> named("Checkpoint " + (i + 1) + " from outside", outside.get(i)))
                .sorted(Comparator.comparingLong(Named::size))
                .toList();
    }

    /**
     * Verifies the log.
     *
     * @param outside notes of checkpoints that were kept outside, in any order; the log must agree with each
     */
    public static LogVerdict verify(LogSource log, List<String> outside) {
        try {
            return new LogCheck(log, outside).verify();
        } catch (BrokenProof flaw) {
            return new LogVerdict.Damaged(flaw.getMessage());
        }
    }

    private LogVerdict verify() {
        for (Named known : outside) {
            if (known.size() > size) {
                throw new BrokenProof(known + " covers more entries than the " + size
                        + " of the ledger: the database was" + " cut or restored from an old copy.");
            }
        }
        advance();
        meetCheckpoints();
        log.entries(size, this::entry);
        requireNumber(size);
        compareTiles();
        if (next != null) {
            throw new BrokenProof(next + " covers more entries than the " + size + " of the ledger.");
        }
        return new LogVerdict.Sound(
                size, tree.root(), count, Optional.ofNullable(last).map(Named::checkpoint), outside.size());
    }

    private void entry(long sequence, byte[] entry) {
        requireNumber(sequence);
        int place = (int) (sequence % Tile.WIDTH);
        if (place == 0) {
            compareTiles();
            tile = log.hashes(0, sequence / Tile.WIDTH, Tile.width(0, sequence / Tile.WIDTH, size));
        }
        Hash hash = Hash.leaf(entry);
        if (tile.length < (place + 1) * Hash.LENGTH || !hash.equals(Hash.at(tile, place))) {
            throw new BrokenProof("Entry " + sequence + " has the hash " + hash + ", which is not the one in "
                    + Tile.path(0, sequence / Tile.WIDTH, Tile.WIDTH) + ".");
        }
        tree.append(hash);
        meetCheckpoints();
    }

    private void requireNumber(long sequence) {
        if (sequence > tree.size()) {
            throw new BrokenProof("Entry " + tree.size() + " is missing.");
        }
        if (sequence < tree.size()) {
            throw new BrokenProof("Entry " + sequence + " is there twice.");
        }
    }

    private void compareTiles() {
        for (Tile computed : tree.takeChangedTiles()) {
            byte[] kept = log.hashes(computed.level(), computed.index(), computed.width());
            int length = computed.hashes().length;
            if (kept.length < length || !Arrays.equals(computed.hashes(), 0, length, kept, 0, length)) {
                throw new BrokenProof(
                        "The " + computed.path() + " does not hold the hashes that follow from the entries up" + " to "
                                + (tree.size() - 1) + ".");
            }
        }
    }

    private void meetCheckpoints() {
        Hash root = null;
        while (next != null && next.size() == tree.size()) {
            root = root == null ? tree.root() : root;
            compare(next, root);
            last = next;
            advance();
        }
        while (met < outside.size() && outside.get(met).size() == tree.size()) {
            root = root == null ? tree.root() : root;
            compare(outside.get(met++), root);
        }
    }

    private void compare(Named met, Hash root) {
        if (!met.checkpoint().root().equals(root)) {
            throw new BrokenProof(
                    met + " states the root " + met.checkpoint().root().base64()
                            + ", but its entries give " + root.base64() + ". "
                            + (last == null
                                    ? "No checkpoint before it fits."
                                    : "The last that fits is: " + last + ", so the first entry that can be wrong is "
                                            + last.size() + "."));
        }
    }

    private void advance() {
        if (!notes.hasNext()) {
            next = null;
            return;
        }
        count++;
        Named found = named("Checkpoint " + count, notes.next());
        if (found.size() < tree.size()) {
            throw new BrokenProof(found + " does not extend the one before it, which has " + tree.size() + " entries.");
        }
        next = found;
    }

    private Named named(String name, String note) {
        return new Named(name, keys.verified(name, note));
    }
}
