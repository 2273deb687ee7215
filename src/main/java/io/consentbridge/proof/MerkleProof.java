package io.consentbridge.proof;

import java.util.List;

/** Verifies the proofs of RFC 6962 without the tree: the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2. */
public final class MerkleProof {

    private MerkleProof() {}

    /**
     * Verifies that a leaf stands in a tree.
     *
     * @param index the place of the leaf, from 0
     * @param size the number of leaves of the tree
     * @param path from the leaf's sibling up to a child of the root
     */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.node(sibling, hash);
                int up = Long.numberOfTrailingZeros(node);
                node >>>= up;
                last >>>= up;
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * Verifies that a tree begins with the leaves of a former tree.
     *
     * @param former the number of leaves of the former tree
     * @param size the number of leaves of the tree
     * @param proof empty if the trees are equal or the former one has no leaves
     */
    public static boolean extended(long former, Hash formerRoot, long size, Hash root, List<Hash> proof) {
        if (former < 0 || former > size) {
            return false;
        }
        if (former == 0) {
            return proof.isEmpty() && formerRoot.equals(Hash.EMPTY_TREE);
        }
        if (former == size) {
            return proof.isEmpty() && formerRoot.equals(root);
        }
        boolean complete = Long.bitCount(former) == 1; // then the former root is itself the first hash of the proof
        if (proof.isEmpty() && !complete) {
            return false;
        }
        long node = former - 1;
        int up = Long.numberOfTrailingZeros(~node);
        long last = (size - 1) >>> up;
        node >>>= up;
        Hash then = complete ? formerRoot : proof.get(0);
        Hash now = then;
        for (Hash hash : complete ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                then = Hash.node(hash, then);
                now = Hash.node(hash, now);
                up = Long.numberOfTrailingZeros(node);
                node >>>= up;
                last >>>= up;
            } else {
                now = Hash.node(now, hash);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && then.equals(formerRoot) && now.equals(root);
    }
}
