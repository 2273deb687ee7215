package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compares the tree with a naive one, which hashes RFC 6962 §2.1 word for word. */
class TreePropertiesTest {

    /** Sizes around the edges of tiles and anywhere; one is beyond a full tile of level 1. */
    @Provide
    static Arbitrary<Integer> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 1200),
                Arbitraries.of(1, 2, 255, 256, 257, 511, 512, 513, 1024, 65_535, 65_536, 65_537, 70_000));
    }

    @Property(tries = 60)
    @Label("Root, tiles and inclusion proofs equal those of the naive tree, in whatever batches it was appended")
    void inclusion(
            @ForAll("sizes") int size,
            @ForAll @IntRange(max = 1_000_000) int pick,
            @ForAll @IntRange(min = 1) int batch) {
        List<Hash> leaves = leaves(size);
        MemoryLog log = log(leaves, batch);
        LogTree tree = log.tree(size);
        int index = pick % size;

        assertThat(log.edge().root()).isEqualTo(naiveRoot(leaves));
        assertThat(tree.root()).isEqualTo(naiveRoot(leaves));
        assertThat(tree.leaf(index)).isEqualTo(leaves.get(index));
        List<Hash> path = tree.inclusion(index);
        assertThat(path).isEqualTo(naivePath(index, leaves));
        assertThat(MerkleProof.includes(leaves.get(index), index, size, path, tree.root()))
                .isTrue();
    }

    @Property(tries = 60)
    @Label("Consistency proofs equal those of the naive tree and verify for the two roots")
    void consistency(@ForAll("sizes") int size, @ForAll @IntRange(max = 1_000_000) int pick) {
        List<Hash> leaves = leaves(size);
        int former = pick % (size + 1);
        LogTree tree = log(leaves, 100).tree(size);
        Hash formerRoot = naiveRoot(leaves.subList(0, former));

        List<Hash> proof = tree.consistency(former);
        assertThat(proof).isEqualTo(former == 0 ? List.of() : naiveSubproof(former, leaves, true));
        assertThat(MerkleProof.extended(former, formerRoot, size, tree.root(), proof))
                .isTrue();
    }

    @Property(tries = 300)
    @Label("A proof with another leaf, place, size, hash or length is refused")
    void changedProofs(@ForAll @IntRange(min = 2, max = 300) int size, @ForAll @IntRange(max = 1_000_000) int pick) {
        List<Hash> leaves = leaves(size);
        int index = pick % size;
        LogTree tree = log(leaves, 50).tree(size);
        Hash root = tree.root();
        Hash leaf = leaves.get(index);
        List<Hash> path = tree.inclusion(index);
        Hash other = Hash.leaf(new byte[] {1, 2, 3});

        assertThat(MerkleProof.includes(other, index, size, path, root)).isFalse();
        assertThat(MerkleProof.includes(leaf, (index + 1) % size, size, path, root))
                .isFalse();
        assertThat(MerkleProof.includes(leaf, index, size, path, other)).isFalse();
        assertThat(MerkleProof.includes(leaf, index, size, path.subList(1, path.size()), root))
                .isFalse();
        List<Hash> changed = new ArrayList<>(path);
        changed.set(pick % path.size(), other);
        assertThat(MerkleProof.includes(leaf, index, size, changed, root)).isFalse();
        List<Hash> longer = new ArrayList<>(path);
        longer.add(other);
        assertThat(MerkleProof.includes(leaf, index, size, longer, root)).isFalse();

        int former = 1 + pick % (size - 1);
        Hash formerRoot = naiveRoot(leaves.subList(0, former));
        List<Hash> proof = tree.consistency(former);
        assertThat(MerkleProof.extended(former, other, size, root, proof)).isFalse();
        assertThat(MerkleProof.extended(former, formerRoot, size, other, proof)).isFalse();
        assertThat(MerkleProof.extended(former, formerRoot, size, root, proof.subList(1, proof.size())))
                .isFalse();
        assertThat(MerkleProof.extended(former, formerRoot, former, root, List.of()))
                .isFalse();
        assertThat(MerkleProof.extended(size, root, former, formerRoot, proof)).isFalse();
    }

    @Test
    @DisplayName("A tree of 70,000 leaves has the tiles that the tlog-tiles specification names for it")
    void tilesOfTheSpecification() {
        MemoryLog log = log(leaves(70_000), 9_999);
        log.keep();

        assertThat(log.tiles()).hasSize(273 + 1 + 1 + 1 + 1);
        assertThat(log.tiles().get("tile/0/273")).hasSize(112 * Hash.LENGTH);
        assertThat(log.tiles().get("tile/1/000")).hasSize(256 * Hash.LENGTH);
        assertThat(log.tiles().get("tile/1/001")).hasSize(17 * Hash.LENGTH);
        assertThat(log.tiles().get("tile/2/000")).hasSize(Hash.LENGTH);
        assertThat(Tile.width(0, 273, 70_000)).isEqualTo(112);
        assertThat(Tile.width(1, 1, 70_000)).isEqualTo(17);
        assertThat(Tile.width(0, 274, 70_000)).isZero();
    }

    private static List<Hash> leaves(int size) {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(Hash.leaf(ByteBuffer.allocate(4).putInt(i).array()));
        }
        return leaves;
    }

    private static MemoryLog log(List<Hash> leaves, int batch) {
        MemoryLog log = new MemoryLog();
        for (int i = 0; i < leaves.size(); i++) {
            log.append(leaves.get(i));
            if (i % batch == 0 || i == leaves.size() - 1) {
                log.handOver();
            }
        }
        return log;
    }

    private static Hash naiveRoot(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.EMPTY_TREE;
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = split(leaves.size());
        return Hash.node(naiveRoot(leaves.subList(0, split)), naiveRoot(leaves.subList(split, leaves.size())));
    }

    private static List<Hash> naivePath(int index, List<Hash> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int split = split(leaves.size());
        List<Hash> left = leaves.subList(0, split);
        List<Hash> right = leaves.subList(split, leaves.size());
        return index < split
                ? with(naivePath(index, left), naiveRoot(right))
                : with(naivePath(index - split, right), naiveRoot(left));
    }

    private static List<Hash> naiveSubproof(int former, List<Hash> leaves, boolean known) {
        if (former == leaves.size()) {
            return known ? List.of() : List.of(naiveRoot(leaves));
        }
        int split = split(leaves.size());
        List<Hash> left = leaves.subList(0, split);
        List<Hash> right = leaves.subList(split, leaves.size());
        return former <= split
                ? with(naiveSubproof(former, left, known), naiveRoot(right))
                : with(naiveSubproof(former - split, right, false), naiveRoot(left));
    }

    private static int split(int size) {
        int split = 1;
        while (split * 2 < size) {
            split *= 2;
        }
        return split;
    }

    private static List<Hash> with(List<Hash> proof, Hash hash) {
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(hash);
        return longer;
    }
}
