package io.consentbridge.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tree over the first entries of a log, read from its tiles: its root, and the proofs of RFC 6962 §2.1.1 and §2.1.2.
 *
 * <p>A proof reads a few tiles, however long the log is.
 */
public final class LogTree {

    private final TileSource tiles;
    private final long size;

    /** The tree over the first {@code size} entries. */
    public LogTree(TileSource tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /** The root of the tree. */
    public Hash root() {
        return size == 0 ? Hash.EMPTY_TREE : hash(0, size);
    }

    /** The hash of the leaf with this index, from 0. */
    public Hash leaf(long index) {
        require(index, size);
        return hash(index, index + 1);
    }

    /** The audit path of the leaf with this index, from its sibling up to a child of the root. */
    public List<Hash> inclusion(long index) {
        require(index, size);
        List<Hash> path = new ArrayList<>();
        path(index, 0, size, path);
        return List.copyOf(path);
    }

    /** The proof that this tree extends the tree over the first {@code former} entries; empty if there were none. */
    public List<Hash> consistency(long former) {
        require(former, size + 1);
        List<Hash> proof = new ArrayList<>();
        if (former > 0 && former < size) {
            subproof(former, 0, size, true, proof);
        }
        return List.copyOf(proof);
    }

    private void path(long index, long from, long to, List<Hash> path) {
        if (to - from == 1) {
            return;
        }
        long split = from + split(to - from);
        if (index < split) {
            path(index, from, split, path);
            path.add(hash(split, to));
        } else {
            path(index, split, to, path);
            path.add(hash(from, split));
        }
    }

    private void subproof(long former, long from, long to, boolean known, List<Hash> proof) {
        if (former == to) {
            if (!known) {
                proof.add(hash(from, to));
            }
            return;
        }
        long split = from + split(to - from);
        if (former <= split) {
            subproof(former, from, split, known, proof);
            proof.add(hash(split, to));
        } else {
            subproof(former, split, to, false, proof);
            proof.add(hash(from, split));
        }
    }

    /** The hash over the leaves from {@code from} to before {@code to}, as RFC 6962 cuts them. */
    private Hash hash(long from, long to) {
        long length = to - from;
        if (Long.bitCount(length) == 1) {
            return subtree(from, Long.numberOfTrailingZeros(length));
        }
        long split = from + split(length);
        return Hash.node(hash(from, split), hash(split, to));
    }

    private Hash subtree(long from, int height) {
        int level = height / 8;
        long first = from >>> (8 * level); // the first hash of the level that it covers
        int start = (int) (first % Tile.WIDTH);
        int end = start + (1 << (height % 8));
        return Subtree.root(read(tiles, level, first / Tile.WIDTH, end), start, end);
    }

    static byte[] read(TileSource tiles, int level, long index, int width) {
        byte[] hashes = tiles.hashes(level, index, width);
        if (hashes.length < width * Hash.LENGTH) {
            throw new BrokenProof("The " + Tile.path(level, index, Tile.WIDTH) + " holds " + hashes.length
                    + " bytes; the tree needs " + width * Hash.LENGTH + " of it.");
        }
        return hashes.length == width * Hash.LENGTH ? hashes : Arrays.copyOf(hashes, width * Hash.LENGTH);
    }

    /** The largest power of two that is smaller than the length. */
    private static long split(long length) {
        return Long.highestOneBit(length - 1);
    }

    private static void require(long index, long end) {
        if (index < 0 || index >= end) {
            throw new IllegalArgumentException(index + " is not within the " + (end - 1) + " entries of the tree");
        }
    }
}
