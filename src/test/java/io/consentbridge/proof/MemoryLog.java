package io.consentbridge.proof;

import java.util.HashMap;
import java.util.Map;

/** A log that keeps its tiles in memory, as a database would: the newest tile of each place. */
final class MemoryLog implements TileSource {

    private final Map<String, byte[]> tiles = new HashMap<>();
    private TreeEdge edge = TreeEdge.empty();

    void append(byte[] entry) {
        append(Hash.leaf(entry));
    }

    void append(Hash leaf) {
        edge.append(leaf);
    }

    TreeEdge edge() {
        return edge;
    }

    /** Keeps what changed, forgets the edge and reads it again from the tiles, as another process would. */
    void handOver() {
        keep();
        edge = TreeEdge.of(edge.size(), this);
    }

    LogTree tree(long size) {
        keep();
        return new LogTree(this, size);
    }

    void keep() {
        edge.takeChangedTiles()
                .forEach(tile -> tiles.put(Tile.path(tile.level(), tile.index(), Tile.WIDTH), tile.hashes()));
    }

    Map<String, byte[]> tiles() {
        return tiles;
    }

    @Override
    public byte[] hashes(int level, long index, int width) {
        byte[] tile = tiles.get(Tile.path(level, index, Tile.WIDTH));
        if (tile == null) {
            throw new BrokenProof("The tile " + Tile.path(level, index, Tile.WIDTH) + " is not there.");
        }
        return tile;
    }
}
