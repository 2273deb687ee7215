package io.consentbridge.outbox;

import io.consentbridge.audience.Content;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short hash of what a delivery does and says; two deliveries with one fingerprint need only one call. */
public final class Fingerprint {

    private static final int BYTES = 16;
    private static final byte SEPARATOR = 0;

    private Fingerprint() {}

    /** The source is left out: it tells where a contact came from, and is no news when nothing else is. */
    public static String of(Action action, Content content) {
        MessageDigest digest = sha256();
        add(digest, action.word());
        content.contactInfo().forEach((field, value) -> {
            add(digest, field);
            add(digest, value);
        });
        content.topics().forEach(topic -> add(digest, topic));
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
