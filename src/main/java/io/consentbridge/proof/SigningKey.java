package io.consentbridge.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;

/** A private Ed25519 key with its name, which signs notes. Its text shows only the name. */
public final class SigningKey {

    private static final int LENGTH = 32;

    private final PrivateKey key;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /** A new random key with this name, which holds neither spaces nor plus signs. */
    public static SigningKey generate(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SecureRandom());
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The key whose {@link #bytes()} these are.
     *
     * @throws BrokenProof if the two halves do not belong together
     */
    public static SigningKey of(String name, byte[] bytes) {
        if (bytes.length != 2 * LENGTH) {
            throw new BrokenProof("A signing key has " + 2 * LENGTH + " bytes, not " + bytes.length + ".");
        }
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, LENGTH)));
            VerifierKey verifier = VerifierKey.of(name, Arrays.copyOfRange(bytes, LENGTH, 2 * LENGTH));
            SigningKey signing = new SigningKey(key, verifier);
            verifier.verify(signing.sign("The public key belongs to the private one.\n"));
            return signing;
        } catch (GeneralSecurityException malformed) {
            throw new BrokenProof("A signing key has no valid form.", malformed);
        }
    }

    /** The 32 bytes of the private key and the 32 bytes of the public one (RFC 8032): a secret. */
    public byte[] bytes() {
        byte[] bytes = Arrays.copyOf(((EdECPrivateKey) key).getBytes().orElseThrow(), 2 * LENGTH);
        System.arraycopy(verifier.key(), 0, bytes, LENGTH, LENGTH);
        return bytes;
    }

    /** The public key. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** The text with its signature; the text ends with an end of line. */
    public SignedNote sign(String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return new SignedNote(text, List.of(new SignedNote.Line(verifier.name(), verifier.id(), signer.sign())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "signing key " + verifier.name();
    }
}
