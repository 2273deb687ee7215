package io.consentbridge.proof;

/** The roots of perfect subtrees within one tile. */
final class Subtree {

    private Subtree() {}

    /** The root over the hashes from {@code start} to before {@code end}; their number is a power of two. */
    static Hash root(byte[] tile, int start, int end) {
        if (end - start == 1) {
            return Hash.at(tile, start);
        }
        int middle = (start + end) >>> 1;
        return Hash.node(root(tile, start, middle), root(tile, middle, end));
    }
}
