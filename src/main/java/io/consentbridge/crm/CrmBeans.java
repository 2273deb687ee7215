package io.consentbridge.crm;

import io.consentbridge.zoho.AccessTokens;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/zoho-crm.camel.yaml} calls by name. */
public final class CrmBeans {

    private CrmBeans() {}

    /** Binds {@code crmRequests}, {@code crmReplyCheck} and {@code crmReplies}. */
    public static void bind(Registry registry, AccessTokens tokens, Clock clock) {
        registry.bind("crmRequests", new CrmRequests(tokens));
        registry.bind("crmReplyCheck", new CrmReplyCheck());
        registry.bind("crmReplies", new CrmReplies(clock));
    }
}
