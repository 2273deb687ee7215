package io.consentbridge.campaigns;

import io.consentbridge.zoho.HttpReply;
import io.consentbridge.zoho.LockListener;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoRequest;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Checks a reply of Campaigns over HTTP before its JSON is read; bound as {@code campaignsReplyCheck}. The status alone can
 * report a reached limit, whatever the body is; any other reply must be JSON.
 */
final class CampaignsReplyCheck implements Processor {

    private static final int TOO_MANY = 429;

    private final Clock clock;
    private final LockListener locks;

    CampaignsReplyCheck(Clock clock, LockListener locks) {
        this.clock = clock;
        this.locks = locks;
    }

    @Override
    public void process(Exchange exchange) {
        HttpReply reply = HttpReply.in(exchange.getMessage());
        if (reply.status() != TOO_MANY) {
            reply.passJson();
            return;
        }
        ZohoRequest asked = reply.request();
        ZohoFault.Throttled lock = Envelope.locked(asked.connection(), asked.method(), clock.instant());
        // Locks of deliveries are handled with the deliveries.
        if (asked.question() instanceof CampaignsCall) {
            locks.locked(asked.connection(), asked.method(), lock.until(), lock.getMessage());
        }
        throw lock;
    }
}
