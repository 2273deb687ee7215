package io.consentbridge.confirmation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret in the link of a confirmation mail: 256 random bits. Only its hash is stored, so that nobody who reads the
 * database can answer for a person. It shows nothing of itself in logs and exceptions.
 */
public final class ConfirmationToken {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private ConfirmationToken(String text) {
        this.text = text;
    }

    /** Makes a new token. */
    public static ConfirmationToken random() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new ConfirmationToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Returns the token of a link; empty when the text cannot be one, such as one that was cut. */
    public static Optional<ConfirmationToken> of(String text) {
        return text != null && FORM.matcher(text).matches()
                ? Optional.of(new ConfirmationToken(text))
                : Optional.empty();
    }

    /** Returns the text for the link, in base64url without padding. */
    public String text() {
        return text;
    }

    /** Returns the SHA-256 of the text, 64 hexadecimal digits: what is stored. */
    public String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "token";
    }
}
