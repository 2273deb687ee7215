package io.consentbridge.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret key of 32 bytes: a person's key, the master key under which those lie, or the suppression key.
 *
 * <p>Sealing is AES-256-GCM with a random nonce of 12 bytes; what is sealed is {@code nonce || ciphertext || tag}. Its text
 * shows nothing of the key.
 */
public final class SealingKey {

    /** The length of a key in bytes. */
    public static final int LENGTH = 32;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    // Looking for an algorithm takes longer than a short text does.
    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(SealingKey::mac);
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(SealingKey::cipher);

    private final byte[] key;

    private SealingKey(byte[] key) {
        this.key = key;
    }

    /** The key with these 32 bytes. */
    public static SealingKey of(byte[] key) {
        if (key.length != LENGTH) {
            throw new BrokenProof("A secret key has " + LENGTH + " bytes, not " + key.length + ".");
        }
        return new SealingKey(key.clone());
    }

    /** A new random key. */
    public static SealingKey random() {
        return new SealingKey(random(LENGTH));
    }

    /** So many random bytes. */
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return key.clone();
    }

    /** The keyed hash (HMAC-SHA256) of an address: what stands for the person in an entry. */
    public Hash subject(String address) {
        try {
            Mac mac = MAC.get();
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Hash.of(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Seals bytes under this key.
     *
     * @param context what the bytes belong to; opening demands the same text, so that sealed bytes cannot be moved elsewhere
     */
    public byte[] seal(byte[] plain, String context) {
        byte[] nonce = random(NONCE);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, context);
            byte[] sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Opens what was sealed under this key with the same context.
     *
     * @throws BrokenProof if the key or the context is another one, or the bytes were changed
     */
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length < NONCE + TAG_BITS / 8) {
            throw new BrokenProof("Sealed bytes are cut short.");
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), context);
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException refused) {
            throw new BrokenProof(
                    "Sealed bytes do not open: they were changed, or they were sealed under another key.", refused);
        }
    }

    private static Mac mac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = CIPHER.get();
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealingKey secret && MessageDigest.isEqual(key, secret.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "secret";
    }
}
