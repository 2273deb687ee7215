package io.consentbridge.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Views with figures that a person can follow. */
public final class Samples {

    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");

    private Samples() {}

    public static SyncView sync(String name, boolean active) {
        return new SyncView(
                name,
                active ? "active" : "inactive",
                active ? null : "the credential of main changed",
                "main",
                "Leads",
                "product-news",
                "every week on Monday at 09:00",
                active ? Instant.parse("2026-03-09T08:00:00Z") : null,
                active
                        ? List.of(Instant.parse("2026-03-09T08:00:00Z"), Instant.parse("2026-03-16T08:00:00Z"))
                        : List.of(),
                "UTC",
                new SyncView.LastRun("r-1", "completed", MONDAY, MONDAY.plusSeconds(60)),
                12_500,
                name.equals("customers") ? List.of("Company Name", "updateEmptyValues") : List.of(),
                0,
                List.of(),
                new SyncView.OnList(MONDAY, 1_203, 15, 2),
                null,
                null,
                new SyncView.Settings(
                        "consent",
                        "Product News",
                        "expressed",
                        "marketing",
                        "Industry equals Hospitality",
                        Map.of("Company Name", "Company"),
                        null,
                        true,
                        "details",
                        "new-or-modified",
                        "month",
                        "unsubscribe",
                        "unsubscribe",
                        "ignore",
                        "unsubscribe",
                        "stay",
                        "exclude",
                        false,
                        "refuse",
                        null));
    }

    /** 100 records: 60 new, 2 re-added, 20 duplicates of which 5 updated, 4 people who left, 1 deleted, 2 dead letters, 15 ignored. */
    public static RunView run(String id, String sync, String state) {
        return new RunView(
                id,
                sync,
                state,
                100,
                60,
                2,
                20,
                5,
                4,
                1,
                2,
                Map.of("bounced", 3L, "opted-out", 12L),
                new Calls(1, 3, 68),
                0,
                "main",
                "command",
                false,
                MONDAY,
                state.equals("reading") ? null : MONDAY.plusSeconds(75),
                switch (state) {
                    case "failed" -> "Zoho CRM answered 500 five times";
                    case "braked" -> sync + ": 612 people would leave; use --allow-removals 612";
                    default -> null;
                },
                state.equals("failed"),
                List.of(
                        new RunView.DecisionCount("deliver-as-expressed", "consent for e-mail was given", 83),
                        new RunView.DecisionCount("suppress", "opted out in the CRM", 12)),
                null,
                null,
                List.of(),
                new RunView.Audience(82, 4, 1, 2),
                "Product News");
    }

    public static DeadLetterView deadLetter(long id) {
        return new DeadLetterView(
                id,
                "hospitality-leads",
                "main",
                "Product News",
                "ann@example.com",
                "subscribe",
                "2501",
                "Campaigns does not know the list",
                "r-1",
                "4150868000002175",
                MONDAY,
                1,
                false,
                List.of("2026-03-02T08:00:00Z 2501"),
                Map.of("Contact Email", "ann@example.com"));
    }

    public static List<RecordsView.OfRecord> records() {
        return List.of(
                new RecordsView.OfRecord(
                        "1", "jane@aol", "ignored", "invalid-pattern", false, "ignore", "It is malformed.", null),
                new RecordsView.OfRecord(
                        "2", "=cmd|' /C calc'!A0", "ignored", "invalid-pattern", false, "ignore", null, null),
                new RecordsView.OfRecord(
                        "3", "ann@example.com", "duplicate", null, true, "deliver", "a, \"b\"", "Ann O'Hara"));
    }

    public static QuotaView quota() {
        return new QuotaView(List.of(new QuotaView.OfConnection(
                "main",
                null,
                null,
                List.of(),
                List.of(new QuotaView.OfMethod(
                        "json/listsubscribe",
                        List.of(
                                new QuotaView.Window(3600, 12_499, 12_500),
                                new QuotaView.Window(86_400, 20_000, 75_000)),
                        MONDAY.plusSeconds(1800),
                        "code 1109")),
                List.of(new QuotaView.Waiting("subscribe", 4_000, 0, MONDAY.plusSeconds(7200))),
                List.of(
                        new QuotaView.Limit("active-syncs", null, 6, 10),
                        new QuotaView.Limit("full-syncs-per-day", "hospitality-leads", 1, 5)),
                List.of(
                        new QuotaView.NextRun("customers", "inactive", null, "UTC", null),
                        new QuotaView.NextRun(
                                "hospitality-leads",
                                "active",
                                MONDAY.plusSeconds(86_400),
                                "UTC",
                                "10 of 10 runs are used")))));
    }

    /** Everything is wrong that can be, and one list and one sync were never met. */
    public static StatusView status() {
        return new StatusView(
                false,
                false,
                "the file /var/lib/consentbridge/consentbridge.db",
                List.of(new StatusView.OfConnection(
                        "main",
                        "UTC",
                        true,
                        List.of(
                                "main: the credential lacks the scope ZohoCampaigns.contact.UPDATE, which is needed for subscribing"),
                        MONDAY.plusSeconds(1800),
                        "Zoho Campaigns does not answer",
                        List.of(new StatusView.Locked("json/listsubscribe", MONDAY.plusSeconds(300), "code 1109")),
                        List.of(
                                new QuotaView.Waiting("unsubscribe", 2, 61, MONDAY),
                                new QuotaView.Waiting("subscribe", 4_000, 0, MONDAY.plusSeconds(7200))),
                        1,
                        12)),
                List.of(
                        new StatusView.OfList("Customers", "main", null, null, null, 12_500, 40L, 3L, 210L, MONDAY),
                        new StatusView.OfList(
                                "Letters",
                                "main",
                                "Campaigns answers 2004 to everybody",
                                MONDAY.plusSeconds(600),
                                MONDAY.plusSeconds(1200),
                                0,
                                null,
                                null,
                                null,
                                null)),
                List.of(
                        new StatusView.OfSync(
                                "customers",
                                "active",
                                null,
                                new SyncView.LastRun("r-2", "failed", MONDAY, MONDAY.plusSeconds(60)),
                                "customers: Zoho CRM answered 500",
                                MONDAY.plusSeconds(86_400),
                                "UTC",
                                List.of(new StatusView.Braked("customers", 61))),
                        new StatusView.OfSync(
                                "hospitality-leads",
                                "inactive",
                                "the credential of main changed",
                                null,
                                null,
                                null,
                                "UTC",
                                List.of())));
    }

    static PreviewView preview(String id, String sync, boolean full) {
        return new PreviewView(
                id,
                sync,
                full,
                "ready",
                Instant.parse("2026-11-22T09:00:00Z"),
                4,
                new PreviewView.Totals(4, 0, 0, 3, 1, 1, 0, Map.of("opted-out", 1L)),
                2,
                0,
                0,
                "Customers",
                List.of("Rating"),
                new Calls(0, 3, 2),
                null,
                false);
    }

    static PreviewLine update() {
        return new PreviewLine(
                "1",
                "jane@example.com",
                "deliver",
                "The purpose rests on contract.",
                "duplicate",
                null,
                "subscribe",
                "Customers",
                false,
                true,
                true,
                List.of(
                        new PreviewLine.Field("Contact Email", "jane@example.com", "jane@example.com", false),
                        new PreviewLine.Field("Company Name", "Old Ltd", "New Ltd", true),
                        new PreviewLine.Field("Industry", "Retail", "", true),
                        new PreviewLine.Field("Phone", "1", null, false)));
    }

    static PreviewLine leaver() {
        return new PreviewLine(
                "2",
                "bob@example.com",
                "suppress",
                "The person opted out.",
                "ignored",
                "opted-out",
                "unsubscribe",
                "Customers",
                false,
                true,
                true,
                List.of());
    }

    static PendingView pending() {
        Instant then = Instant.parse("2026-11-28T10:00:00Z");
        return new PendingView(
                List.of(
                        new PendingView.Total("main", "news", "given", 3),
                        new PendingView.Total("main", "news", "sent", 1)),
                List.of(new PendingView.Open(
                        "main",
                        "news",
                        "sent",
                        "mail",
                        "the CRM field Newsletter_Requested is true",
                        "Leads",
                        "2",
                        then,
                        90_000,
                        then,
                        then.plusSeconds(1_209_600))),
                false);
    }

    static LedgerStatusView ledger(boolean alarm) {
        Instant then = Instant.parse("2026-03-02T07:00:00Z");
        return new LedgerStatusView(
                "consentbridge-1",
                "consentbridge-1+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                then,
                12345,
                3,
                new LedgerStatusView.Checkpoint(12340, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", then, "note"),
                alarm
                        ? List.of()
                        : List.of(
                                new LedgerStatusView.Target("file", 12340, then, null, null),
                                new LedgerStatusView.Target("mail", 0, null, "the server does not answer", then)),
                alarm ? new LedgerStatusView.Alarm("Entry 17 is missing.", then) : null);
    }

    static PersonSuppressed suppressed(String email) {
        return new PersonSuppressed(
                email,
                List.of(new PersonSuppressed.Where("main", null)),
                email.equals("bob@example.com")
                        ? List.of(new io.consentbridge.person.Leaving("main", "Customers", "unsubscribe"))
                        : List.of());
    }

    static PersonErasure erasure(String state) {
        boolean pending = state.equals("pending");
        return new PersonErasure(
                3,
                state,
                false,
                List.of(new io.consentbridge.person.Leaving("main", "Customers", "unsubscribe")),
                List.of(new PersonSuppressed.Where("former", "Letters")),
                pending ? List.of("The ledger has not sealed its last entries about the person yet.") : List.of(),
                Map.of("source_record", 1),
                List.of("main 2"),
                List.of("robert@example.com"),
                List.of("Zoho CRM: delete the records."));
    }

    static PersonReleased released(String email) {
        Instant then = Instant.parse("2026-03-02T07:00:00Z");
        return new PersonReleased(
                email,
                email.equals("bob@example.com") ? List.of(new PersonSuppressed.Where("main", "Customers")) : List.of(),
                List.of(new ExplainView.Suppressed("main", null, "opted-out", "crm:Leads:2", then)));
    }

    static ExplainView explanation(String email) {
        Instant then = Instant.parse("2026-03-02T07:00:00Z");
        if (!email.equals("bob@example.com")) {
            return new ExplainView(
                    email, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of());
        }
        return new ExplainView(
                email,
                List.of(new ExplainView.Suppressed("main", null, "opted-out", "crm:Leads:2", then)),
                List.of(new ExplainView.Membership(
                        "main",
                        "Customers",
                        true,
                        false,
                        null,
                        then,
                        null,
                        null,
                        List.of(),
                        Map.of("Last Name", "Builder"))),
                List.of(new ExplainView.RecordDecision("main", "customers", "2", "suppress", then)),
                List.of(new ExplainView.Move("customers", "2", "robert@example.com", email)),
                List.of(new ExplainView.Result(
                        "main", "r-1", "2", "suppress", "ignored", "opted-out", "The person opted out.")),
                List.of(new ExplainView.Waiting("main", "Customers", "unsubscribe", then, false, null, 0, "r-1", "2")),
                List.of(new ExplainView.Letter(
                        "main", 7, "Customers", "subscribe", "The reply was lost.", then, false)),
                List.of(new ExplainView.Asked(
                        "main",
                        "customers",
                        "abc",
                        "mail",
                        "refused",
                        null,
                        "the CRM field Newsletter_Requested is true",
                        "2",
                        then,
                        then,
                        false,
                        then,
                        null,
                        null)),
                List.of(new ExplainView.Decided(
                        "main",
                        then,
                        "customers",
                        "abc",
                        "customers",
                        "2",
                        "r-1",
                        "suppress",
                        "The person opted out.",
                        null)),
                List.of(),
                List.of(new ExplainView.Start(
                        "main", "W7", "customers", "Customers", "gone", then, "the person refused since")));
    }
}
