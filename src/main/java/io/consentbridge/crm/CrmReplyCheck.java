package io.consentbridge.crm;

import io.consentbridge.zoho.HttpReply;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Checks a reply of the CRM over HTTP before its JSON is read; bound as {@code crmReplyCheck}. If the status means that
 * there is nothing, the body becomes an empty Map; any other reply must be JSON, since an error too is interpreted by the
 * code in its JSON.
 */
final class CrmReplyCheck implements Processor {

    @Override
    public void process(Exchange exchange) {
        HttpReply reply = HttpReply.in(exchange.getMessage());
        if (isNothing(reply.status())) {
            reply.passNothing();
        } else {
            reply.passJson();
        }
    }

    /** Whether a status means that there is nothing, or nothing new (docs/zoho-notes.md, "CRM: values in lists"). */
    static boolean isNothing(int status) {
        return status == 204 || status == 304;
    }
}
