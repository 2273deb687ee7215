package io.consentbridge.zoho;

import java.time.Instant;

/**
 * A token that authorises calls for about an hour (docs/zoho-notes.md, "Accounts: token endpoint").
 *
 * @param value the secret
 * @param expires when Zoho stops accepting it
 */
public record AccessToken(String value, Instant expires) {

    @Override
    public String toString() {
        return "access token until " + expires;
    }
}
