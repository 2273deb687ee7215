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

    private final List<Level> levels = new ArrayList<>();
    private final List<Tile> filled = new ArrayList<>();
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
     * @throws BrokenProof if a tile is not there or holds fewer hashes than the size demands
     */
    public static TreeEdge of(long size, TileSource tiles) {
        TreeEdge edge = new TreeEdge(size);
        for (int level = 0; size >>> (8 * level) > 0; level++) {
            long hashes = size >>> (8 * level);
            int width = (int) (hashes % Tile.WIDTH);
            Level partial = edge.level(level);
            if (width > 0) {
                byte[] tile = LogTree.read(tiles, level, hashes / Tile.WIDTH, width);
                for (int i = 0; i < width; i++) {
                    partial.add(Hash.at(tile, i));
                }
            }
            partial.changed = false;
        }
        return edge;
    }

    /** How many leaves the tree has. */
    public long size() {
        return size;
    }

    /** Appends the hash of an entry, {@link Hash#leaf(byte[])}. */
    public void append(Hash leaf) {
        Hash hash = leaf;
        for (int number = 0; hash != null; number++) {
            Level level = level(number);
            hash = level.add(hash);
            if (hash != null) {
                filled.add(new Tile(number, index(number), level.takeTile()));
            }
        }
        size++;
    }

    /**
     * The tiles that changed since the edge was read or since the last call: those that became full, and the partial ones at
     * the edge. A tile replaces the one with the same level and index.
     */
    public List<Tile> takeChangedTiles() {
        List<Tile> changed = new ArrayList<>(filled);
        for (int number = 0; number < levels.size(); number++) {
            Level level = levels.get(number);
            if (level.changed && level.width > 0) {
                changed.add(new Tile(number, index(number), level.tile()));
            }
            level.changed = false;
        }
        filled.clear();
        return changed;
    }

    /** The root of the tree as it is now (RFC 6962 §2.1). */
    public Hash root() {
        Hash root = null;
        for (Level level : levels) {
            for (Hash subtree : level.subtrees) { // from the smallest at the right to the largest at the left
                if (subtree != null) {
                    root = root == null ? subtree : Hash.node(subtree, root);
                }
            }
        }
        return root == null ? Hash.EMPTY_TREE : root;
    }

    private Level level(int number) {
        if (number == levels.size()) {
            levels.add(new Level());
        }
        return levels.get(number);
    }

    /** Which tile of the level lies at the edge. */
    private long index(int level) {
        return size >>> (8 * (level + 1));
    }

    /** The partial tile of a level. */
    private static final class Level {

        private final byte[] hashes = new byte[Tile.WIDTH * Hash.LENGTH];
        private final Hash[] subtrees = new Hash[8]; // the perfect subtrees over the hashes, by their height
        private int width;
        private boolean changed;

        /** Adds a hash; gives the root of the tile if that made it full, else null. */
        Hash add(Hash hash) {
            hash.copyTo(hashes, width);
            changed = true;
            Hash subtree = hash;
            int height = 0;
            while ((width >> height & 1) == 1) {
                subtree = Hash.node(subtrees[height], subtree);
                subtrees[height] = null;
                height++;
            }
            width++;
            if (width == Tile.WIDTH) {
                return subtree;
            }
            subtrees[height] = subtree;
            return null;
        }

        byte[] tile() {
            return Arrays.copyOf(hashes, width * Hash.LENGTH);
        }

        byte[] takeTile() {
            byte[] tile = tile();
            width = 0;
            return tile;
        }
    }
}
