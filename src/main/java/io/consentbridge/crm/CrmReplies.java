package io.consentbridge.crm;

import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoReply;
import io.consentbridge.zoho.ZohoRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Interprets replies of the CRM, by the Map of their JSON: a {@link CrmReply}, or the fault that it means; bound as {@code
 * crmReplies}.
 */
final class CrmReplies implements Processor {

    /**
     * Methods that return records page by page; each of their replies has both elements (docs/zoho-notes.md, "CRM: values in
     * lists"), and 204 means that there are none.
     */
    private static final Set<String> PAGED = Set.of("coql", "view", "deleted");

    /**
     * How many credits the organisation has left; there once half of a day's are used (docs/zoho-notes.md, "CRM: limits").
     */
    private static final String CREDITS = "X-API-CREDITS-REMAINING";

    private final Clock clock;

    CrmReplies(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        ZohoRequest placed = ZohoRequest.placedIn(exchange);
        CrmCall call = placed.question(CrmCall.class);
        String credits = exchange.getMessage().getHeader(CREDITS, String.class);
        ZohoReply reply = ZohoReply.takeFrom(exchange.getMessage());
        if (call.method().equals(CrmCall.UPDATE)) {
            exchange.getMessage()
                    .setBody(UpdateReply.read(
                            placed.connection(),
                            call,
                            reply,
                            credits,
                            reply.answeredAt().orElseGet(clock::instant)));
            return;
        }
        exchange.getMessage().setBody(read(placed.connection(), call, reply));
    }

    CrmReply read(String connection, CrmCall call, ZohoReply reply) {
        Instant at = reply.answeredAt().orElseGet(clock::instant);
        if (CrmReplyCheck.isNothing(reply.status())) {
            return new CrmReply(call, reply.json(), at);
        }
        JsonValue json = new JsonValue(reply.json());
        JsonValue error = CrmFaults.errorIn(json);
        if (reply.status() >= 400 || error != null) {
            throw CrmFaults.of(connection, call, reply.status(), error == null ? json : error);
        }
        if (PAGED.contains(call.method()) && !isPage(json)) {
            throw new ZohoFault.Transient(
                    connection + ": Zoho CRM answered " + call.method() + " of " + call.subject()
                            + " without its records (data), or without saying whether more follow (info.more_records)",
                    null);
        }
        return new CrmReply(call, reply.json(), at);
    }

    /** A missing element never counts as none: nobody may pass for a person who does not refuse mail. */
    private static boolean isPage(JsonValue json) {
        return json.path("data").isList()
                && json.path("info").path("more_records").isFlag();
    }
}
