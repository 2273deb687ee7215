package io.consentbridge.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public Ed25519 key with its name, which verifies signed notes.
 *
 * <p>Its text form is {@code name+id+key}: the id in hexadecimal, the key in base64 of {@code 0x01 || 32 bytes}.
 */
public final class VerifierKey {

    static final byte ED25519 = 1;

    /** What stands before the 32 bytes of a public Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] key;

    private VerifierKey(String name, byte[] key) {
        this.name = name;
        this.key = key;
    }

    /**
     * The key with this name.
     *
     * @param name without spaces and plus signs; the origin of the log whose checkpoints it signs
     * @param key 32 bytes (RFC 8032)
     */
    public static VerifierKey of(String name, byte[] key) {
        SignedNote.requireName(name);
        if (key.length != 32) {
            throw new BrokenProof("A public Ed25519 key has 32 bytes, not " + key.length + ".");
        }
        return new VerifierKey(name, key.clone());
    }

    /** Reads the form {@code name+id+key}. */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3); // the base64 at the end may hold plus signs
        try {
            byte[] typed = Base64.getDecoder().decode(parts.length == 3 ? parts[2] : "");
            if (typed.length == 33 && typed[0] == ED25519) {
                VerifierKey key = of(parts[0], Arrays.copyOfRange(typed, 1, 33));
                if (key.toString().equals(text)) {
                    return key;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            throw new BrokenProof("A public key is not written in base64.", notBase64);
        }
        throw new BrokenProof("A public key has the form name+id+key, with the id that belongs to name and key.");
    }

    static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return of(name, Arrays.copyOfRange(encoded, X509.length, encoded.length));
    }

    /** The name of the key. */
    public String name() {
        return name;
    }

    /** The first four bytes of {@code SHA-256(name || 0x0A || 0x01 || key)}. */
    public int id() {
        byte[] hash = Hash.sha256((name + "\n\u0001").getBytes(StandardCharsets.UTF_8), key)
                .bytes();
        return (hash[0] & 255) << 24 | (hash[1] & 255) << 16 | (hash[2] & 255) << 8 | hash[3] & 255;
    }

    /** The 32 bytes of the key. */
    public byte[] key() {
        return key.clone();
    }

    /** The key as openssl and other tools read it: PEM of its X.509 form. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(x509())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /**
     * The text of a note that carries a valid signature of this key.
     *
     * @throws BrokenProof if no line is of this key, or one is and its signature is wrong
     */
    public void verify(SignedNote note) {
        boolean signed = false;
        for (SignedNote.Line line : note.signatures()) {
            if (line.name().equals(name) && line.id() == id()) {
                if (!valid(note.text(), line.signature())) {
                    throw new BrokenProof("The signature of the key " + this + " does not fit the text.");
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new BrokenProof("The key " + this + " did not sign the text.");
        }
    }

    private boolean valid(String text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509())));
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false; // a key or signature that is no point of the curve
        }
    }

    private byte[] x509() {
        byte[] encoded = Arrays.copyOf(X509, X509.length + key.length);
        System.arraycopy(key, 0, encoded, X509.length, key.length);
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey verifier && verifier.name.equals(name) && Arrays.equals(verifier.key, key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        byte[] typed = new byte[key.length + 1];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return name + "+" + HexFormat.of().toHexDigits(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
