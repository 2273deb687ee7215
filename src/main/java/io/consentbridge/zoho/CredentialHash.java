package io.consentbridge.zoho;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Distinguishes credentials without storing them (docs/decisions/0013-rulings.md, ruling 9). */
public final class CredentialHash {

    private CredentialHash() {}

    /** 64 hexadecimal digits that change with the client, its secret, the refresh token or the accounts server. */
    public static String of(Connection connection) {
        String credential = String.join(
                "\n",
                connection.accountsUrl().toString(),
                connection.clientId(),
                connection.clientSecret(),
                connection.refreshToken());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
