package io.consentbridge.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of the log's tree: the last, partial tile of each level. More is not needed to append entries and to know
 * the root, so that a batch costs as much as the batch is long.
 *
 * <p>Not safe for several threads.
 */
public final class TreeEdge {

    private final List<byte[]> levels = new ArrayList<>(); // the hashes of the partial tile of each level, maybe none
    private final List<Tile> filled = new ArrayList<>();
    private final boolean[] touched = new boolean[Long.BYTES];
    private long size;

    private TreeEdge(long size) {
        this.size = size;
    }

    /** The edge of a tree without entries. */
    public static TreeEdge empty() {
        return new TreeEdge(0);
    }

    /**
     * The edge of a tree of so many leaves, read from its tiles: at most one tile a level.
     *
     * @throws BrokenProof if a tile holds fewer hashes than the size demands
     */
    public static TreeEdge of(long size, TileSource tiles) {
        TreeEdge edge = new TreeEdge(size);
        for (int level = 0; size >>> (8 * level) > 0; level++) {
            long hashes = size >>> (8 * level);
            int width = (int) (hashes % Tile.WIDTH);
            edge.levels.add(width == 0 ? new byte[0] : LogTree.read(tiles, level, hashes / Tile.WIDTH, width));
        }
        return edge;
    }

    /** How many leaves the tree has. */
    public long size() {
        return size;
    }

    /** Appends the hash of an entry, {@link Hash#leaf(byte[])}. */
    public void append(Hash leaf) {
        add(0, leaf);
        size++;
    }

    private void add(int level, Hash hash) {
        if (level == levels.size()) {
            levels.add(new byte[0]);
        }
        byte[] tile = levels.get(level);
        int width = tile.length / Hash.LENGTH;
        tile = Arrays.copyOf(tile, tile.length + Hash.LENGTH);
        hash.copyTo(tile, width);
        touched[level] = true;
        if (width + 1 < Tile.WIDTH) {
            levels.set(level, tile);
            return;
        }
        filled.add(new Tile(level, size >>> (8 * (level + 1)), tile));
        levels.set(level, new byte[0]);
        add(level + 1, Subtree.root(tile, 0, Tile.WIDTH));
    }

    /**
     * The tiles that changed since the edge was read or since the last call: those that became full, and the partial ones at
     * the edge. A tile replaces the one with the same level and index.
     */
    public List<Tile> takeChangedTiles() {
        List<Tile> changed = new ArrayList<>(filled);
        for (int level = 0; level < levels.size(); level++) {
            byte[] tile = levels.get(level);
            if (touched[level] && tile.length > 0) {
                changed.add(new Tile(level, size >>> (8 * (level + 1)), tile));
            }
        }
        filled.clear();
        Arrays.fill(touched, false);
        return changed;
    }

    /** The root of the tree as it is now (RFC 6962 §2.1). */
    public Hash root() {
        Hash root = null;
        for (int level = 0; level < levels.size(); level++) {
            byte[] tile = levels.get(level);
            int end = tile.length / Hash.LENGTH;
            while (end > 0) { // perfect subtrees, from the smallest at the right to the largest at the left
                int start = end - Integer.lowestOneBit(end);
                Hash subtree = Subtree.root(tile, start, end);
                root = root == null ? subtree : Hash.node(subtree, root);
                end = start;
            }
        }
        return root == null ? Hash.EMPTY_TREE : root;
    }
}
