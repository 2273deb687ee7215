package io.consentbridge.run;

import io.consentbridge.consent.Purpose;
import io.consentbridge.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the decisions of a sync rest on besides its records: when that changes, everybody has to be looked at again. */
final class Terms {

    private Terms() {}

    /** Stands for what purpose and sync say of consent, and for the list that people are delivered to. */
    static String fingerprint(Sync sync, Purpose purpose) {
        String terms = purpose.name() + "\n" + purpose.list() + "\n" + sync.terms(purpose);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(terms.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
