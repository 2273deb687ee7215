package io.consentbridge.results;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.campaigns.CampaignDetails;
import io.consentbridge.campaigns.CampaignRecipients;
import io.consentbridge.campaigns.CampaignReports;
import io.consentbridge.campaigns.CampaignsCall;
import io.consentbridge.campaigns.CampaignsReply;
import io.consentbridge.campaigns.RecentCampaigns;
import io.consentbridge.store.Database;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Zoho Campaigns as a test tells it to be, behind the seams and without HTTP: campaigns, the people of their actions, and pages
 * that are short, begin elsewhere, or break off.
 */
final class PlayedZoho implements AutoCloseable {

    /** A sent campaign. */
    static final class Mailing {
        final String key;
        String name;
        String status = "Sent";
        String kind = "Normal";
        Instant sent;
        boolean listed = true;
        boolean reported = true;
        /** By Zoho's word of the action. */
        final Map<String, List<Map<String, Object>>> people = new LinkedHashMap<>();
        /** Counts that differ from the people; null as a value leaves the count out. */
        final Map<String, String> counts = new LinkedHashMap<>();

        final List<String> variants = new ArrayList<>();

        Mailing(String key, Instant sent) {
            this.key = key;
            this.name = "Campaign " + key;
            this.sent = sent;
        }

        Mailing did(String action, String... addresses) {
            for (String address : addresses) {
                row(action, address, Map.of());
            }
            return this;
        }

        Mailing row(String action, String address, Map<String, Object> more) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("contactemailaddress", address);
            row.put("sent_time", sent == null ? "null" : String.valueOf(sent.toEpochMilli()));
            row.putAll(more);
            people.computeIfAbsent(action, none -> new ArrayList<>()).add(row);
            return this;
        }
    }

    private static final Map<String, String> COUNTS = Map.of(
            "sentcontacts", "emails_sent_count",
            "openedcontacts", "opens_count",
            "unopenedcontacts", "unopened",
            "clickedcontacts", "unique_clicks_count",
            "optoutcontacts", "unsub_count",
            "spamcontacts", "spams_count",
            "senthardbounce", "hardbounce_count",
            "sentsoftbounce", "softbounce_count",
            "unsentcontacts", "unsent_count");

    final Map<String, Mailing> mailings = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    final Connection connection = ZohoStandIn.connection("main", "https://zoho.example");

    /** How many rows a page has at most. */
    int most = 500;
    /** From a position that is asked to the one from which rows are given. */
    IntUnaryOperator from = at -> at;
    /** What happens to the people of an action with each page that is asked. */
    UnaryOperator<List<Map<String, Object>>> shaken = people -> people;
    /** Called before each reply; a fault that it throws is Zoho's. */
    Runnable before = () -> {};

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ZohoSeams seams;

    PlayedZoho() {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    for (String seam :
                            List.of("recent-campaigns", "campaign-report", "campaign-details", "campaign-recipients")) {
                        from("direct:" + seam)
                                .process(exchange -> exchange.getMessage()
                                        .setBody(answer(exchange.getMessage().getBody(CampaignsCall.class))));
                    }
                }
            });
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        seams = new ZohoSeams(context.createProducerTemplate());
    }

    WatchedCampaigns watched(Database database, InstantSource clock) {
        return new WatchedCampaigns(
                database,
                new RecentCampaigns(seams),
                new CampaignReports(seams),
                new CampaignDetails(seams),
                new CampaignRecipients(seams),
                ErasedPeople.none(database),
                clock);
    }

    Mailing mailing(String key, Instant sent) {
        Mailing mailing = new Mailing(key, sent);
        mailings.put(key, mailing);
        return mailing;
    }

    private CampaignsReply answer(CampaignsCall call) {
        String action = call.parameters().getOrDefault("action", "");
        calls.add(call.method() + (action.isEmpty() ? "" : " " + action));
        before.run();
        return switch (call.method()) {
            case "recentcampaigns" -> listing(call);
            case "campaignreports" -> report(call);
            case "getcampaigndetails" -> details(call);
            default -> recipients(call, action);
        };
    }

    private CampaignsReply listing(CampaignsCall call) {
        List<Map<String, Object>> rows = mailings.values().stream()
                .filter(mailing -> mailing.listed)
                .map(mailing -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("campaign_key", mailing.key);
                    row.put("campaign_name", mailing.name);
                    row.put("campaign_status", mailing.status);
                    row.put("campaigntype", mailing.kind);
                    row.put("sent_time", mailing.sent == null ? "null" : String.valueOf(mailing.sent.toEpochMilli()));
                    return row;
                })
                .toList();
        return rows(call, "recent_campaigns", rows);
    }

    private CampaignsReply report(CampaignsCall call) {
        Mailing mailing = mailings.get(call.parameters().get("campaignkey"));
        if (mailing == null || !mailing.reported) {
            return new CampaignsReply(call, Map.of(), true, false);
        }
        Map<String, Object> counts = new LinkedHashMap<>();
        COUNTS.forEach((action, count) -> counts.put(
                count,
                String.valueOf(mailing.people.getOrDefault(action, List.of()).size())));
        mailing.counts.forEach((count, value) -> {
            if (value == null) {
                counts.remove(count);
            } else {
                counts.put(count, value);
            }
        });
        return new CampaignsReply(call, Map.of("code", "0", "campaign-reports", List.of(counts)), false, false);
    }

    private CampaignsReply details(CampaignsCall call) {
        Mailing mailing = mailings.get(call.parameters().get("campaignkey"));
        Map<String, Object> split = new LinkedHashMap<>();
        for (int i = 0; i < mailing.variants.size(); i++) {
            split.put("ab".charAt(i) + "_child_campaignkey", mailing.variants.get(i));
        }
        return new CampaignsReply(
                call,
                Map.of(
                        "campaign-details",
                        List.of(Map.of("campaign_name", mailing.name)),
                        "AB-split-details",
                        List.of(split)),
                false,
                false);
    }

    private CampaignsReply recipients(CampaignsCall call, String action) {
        Mailing mailing = mailings.get(call.parameters().get("campaignkey"));
        if (mailing == null) {
            throw new ZohoFault.Rejected("6002", "main: no such campaign");
        }
        return rows(call, "list_of_details", shaken.apply(mailing.people.getOrDefault(action, List.of())));
    }

    private CampaignsReply rows(CampaignsCall call, String name, List<Map<String, Object>> all) {
        int start = from.applyAsInt(Integer.parseInt(call.parameters().get("fromindex"))) - 1;
        int range = Math.min(most, Integer.parseInt(call.parameters().get("range")));
        List<Map<String, Object>> page = start >= all.size()
                ? List.of()
                : List.copyOf(all.subList(Math.max(0, start), Math.min(all.size(), Math.max(0, start) + range)));
        return new CampaignsReply(
                call, page.isEmpty() ? Map.of() : Map.of("code", "0", name, page), page.isEmpty(), false);
    }

    long called(String call) {
        return calls.stream().filter(call::equals).count();
    }

    @Override
    public void close() {
        context.stop();
    }
}
