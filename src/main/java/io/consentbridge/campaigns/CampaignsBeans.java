package io.consentbridge.campaigns;

import io.consentbridge.zoho.LockListener;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/zoho-campaigns.camel.yaml} calls by name; it also needs {@code quota}. */
public final class CampaignsBeans {

    private CampaignsBeans() {}

    /**
     * Binds {@code contactForms}, {@code contactReplies}, {@code campaignsRequests}, {@code campaignsReplyCheck} and {@code
     * campaignsReplies}.
     *
     * @param locks is told when a reading method is locked; locks of deliveries are handled with the deliveries
     */
    public static void bind(Registry registry, Clock clock, LockListener locks) {
        registry.bind("contactForms", new ContactForms());
        registry.bind("contactReplies", new ContactReplies(clock));
        registry.bind("campaignsRequests", new CampaignsRequests());
        registry.bind("campaignsReplyCheck", new CampaignsReplyCheck(clock, locks));
        registry.bind("campaignsReplies", new CampaignsReplies(clock, locks));
    }
}
