package io.consentbridge.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The evidence of an event with its salt. The entry carries {@code SHA-256(salt || text)}; salt and text lie beside it,
 * sealed under the person's key. Once that key is destroyed, the hash tells nothing any more.
 *
 * @param salt 32 random bytes
 * @param text the evidence, JSON in UTF-8; its bytes are what is hashed
 */
public record Evidence(byte[] salt, byte[] text) {

    private static final int SALT = 32;

    public Evidence {
        if (salt.length != SALT) {
            throw new BrokenProof("The salt of evidence has " + SALT + " bytes, not " + salt.length + ".");
        }
    }

    /** This text with a new random salt. */
    public static Evidence of(String text) {
        return new Evidence(SealingKey.random(SALT), text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the entry carries. */
    public Hash hash() {
        return Hash.sha256(salt, text);
    }

    /** Salt and text, sealed under the person's key for the entry with this number. */
    public byte[] seal(SealingKey personKey, long sequence) {
        byte[] plain = Arrays.copyOf(salt, SALT + text.length);
        System.arraycopy(text, 0, plain, SALT, text.length);
        return personKey.seal(plain, context(sequence));
    }

    /**
     * Opens sealed evidence.
     *
     * @throws BrokenProof if it was sealed under another key or for another entry, or was changed
     */
    public static Evidence open(SealingKey personKey, long sequence, byte[] sealed) {
        byte[] plain = personKey.open(sealed, context(sequence));
        if (plain.length < SALT) {
            throw new BrokenProof("The evidence of entry " + sequence + " is cut short.");
        }
        return new Evidence(Arrays.copyOf(plain, SALT), Arrays.copyOfRange(plain, SALT, plain.length));
    }

    private static String context(long sequence) {
        return "evidence " + sequence;
    }
}
