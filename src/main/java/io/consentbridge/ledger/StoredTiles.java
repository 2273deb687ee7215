package io.consentbridge.ledger;

import io.consentbridge.proof.BrokenProof;
import io.consentbridge.proof.Tile;
import io.consentbridge.proof.TileSource;
import org.jdbi.v3.core.Handle;

/** The tiles in the table ledger_tile. */
final class StoredTiles implements TileSource {

    private final Handle handle;

    StoredTiles(Handle handle) {
        this.handle = handle;
    }

    @Override
    public byte[] hashes(int level, long index, int width) {
        return handle.createQuery("select hashes from ledger_tile where level = :level and number = :number")
                .bind("level", level)
                .bind("number", index)
                .map((row, context) -> row.getBytes("hashes"))
                .findOne()
                .orElseThrow(
                        () -> new BrokenProof("The " + Tile.path(level, index, width) + " of the ledger is gone."));
    }
}
