package io.consentbridge.zoho;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * The access token of each connection, shared by threads and, through the {@link TokenStore}, by processes, because Zoho
 * allows ten new ones in ten minutes and kills the oldest of fifteen (crm-api §1.4). Safe for many threads.
 */
public final class AccessTokens {

    public AccessTokens(TokenStore store, CallCounter counter, Clock clock) {}

    /**
     * A token with five minutes or more to live; asks Zoho when there is none.
     *
     * @param runId the run that a call to the accounts server is counted for; null for none
     * @throws ZohoFault.Credential when Zoho refuses the credential
     * @throws ZohoFault.Throttled when too many tokens were asked for
     * @throws ZohoFault.Transient when the accounts server cannot be reached
     */
    public AccessToken token(Connection connection, String runId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Another token in place of one that an API refused; callers that were refused the same token get the same new one.
     *
     * @return empty when the refused one is new itself, so that another would be refused too
     * @throws ZohoFault as {@link #token}
     */
    public Optional<AccessToken> replacement(Connection connection, String runId, AccessToken refused) {
        throw new UnsupportedOperationException();
    }

    /**
     * Base of the connection's CRM calls: as configured, else as the accounts server says if it names a host of Zoho.
     *
     * @throws ZohoFault as {@link #token}; Rejected when it is neither configured nor named
     */
    public URI crmUrl(Connection connection, String runId) {
        throw new UnsupportedOperationException();
    }
}
