package io.consentbridge.zoho;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts an access token, so that only somebody who knows the client secret can read it from the database or a backup.
 *
 * <p>AES-256 in GCM under a key that HKDF (RFC 5869, SHA-256) derives from the client secret for one credential of one
 * connection. Client secrets are random and long, so a slow derivation gains nothing. Safe for many threads.
 */
public final class TokenSeal {

    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    private TokenSeal(SecretKey key) {
        this.key = key;
    }

    /** The seal of the connection's present credential. */
    public static TokenSeal of(Connection connection) {
        String use = connection.name() + "\n" + CredentialHash.of(connection);
        byte[] drawn = mac(bytes("consentbridge access token"), bytes(connection.clientSecret()));
        // One block of HKDF's second step is as long as the key.
        return new TokenSeal(new SecretKeySpec(mac(drawn, bytes(use + "\u0001")), "AES"));
    }

    /** The token with its value encrypted. */
    public AccessToken close(AccessToken token) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(bytes(token.value()));
            byte[] all = ByteBuffer.allocate(nonce.length + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
            return new AccessToken(Base64.getEncoder().encodeToString(all), token.expires());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has AES-GCM", impossible);
        }
    }

    /** The decrypted token; empty if another secret sealed it, or if it was changed. */
    public Optional<AccessToken> open(AccessToken closed) {
        try {
            byte[] all = Base64.getDecoder().decode(closed.value());
            if (all.length < NONCE_BYTES + TAG_BITS / 8) {
                return Optional.empty();
            }
            byte[] value = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES))
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new AccessToken(new String(value, StandardCharsets.UTF_8), closed.expires()));
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] mac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + MAC, impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
