package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TileTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 1234067, 256, tile/0/x001/x234/067",
        "1, 999, 17, tile/1/999.p/17",
        "2, 1000, 1, tile/2/x001/000.p/1",
    })
    @DisplayName("The paths of tiles are those of tlog-tiles")
    void paths(int level, long index, int width, String path) {
        assertThat(Tile.path(level, index, width)).isEqualTo(path);
        assertThat(new Tile(level, index, new byte[width * Hash.LENGTH]).path()).isEqualTo(path);
    }

    @Test
    @DisplayName("The entries under a tile have the path of tlog-tiles")
    void entries() {
        assertThat(Tile.entriesPath(1234067, 256)).isEqualTo("tile/entries/x001/x234/067");
        assertThat(Tile.entriesPath(0, 3)).isEqualTo("tile/entries/000.p/3");
    }

    @Test
    @DisplayName(
            "A tile that is cut within a hash, empty or too wide is refused, and so is one that is too short for its tree")
    void broken() {
        assertThatThrownBy(() -> new Tile(0, 0, new byte[33])).isInstanceOf(BrokenProof.class);
        assertThatThrownBy(() -> new Tile(0, 0, new byte[0])).isInstanceOf(BrokenProof.class);
        assertThatThrownBy(() -> new Tile(0, 0, new byte[257 * 32])).isInstanceOf(BrokenProof.class);
        assertThatThrownBy(() -> TreeEdge.of(7, (level, index, width) -> new byte[4 * 32]))
                .hasMessage("The tile/0/000 holds 128 bytes; the tree needs 224 of it.");
    }
}
