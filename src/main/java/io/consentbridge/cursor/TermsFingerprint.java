package io.consentbridge.cursor;

import io.consentbridge.consent.Purpose;
import io.consentbridge.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fingerprint of what the decisions of a sync depend on besides its records. When it changes, everybody has to be decided
 * again.
 */
public final class TermsFingerprint {

    private TermsFingerprint() {}

    /**
     * The fingerprint of what purpose and sync say about consent, and of the list that people are delivered to.
     *
     * @param words what an organisation's own words for the lawful basis mean
     */
    public static String fingerprint(Sync sync, Purpose purpose, Map<String, List<String>> words) {
        String terms = purpose.name() + "\n" + purpose.list() + "\n" + sync.terms(purpose) + "\n" + new TreeMap<>(words)
                + asking(purpose);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(terms.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    // A purpose that asks nobody has the fingerprint that it had before purposes could have a ground.
    private static String asking(Purpose purpose) {
        return purpose.confirmation()
                .flatMap(asking -> asking.ground()
                        .map(ground -> "\n" + asking.via() + " " + ground + " " + purpose.statementVersion()))
                .orElse("");
    }
}
