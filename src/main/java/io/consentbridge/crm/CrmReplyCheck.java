package io.consentbridge.crm;

import io.consentbridge.zoho.HttpReply;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Judges what came back from the CRM over HTTP, before its JSON is read; bound as {@code crmReplyCheck}. A status that says that there
 * is nothing makes the body an empty Map; anything else has to be JSON, since of an error too the code in its JSON tells what it means.
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

    /** Whether a status says that there is nothing, or nothing new (docs/zoho-notes.md, "CRM: values in lists"). */
    static boolean isNothing(int status) {
        return status == 204 || status == 304;
    }
}
