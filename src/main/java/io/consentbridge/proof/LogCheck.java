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
 *
 * <p>After something that does not fit it goes on with the hash that the tree holds, so that what only follows from it is not
 * told as well.
 */
public final class LogCheck {

    private final LogSource log;
    private final KnownKeys keys;
    private final LogFindings findings = new LogFindings();
    private final TreeEdge tree = TreeEdge.empty();
    private final Iterator<String> notes;
    private final List<Named> outside;
    private final long size;
    private byte[] tile = new byte[0]; // of level 0, around the next entry; null if it is gone
    private boolean lost; // whether a hash is gone, so that no root is known any more
    private Named next; // the next checkpoint of the log that is to be met
    private Named last; // the last one that fits
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
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(Named::size))
                .toList();
    }

    /**
     * Verifies the log.
     *
     * @param outside notes of checkpoints that were kept outside, in any order; the log must agree with each
     */
    public static LogVerdict verify(LogSource log, List<String> outside) {
        return new LogCheck(log, outside).verify();
    }

    private LogVerdict verify() {
        for (Named known : outside) {
            if (known.size() > size) {
                findings.add(known + " covers more entries than the " + size
                        + " of the ledger: the database was cut or restored from an old copy.");
            }
        }
        advance();
        meetCheckpoints();
        log.entries(size, this::entry);
        missing(size);
        compareTiles();
        while (next != null) {
            findings.add(next + " covers more entries than the " + size + " of the ledger.");
            advance();
        }
        return findings.isEmpty()
                ? new LogVerdict.Sound(
                        size, tree.root(), count, Optional.ofNullable(last).map(Named::checkpoint), outside.size())
                : findings.verdict();
    }

    private void entry(long sequence, byte[] entry) {
        missing(sequence);
        if (sequence < tree.size()) {
            findings.add("Entry " + sequence + " is there twice.");
            return;
        }
        Optional<Hash> kept = kept();
        Hash hash = Hash.leaf(entry);
        if (tile != null && !kept.equals(Optional.of(hash))) {
            findings.add("Entry " + sequence + " has the hash " + hash + ", which is not the one in "
                    + Tile.path(0, sequence / Tile.WIDTH, Tile.WIDTH) + ".");
        }
        append(kept.orElse(hash));
    }

    /** Tells the entries that are missing before this one. */
    private void missing(long sequence) {
        while (tree.size() < sequence) {
            findings.add("Entry " + tree.size() + " is missing.");
            Optional<Hash> kept = kept();
            lost |= kept.isEmpty();
            append(kept.orElse(Hash.EMPTY_TREE));
        }
    }

    /** The hash that the tree holds of the next entry; empty if it is gone. */
    private Optional<Hash> kept() {
        long sequence = tree.size();
        int place = (int) (sequence % Tile.WIDTH);
        if (place == 0) {
            compareTiles();
            tile = hashes(0, sequence / Tile.WIDTH, Tile.width(0, sequence / Tile.WIDTH, size));
        }
        return tile == null || tile.length < (place + 1) * Hash.LENGTH
                ? Optional.empty()
                : Optional.of(Hash.at(tile, place));
    }

    private void append(Hash leaf) {
        tree.append(leaf);
        meetCheckpoints();
    }

    private void compareTiles() {
        for (Tile computed : tree.takeChangedTiles()) {
            byte[] kept = lost ? null : hashes(computed.level(), computed.index(), computed.width());
            int length = computed.hashes().length;
            if (kept != null
                    && (kept.length < length || !Arrays.equals(computed.hashes(), 0, length, kept, 0, length))) {
                findings.add("The " + computed.path() + " does not hold the hashes that follow from the entries up to "
                        + (tree.size() - 1) + ".");
            }
        }
    }

    /** A tile of the log; null if it is gone, which is told. */
    private byte[] hashes(int level, long index, int width) {
        try {
            return log.hashes(level, index, width);
        } catch (BrokenProof gone) {
            findings.add(gone.getMessage());
            return null;
        }
    }

    private void meetCheckpoints() {
        Hash root = null;
        while (next != null && next.size() == tree.size()) {
            root = root == null ? tree.root() : root;
            if (fits(next, root)) {
                last = next;
            }
            advance();
        }
        while (met < outside.size() && outside.get(met).size() == tree.size()) {
            root = root == null ? tree.root() : root;
            fits(outside.get(met++), root);
        }
    }

    private boolean fits(Named met, Hash root) {
        if (lost || met.checkpoint().root().equals(root)) {
            return true;
        }
        findings.add(met + " states the root " + met.checkpoint().root().base64()
                + ", but its entries give " + root.base64() + ". "
                + (last == null
                        ? "No checkpoint before it fits."
                        : "The last that fits is: " + last + ", so the first entry that can be wrong is " + last.size()
                                + "."));
        return false;
    }

    /** Goes on to the next checkpoint of the log that is signed and does not go back. */
    private void advance() {
        next = null;
        while (next == null && notes.hasNext()) {
            count++;
            Optional<Named> found = named("Checkpoint " + count, notes.next());
            if (found.filter(one -> one.size() < tree.size()).isPresent()) {
                findings.add(
                        found.get() + " does not extend the one before it, which has " + tree.size() + " entries.");
            } else {
                next = found.orElse(null);
            }
        }
    }

    private Optional<Named> named(String name, String note) {
        try {
            return Optional.of(new Named(name, keys.verified(name, note)));
        } catch (BrokenProof flaw) {
            findings.add(flaw.getMessage());
            return Optional.empty();
        }
    }
}
