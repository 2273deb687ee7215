package io.consentbridge.zoho;

import java.net.URI;
import java.time.ZoneId;

/**
 * One Zoho organisation. The three URLs stand in front of the documented paths and have no trailing slash.
 *
 * <p>{@link #toString()} shows no secret.
 *
 * @param name unique name, used by syncs
 * @param accountsUrl base of {@code /oauth/v2/token}
 * @param crmUrl base of {@code /crm/v8/...}
 * @param campaignsUrl base of {@code /api/v1.1/...}
 * @param clientId OAuth client
 * @param clientSecret its secret
 * @param refreshToken the long-lived credential
 * @param zone in which days and months are counted and schedules are read
 */
public record Connection(
        String name,
        URI accountsUrl,
        URI crmUrl,
        URI campaignsUrl,
        String clientId,
        String clientSecret,
        String refreshToken,
        ZoneId zone) {

    @Override
    public String toString() {
        return "connection " + name;
    }
}
