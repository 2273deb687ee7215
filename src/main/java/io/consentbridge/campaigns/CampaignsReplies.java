package io.consentbridge.campaigns;

import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.LockListener;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoReply;
import io.consentbridge.zoho.ZohoRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Interprets Campaigns' replies to calls that read or prepare, by the Map of their JSON: a {@link CampaignsReply}, or the
 * fault that it means; bound as {@code campaignsReplies}.
 */
final class CampaignsReplies implements Processor {

    /**
     * Errors that mean "nothing there" (docs/zoho-notes.md, "Campaigns: empty answers"; 4016, no topics: "Campaigns:
     * topics").
     */
    private static final Map<String, Set<String>> EMPTY = Map.of(
            "getlistsubscribers", Set.of("2502"),
            "getmailinglists", Set.of("2401"),
            "topics", Set.of("4016"),
            "recentcampaigns", Set.of("6101"),
            "campaignreports", Set.of("6001", "6503"),
            "getcampaigndetails", Set.of("2206", "6001", "6301", "6302", "6503"),
            "getcampaignrecipientsdata", Set.of("6303"));

    /**
     * Errors that mean "there already" (docs/zoho-notes.md, "Campaigns: creating a list" and "Campaigns: contact fields").
     */
    private static final Map<String, Set<String>> EXISTED =
            Map.of("addlistandcontacts", Set.of("2205"), "custom/add", Set.of("916"));

    /** The name of a method's rows. */
    private static final Map<String, String> ROWS = Map.of(
            "getlistsubscribers",
            "list_of_details",
            "getmailinglists",
            "list_of_details",
            "topics",
            "topicDetails",
            "recentcampaigns",
            "recent_campaigns",
            "getcampaignrecipientsdata",
            "list_of_details");

    /** The field that each of these rows must have, or one of them. */
    private static final Map<String, List<String>> NAMED = Map.of(
            "getlistsubscribers", List.of("contact_email"),
            "getmailinglists", List.of("listkey"),
            "topics", List.of("topicId"),
            "recentcampaigns", List.of("campaign_key"),
            "getcampaignrecipientsdata", List.of("contactemailaddress", "contact_email"));

    private final Clock clock;
    private final LockListener locks;

    CampaignsReplies(Clock clock, LockListener locks) {
        this.clock = clock;
        this.locks = locks;
    }

    @Override
    public void process(Exchange exchange) {
        ZohoRequest placed = ZohoRequest.placedIn(exchange);
        String connection = placed.connection();
        String method = placed.method();
        CampaignsCall call = placed.question(CampaignsCall.class);
        ZohoReply reply = ZohoReply.takeFrom(exchange.getMessage());
        try {
            exchange.getMessage().setBody(read(connection, method, call, reply));
        } catch (ZohoFault.Throttled lock) {
            locks.locked(connection, method, lock.until(), lock.getMessage());
            throw lock;
        }
    }

    private CampaignsReply read(String connection, String method, CampaignsCall call, ZohoReply reply) {
        Envelope envelope = Envelope.of(connection, method, reply, clock.instant());
        boolean empty = has(EMPTY, method, envelope.code());
        boolean existed = has(EXISTED, method, envelope.code());
        if (empty || existed || !envelope.failure() && reply.status() < 400) {
            if (!empty && ROWS.containsKey(method)) {
                requireRows(connection, method, envelope.json());
            }
            return new CampaignsReply(call, envelope.json(), empty, existed);
        }
        String code = envelope.code().isEmpty() ? "HTTP " + reply.status() : envelope.code();
        String text = envelope.message().isEmpty() ? "" : ", \"" + envelope.shown() + "\"";
        throw new ZohoFault.Rejected(
                code,
                connection + ": Zoho Campaigns refuses " + method + " (" + code + text + ")" + wayOut(method, code));
    }

    /** A missing element never counts as none: a person who left would pass for one who did not, and a list for deleted. */
    private static void requireRows(String connection, String method, Map<String, Object> json) {
        List<String> names = NAMED.getOrDefault(method, List.of());
        JsonValue rows = new JsonValue(json).path(ROWS.get(method));
        boolean whole = rows.isList();
        for (JsonValue row : rows.values()) {
            whole = whole
                    && (names.isEmpty()
                            || names.stream()
                                    .anyMatch(name -> !SaidTimes.text(row, name).isEmpty()));
        }
        if (!whole) {
            throw new ZohoFault.Transient(
                    connection + ": Zoho Campaigns answered " + method + " without its rows (" + ROWS.get(method)
                            + "), or with rows without " + (names.isEmpty() ? "their identifying field" : names.get(0)),
                    null);
        }
    }

    private static String wayOut(String method, String code) {
        if (CampaignRefusal.concerns(method)) {
            return ". " + CampaignRefusal.of(method, code).wayOut();
        }
        if (method.equals("getcampaignrecipientsdata")) {
            return ofRecipients(code);
        }
        return switch (code) {
            case "2501", "2002", "2202", "2206" ->
                ". The mailing list no longer exists. Create it again, or use another list in the purpose";
            case "2701", "2704", "2706", "2707", "6601" ->
                ". Give the user of the credential the privilege in Zoho Campaigns";
            case "901", "902" ->
                ". The organisation's plan does not include it, or has expired. Check the plan in Zoho Campaigns";
            default -> "";
        };
    }

    /** The same numbers mean other things for other methods (docs/zoho-notes.md, "Campaigns: recipients"). */
    private static String ofRecipients(String code) {
        return switch (code) {
            case "6607" -> ". Give the user of the credential the privilege in Zoho Campaigns";
            case "6002", "6503" -> ". The campaign is not sent yet, or no longer exists";
            default -> "";
        };
    }

    private static boolean has(Map<String, Set<String>> table, String method, String code) {
        return table.getOrDefault(method, Set.of()).contains(code);
    }
}
