package io.consentbridge.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 hash of the log's tree.
 *
 * <p>Leaves and nodes are hashed as RFC 6962 §2.1 says: {@code SHA-256(0x00 || entry)} and
 * {@code SHA-256(0x01 || left || right)}. Entries carry hashes in lower-case hexadecimal, as {@code sha256sum} prints them;
 * checkpoints and proofs carry them in base64, as their formats demand.
 */
public final class Hash {

    /** The length of a hash in bytes. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final HexFormat HEX = HexFormat.of();
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash::digest);

    /** The root of a tree without entries: the hash of nothing. */
    public static final Hash EMPTY_TREE = sha256(new byte[0]);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash with these 32 bytes. */
    public static Hash of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The hash whose bytes stand at this offset of a tile. */
    static Hash at(byte[] tile, int position) {
        return of(tile, position * LENGTH, (position + 1) * LENGTH);
    }

    private static Hash of(byte[] bytes, int from, int to) {
        if (to - from != LENGTH || to > bytes.length) {
            throw new BrokenProof("A hash has " + LENGTH + " bytes, not " + Math.min(to, bytes.length) + ".");
        }
        return new Hash(Arrays.copyOfRange(bytes, from, to));
    }

    /** The hash written in base64 (RFC 4648 §4, with padding). */
    public static Hash ofBase64(String text) {
        try {
            return of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            throw new BrokenProof("A hash is not written in base64.", notBase64);
        }
    }

    /** The hash written in hexadecimal. */
    public static Hash ofHex(String text) {
        try {
            return of(HEX.parseHex(text));
        } catch (IllegalArgumentException notHex) {
            throw new BrokenProof("A hash is not written in hexadecimal.", notHex);
        }
    }

    /** The plain hash of these parts, one after the other. */
    public static Hash sha256(byte[]... parts) {
        MessageDigest digest = DIGEST.get();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Hash(digest.digest());
    }

    /** The hash of an entry as a leaf of the tree. */
    public static Hash leaf(byte[] entry) {
        MessageDigest digest = DIGEST.get();
        digest.update(LEAF);
        digest.update(entry);
        return new Hash(digest.digest());
    }

    /** The hash of a node over its left and right child. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = DIGEST.get();
        digest.update(NODE);
        digest.update(left.bytes);
        digest.update(right.bytes);
        return new Hash(digest.digest());
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    void copyTo(byte[] tile, int position) {
        System.arraycopy(bytes, 0, tile, position * LENGTH, LENGTH);
    }

    /** In base64, 44 characters. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** In lower-case hexadecimal, 64 characters. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
