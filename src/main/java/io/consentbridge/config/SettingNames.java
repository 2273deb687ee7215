package io.consentbridge.config;

import io.consentbridge.consent.BasisReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All settings with their defaults. The sample {@code application.properties} names the same ones, as a test proves. */
final class SettingNames {

    static final String CONNECTIONS = "zoho.connections";

    /** The prefix of the settings for an organisation's own words for the lawful basis. */
    static final String CONSENT_WORDS = "consent.words.";

    /** The settings of a connection, after {@code zoho.} and its name. */
    static final List<String> OF_CONNECTION = List.of(
            "data-centre",
            "accounts-url",
            "crm-url",
            "campaigns-url",
            "client-id",
            "client-secret",
            "refresh-token",
            "time-zone",
            "without-modules");

    /** Settings that must never be shown. */
    static final Set<String> SECRETS =
            Set.of("client-secret", "refresh-token", "password", "master-key", "next-master-key", "webhook");

    /** Name to default, connections aside. */
    static final Map<String, String> DEFAULTS = defaults();

    // Settings of Camel, and those that own routes need.
    private static final List<String> FREE = List.of("camel.", "routes.");

    private SettingNames() {}

    static boolean isFree(String name) {
        return FREE.stream().anyMatch(name::startsWith);
    }

    static boolean isSecret(String name) {
        return SECRETS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The names of all settings for these connections. */
    static List<String> all(Collection<String> connections) {
        List<String> names = new ArrayList<>(DEFAULTS.keySet());
        names.add(CONNECTIONS);
        connections.stream()
                .flatMap(one -> OF_CONNECTION.stream().map(part -> "zoho." + one + "." + part))
                .forEach(names::add);
        return names;
    }

    /** The Campaigns methods with a quota of their own, as in settings: {@code json-listsubscribe}. */
    static Stream<String> quotaMethods() {
        return DEFAULTS.keySet().stream()
                .filter(name -> name.startsWith("quota.") && !name.equals("quota.default"))
                .map(name -> name.substring("quota.".length()));
    }

    private static Map<String, String> defaults() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("database.url", "jdbc:sqlite:data/consentbridge.db");
        names.put("database.user", "");
        names.put("database.password", "");
        names.put("http.host", "127.0.0.1");
        names.put("http.port", "8080");
        names.put("limits.active-syncs", "10");
        names.put("limits.runs-per-day", "10");
        names.put("limits.runs-per-month", "50");
        names.put("limits.full-syncs-per-day", "5");
        names.put("limits.full-syncs-per-month", "15");
        names.put("brake.share", "10");
        names.put("brake.people", "50");
        names.put("brake.half", "10");
        names.put("brake.all", "5");
        names.put("delivery.connections", "10");
        names.put("delivery.batch", "100");
        names.put("delivery.batches", "2");
        names.put("delivery.every", "1s");
        names.put("confirmation.every", "10s");
        names.put("confirmation.ip", "truncated");
        names.put("public.host", "127.0.0.1");
        names.put("public.port", "8081");
        names.put("public.url", "");
        names.put("public.trusted-header", "");
        names.put("public.per-minute", "60");
        names.put("mail.smtp.host", "");
        names.put("mail.smtp.port", "587");
        names.put("mail.smtp.user", "");
        names.put("mail.smtp.password", "");
        names.put("mail.smtp.tls", "starttls");
        names.put("mail.bounces.address", "");
        names.put("mail.bounces.protocol", "imaps");
        names.put("mail.bounces.host", "");
        names.put("mail.bounces.port", "993");
        names.put("mail.bounces.user", "");
        names.put("mail.bounces.password", "");
        names.put("mail.bounces.folder", "INBOX");
        names.put("mail.bounces.every", "5m");
        names.put("confirmation.per-hour", "200");
        names.put("retry.attempts", "3");
        names.put("retry.delay", "500");
        names.put("retry.delay.most", "10000");
        names.put("retry.multiplier", "2");
        names.put("retry.multiplier.reading", "3");
        names.put("retry.jitter", "0.25");
        names.put("calls.deadline", "60s");
        names.put("calls.largest-reply", "64MB");
        names.put("calls.proxy", "");
        names.put("calls.trust-store", "");
        names.put("hold.first", "2s");
        names.put("hold.most", "15m");
        names.put("cursor.overlap", "10m");
        names.put("delivery.recheck", "5m");
        names.put("opt-outs.every", "15m");
        BasisReader.MEANINGS.forEach(meaning -> names.put(CONSENT_WORDS + meaning, ""));
        names.put("refusals.rejoin", "person");
        names.put("schedule.catch-up", "true");
        names.put("lease", "5m");
        names.put("quota.default", "500/5m");
        names.put("quota.json-listsubscribe", "500/1m, 12500/1h, 75000/1d");
        names.put("quota.custom-add", "100/5m");
        for (String method : List.of(
                "addlistandcontacts",
                "json-listunsubscribe",
                "json-contactdonotmail",
                "getlistsubscribers",
                "listsubscriberscount",
                "contact-allfields",
                "getmailinglists",
                "topics",
                "workflow-trigger",
                "recentcampaigns",
                "campaignreports",
                "getcampaigndetails",
                "getcampaignrecipientsdata",
                "createCampaign",
                "json-clonecampaign",
                "sendcampaign")) {
            names.put("quota." + method, "500/5m");
        }
        names.put("ledger.master-key", "");
        names.put("ledger.next-master-key", "");
        names.put("ledger.checkpoints.file", "");
        names.put("ledger.checkpoints.webhook", "");
        names.put("ledger.checkpoints.mail", "");
        names.put("ledger.checkpoints.mail-from", "");
        names.put("quota.crm-update", "1000/1d");
        names.put("crm.credits-kept", "1000");
        names.put("crm.update-triggers", "");
        names.put("history.keep-days", "365");
        names.put("retention.people", "0");
        names.put("retention.confirmations", "0");
        names.put("retention.updates", "30");
        names.put("retention.checkpoints", "7");
        names.put("log.format", "text");
        names.put("log.level", "");
        return names;
    }
}
