package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.LockListener;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoReply;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reads what Campaigns answered to a call that reads or prepares: a {@link CampaignsReply}, or the fault it means; bound
 * as {@code campaignsReplies}.
 */
final class CampaignsReplies implements Processor {

    /** Errors that mean "nothing there" (campaigns-api §9.2; 4016: topics are not enabled, §3.2). */
    private static final Map<String, Set<String>> EMPTY = Map.of(
            "getlistsubscribers", Set.of("2502"),
            "getmailinglists", Set.of("2401"),
            "topics", Set.of("4016"));

    /** Errors that mean "there already" (campaigns-api §2.3, §2.9). */
    private static final Map<String, Set<String>> EXISTED =
            Map.of("addlistandcontacts", Set.of("2205"), "custom/add", Set.of("916"));

    private final Clock clock;
    private final LockListener locks;

    CampaignsReplies(Clock clock, LockListener locks) {
        this.clock = clock;
        this.locks = locks;
    }

    @Override
    public void process(Exchange exchange) {
        Connection connection = exchange.getVariable(ZohoSeams.CONNECTION, Connection.class);
        String method = exchange.getProperty(CampaignsCall.METHOD, String.class);
        CampaignsCall call = exchange.getProperty(CampaignsCall.QUESTION, CampaignsCall.class);
        ZohoReply reply = ZohoReply.takeFrom(exchange.getMessage());
        try {
            exchange.getMessage().setBody(read(connection.name(), method, call, reply));
        } catch (ZohoFault.Throttled lock) {
            locks.locked(connection.name(), method, lock.until(), lock.getMessage());
            throw lock;
        }
    }

    private CampaignsReply read(String connection, String method, CampaignsCall call, ZohoReply reply) {
        Envelope envelope = Envelope.of(connection, method, reply, clock.instant());
        boolean empty = has(EMPTY, method, envelope.code());
        boolean existed = has(EXISTED, method, envelope.code());
        if (empty || existed || !envelope.failure() && reply.status() < 400) {
            return new CampaignsReply(call, envelope.json(), empty, existed);
        }
        String code = envelope.code().isEmpty() ? "HTTP " + reply.status() : envelope.code();
        String text = envelope.message().isEmpty() ? "" : ", \"" + envelope.shown() + "\"";
        throw new ZohoFault.Rejected(
                code, connection + ": Zoho Campaigns refuses " + method + " (" + code + text + ")" + wayOut(code));
    }

    private static String wayOut(String code) {
        return switch (code) {
            case "2501", "2002", "2202", "2206" ->
                "; the mailing list is gone: create it again, or name another in the purpose";
            case "2701", "2704", "2706", "2707", "6601" ->
                "; the user of the credential lacks the privilege in Zoho Campaigns";
            case "901", "902" ->
                "; the plan of the organisation does not include it, or has ended: check it in Zoho Campaigns";
            default -> "";
        };
    }

    private static boolean has(Map<String, Set<String>> table, String method, String code) {
        return table.getOrDefault(method, Set.of()).contains(code);
    }
}
