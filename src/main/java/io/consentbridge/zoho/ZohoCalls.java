package io.consentbridge.zoho;

import java.time.Clock;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Signs, counts and guards every call to the CRM and to Campaigns; bound as {@code zohoCalls}, which the HTTP endpoints
 * of the routes name as their {@code httpClientConfigurer}. No token ever stands in a message.
 *
 * <p>A 401 is answered once by another token. A connection that fails, a reply that breaks off included, becomes
 * {@link ZohoFault.Transient} here and nowhere else.
 */
public final class ZohoCalls implements HttpClientConfigurer {

    public ZohoCalls(Connections connections, AccessTokens tokens, CallCounter counter, Clock clock) {}

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        throw new UnsupportedOperationException();
    }
}
