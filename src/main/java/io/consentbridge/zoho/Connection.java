package io.consentbridge.zoho;

import java.net.URI;
import java.time.ZoneId;
import java.util.Set;

/**
 * One Zoho organisation. The three URLs are the bases of the documented paths and have no trailing slash.
 *
 * <p>{@link #toString()} shows no secret.
 *
 * @param name unique name, used by syncs
 * @param accountsUrl base of {@code /oauth/v2/token}
 * @param crmUrl base of {@code /crm/v8/...}
 * @param campaignsUrl base of {@code /api/v1.1/...}
 * @param clientId OAuth client; client, secret and credential are empty texts if none is given because none is needed
 * @param clientSecret its secret
 * @param refreshToken the long-lived credential
 * @param zone the time zone in which days and months are counted and schedules are read
 * @param without modules, and fields as {@code Module.Field}, that this organisation does not have or in which nobody
 *     refuses mail; {@code *} for every module other than Leads, Contacts and those of syncs
 */
public record Connection(
        String name,
        URI accountsUrl,
        URI crmUrl,
        URI campaignsUrl,
        String clientId,
        String clientSecret,
        String refreshToken,
        ZoneId zone,
        Set<String> without) {

    public Connection {
        without = Set.copyOf(without);
    }

    /** A connection that has every module and field. */
    public Connection(
            String name,
            URI accountsUrl,
            URI crmUrl,
            URI campaignsUrl,
            String clientId,
            String clientSecret,
            String refreshToken,
            ZoneId zone) {
        this(name, accountsUrl, crmUrl, campaignsUrl, clientId, clientSecret, refreshToken, zone, Set.of());
    }

    /** Whether the credential is given; without it Zoho cannot be called. */
    public boolean hasCredential() {
        return !clientId.isEmpty() && !clientSecret.isEmpty() && !refreshToken.isEmpty();
    }

    /** Whether the settings say that nobody refuses mail in the module. */
    public boolean without(String module) {
        return without.contains(module);
    }

    /** Whether the settings say that the module does not have the field. */
    public boolean without(String module, String field) {
        return without.contains(module + "." + field);
    }

    // By the name alone: each call looks up the token of its connection.
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "connection " + name;
    }
}
