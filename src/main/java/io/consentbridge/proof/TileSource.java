package io.consentbridge.proof;

/** Where the tiles of a log are kept. */
@FunctionalInterface
public interface TileSource {

    /**
     * The hashes of a tile.
     *
     * @param level from 0
     * @param index from 0
     * @param width how many hashes are needed, at least 1; a source that holds a wider tile may give the wider one
     * @return the hashes, 32 bytes each
     * @throws BrokenProof if the tile is not there
     */
    byte[] hashes(int level, long index, int width);
}
