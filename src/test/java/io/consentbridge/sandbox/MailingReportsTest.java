package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of campaigns of the sandbox: whom they reach, what these do, and what the reports say. */
class MailingReportsTest {

    private final MailingWorld world = new MailingWorld();
    private final Client client = world.client;

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"all,5", "topic,1"})
    @DisplayName(
            "A campaign reaches the active members with its topic; the others are unsent, all of them or those without the topic")
    void reach(String unsent, int others) {
        world.fans(7).choose("unsent", unsent);
        event("unsubscribe", 0);
        event("bounce", 1);
        event("block", 2);
        event("do-not-mail", 3);
        world.choose("reactions", false);
        String topic = world.topic();
        client.form(
                MailingWorld.API + "json/listunsubscribe",
                Map.of(
                        "listkey",
                        client.list(MailingWorld.LIST),
                        "contactinfo",
                        Client.info(MailingWorld.fan(4)),
                        "topic_id",
                        topic));
        client.subscribe(client.list(MailingWorld.LIST), Client.info(MailingWorld.fan(4)));
        String key = world.sent("Spring");
        assertThat(world.addresses(key, "sentcontacts", ""))
                .containsExactlyInAnyOrder(MailingWorld.fan(5), MailingWorld.fan(6));
        assertThat(world.addresses(key, "unsentcontacts", "")).hasSize(others).contains(MailingWorld.fan(4));
        assertThat(world.report(key).path("unsent_count").asText()).isEqualTo(Integer.toString(others));
    }

    private void event(String event, int fan) {
        client.control("members/" + event, Map.of("list", MailingWorld.LIST, "email", MailingWorld.fan(fan)));
    }

    @Test
    @DisplayName("A mail to somebody with Email_Opt_Out in the CRM is a violation")
    void optedOut() {
        world.fans(2);
        client.control(
                "records/Leads",
                Map.of("Last_Name", "X", "Email", MailingWorld.fan(0).toUpperCase(), "Email_Opt_Out", true));
        world.sent("Spring");
        assertThat(world.violations("mailed-opted-out")).isEqualTo(1);
    }

    @Test
    @DisplayName("The numbers are text, add up, and follow what single people do")
    void numbers() {
        world.fans(10);
        String key = world.sent("Spring");
        assertThat(world.people(key, "open", MailingWorld.fan(0), MailingWorld.fan(1), MailingWorld.fan(0)))
                .isEqualTo(2);
        world.people(key, "click", MailingWorld.fan(2));
        world.people(key, "scan", MailingWorld.fan(3));
        world.people(key, "hard-bounce", MailingWorld.fan(4));
        world.people(key, "soft-bounce", MailingWorld.fan(5));
        world.people(key, "unsubscribe", MailingWorld.fan(6));
        world.people(key, "leave-topic", MailingWorld.fan(7));
        world.people(key, "complain", MailingWorld.fan(8));
        assertThat(world.people(key, "open", "nobody@example.com")).isZero();
        JsonNode report = world.report(key);
        assertThat(report.path("emails_sent_count").asText()).isEqualTo("10");
        assertThat(report.path("delivered_count").asText()).isEqualTo("8");
        assertThat(report.path("delivered_percent").asText()).isEqualTo("80.0");
        assertThat(report.path("opens_count").asText()).isEqualTo("3");
        assertThat(report.path("unopened").asText()).isEqualTo("5");
        assertThat(report.path("unique_clicks_count").asText()).isEqualTo("2");
        assertThat(report.path("bounces_count").asText()).isEqualTo("2");
        assertThat(report.path("hardbounce_count").asText()).isEqualTo("1");
        assertThat(report.path("unsub_count").asText()).isEqualTo("2");
        assertThat(report.path("complaints_count").asText()).isEqualTo("1");
        assertThat(world.addresses(key, "optoutcontacts", ""))
                .as("a topic and everything look alike")
                .containsExactlyInAnyOrder(MailingWorld.fan(6), MailingWorld.fan(7));
        assertThat(world.addresses(key, "openedcontacts", "")).hasSize(3).contains(MailingWorld.fan(2));
        assertThat(world.addresses(key, "clickedcontacts", ""))
                .containsExactlyInAnyOrder(MailingWorld.fan(2), MailingWorld.fan(3));
        assertThat(world.addresses(key, "unopenedcontacts", "")).hasSize(5).doesNotContain(MailingWorld.fan(4));
        assertThat(world.addresses(key, "senthardbounce", "")).containsExactly(MailingWorld.fan(4));
        assertThat(world.addresses(key, "sentsoftbounce", "")).containsExactly(MailingWorld.fan(5));
        assertThat(world.addresses(key, "spamcontacts", "")).containsExactly(MailingWorld.fan(8));
    }

    @Test
    @DisplayName("A bounce, a complaint and an unsubscription change the member on the list, leaving a topic does not")
    void members() {
        world.fans(6);
        String key = world.sent("Spring");
        world.people(key, "hard-bounce", MailingWorld.fan(0));
        world.people(key, "complain", MailingWorld.fan(1));
        world.people(key, "unsubscribe", MailingWorld.fan(2));
        world.people(key, "leave-topic", MailingWorld.fan(3));
        world.people(key, "soft-bounce", MailingWorld.fan(4));
        assertThat(IntStream.range(0, 6).mapToObj(i -> world.member(MailingWorld.fan(i))))
                .containsExactly("bounce", "spam", "unsub", "active", "active", "active");
        assertThat(world.addresses(world.sent("Summer"), "sentcontacts", ""))
                .containsExactlyInAnyOrder(MailingWorld.fan(4), MailingWorld.fan(5));
        client.subscribe(client.list(MailingWorld.LIST), Client.info(MailingWorld.fan(2)));
        assertThat(world.violations("resubscribed-after-unsubscribe")).isEqualTo(1);
    }

    @Test
    @DisplayName("Three soft bounces in a row are like a hard one")
    void softBounces() {
        world.fans(2).choose("reactions", Map.of("soft-bounce", 1.0, "within", "PT1M"));
        for (int i = 0; i < 3; i++) {
            assertThat(world.member(MailingWorld.fan(0))).isEqualTo("active");
            world.send(world.created("Mail " + i));
            world.forward("PT5M");
        }
        assertThat(world.member(MailingWorld.fan(0))).isEqualTo("bounce");
    }

    @ParameterizedTest
    @CsvSource({"everywhere,unsub", "lists,active"})
    @DisplayName("An unsubscription by a campaign may hold for its lists or for all of them")
    void unsubscribes(String how, String elsewhere) {
        world.fans(1).choose("unsubscribes", how);
        client.control("members/join", Map.of("list", "Product News", "email", MailingWorld.fan(0)));
        String key = world.sent("Spring");
        world.people(key, "unsubscribe", MailingWorld.fan(0));
        assertThat(world.member(MailingWorld.fan(0))).isEqualTo("unsub");
        client.get("/sandbox/members?list=Product%20News")
                .json()
                .path("members")
                .forEach(member -> {
                    if (member.path("email").asText().equals(MailingWorld.fan(0))) {
                        assertThat(member.path("status").asText()).isEqualTo(elsewhere);
                    }
                });
    }

    @Test
    @DisplayName("People react by chance, more as time passes, and alike for the same seed")
    void byChance() {
        world.fans(300);
        String key = world.created("Spring");
        world.send(key);
        world.forward("PT30M");
        long early = world.report(key).path("opens_count").asLong();
        world.forward("PT3H");
        long later = world.report(key).path("opens_count").asLong();
        world.forward("P3D");
        JsonNode end = world.report(key);
        assertThat(early).isPositive().isLessThan(later);
        assertThat(end.path("opens_count").asLong()).isGreaterThan(later).isBetween(90L, 150L);
        assertThat(end.path("unique_clicks_count").asLong()).isBetween(25L, 70L);
        assertThat(end.path("emails_sent_count").asLong()).isEqualTo(300);
        world.forward("P30D");
        assertThat(world.report(key)).isEqualTo(end);
        try (MailingWorld twin = new MailingWorld().fans(300)) {
            String same = twin.created("Spring");
            twin.send(same);
            twin.forward("P4D");
            assertThat(twin.report(same)).isEqualTo(end);
        }
    }

    @Test
    @DisplayName("A control call makes a share of the people react at once")
    void reactNow() {
        world.fans(40);
        String key = world.sent("Spring");
        client.control("mailings/" + key + "/react", Map.of("open", 1.0, "click", 1.0, "within", "PT0S", "seed", 7));
        JsonNode report = world.report(key);
        assertThat(report.path("opens_count").asText()).isEqualTo("40");
        assertThat(report.path("unique_clicks_count").asText()).isEqualTo("40");
        assertThat(report.path("bounces_count").asText()).isEqualTo("0");
    }

    @Test
    @DisplayName("A sending ends at once, and its recipients do at once what they would do later, without the clock")
    void hurry() {
        world.fans(200);
        String key = world.created("Spring");
        world.send(key);
        assertThat(world.report(key).path("emails_sent_count").asLong()).isLessThan(200);
        world.does("finish", key);
        assertThat(world.status(key)).isEqualTo("Sent");
        assertThat(world.report(key).path("emails_sent_count").asText()).isEqualTo("200");
        String other = world.created("Summer");
        world.send(other);
        world.sandbox.react(1);
        assertThat(world.status(other)).isEqualTo("Sent");
        long opened = world.report(other).path("opens_count").asLong();
        assertThat(opened).isBetween(50L, 110L);
        world.forward("P4D");
        assertThat(world.report(other).path("opens_count").asLong()).isEqualTo(opened);
    }

    @Test
    @DisplayName("A fault repeats the last row of recipients and of campaigns")
    void twice() {
        world.fans(2);
        String key = world.sent("Spring");
        client.control("faults", Map.of("kind", "twice", "times", 2));
        assertThat(world.addresses(key, "sentcontacts", "")).hasSize(3);
        assertThat(client.get(MailingWorld.API + "recentcampaigns?resfmt=JSON")
                        .json()
                        .path("recent_campaigns"))
                .hasSize(2);
    }

    @Test
    @DisplayName("A scanner follows several links within a second of the delivery, before any open")
    void scanner() {
        world.fans(1).choose("reactions", Map.of("scan", 1.0));
        String key = world.created("Spring");
        world.send(key);
        world.forward("PT2M");
        assertThat(clicks(key)).hasSize(4).allMatch("Aug 1, 2026 9:00 AM"::equals);
        world.choose("timeline", "seconds");
        assertThat(clicks(key)).hasSize(4).allMatch("Aug 1, 2026 9:00:02 AM"::equals);
        assertThat(world.recipients(key, "clickedcontacts", "").body())
                .as("without a type")
                .doesNotContain("reports");
        assertThat(world.recipients(key, "openedcontacts", "").code()).isEqualTo("6303");
        world.choose("timeline", "none");
        assertThat(world.recipients(key, "clickedcontacts", "&type=click_timeline")
                        .body())
                .doesNotContain("reports");
    }

    private List<String> clicks(String key) {
        return world.recipients(key, "clickedcontacts", "&type=click_timeline")
                .json()
                .at("/list_of_details/0/reports")
                .findValuesAsText("time");
    }

    @Test
    @DisplayName(
            "The rows of openings have their times, those of bounces and opt-outs one of their own, which may be missing")
    void times() {
        world.fans(3);
        String key = world.sent("Spring");
        world.people(key, "open", MailingWorld.fan(0));
        world.people(key, "hard-bounce", MailingWorld.fan(1));
        world.people(key, "unsubscribe", MailingWorld.fan(2));
        assertThat(world.recipients(key, "openedcontacts", "&type=open_timeline")
                        .json()
                        .at("/list_of_details/0/reports/0/time")
                        .asText())
                .isEqualTo("Aug 1, 2026 9:02 AM");
        assertThat(field(key, "senthardbounce", "bouncedDate")).isEqualTo("01 Aug 2026, 09:02 AM");
        assertThat(field(key, "optoutcontacts", "optOutTime")).isEqualTo("01 Aug 2026, 09:02 AM");
        world.choose("eventTimes", "untold");
        assertThat(field(key, "senthardbounce", "bouncedDate")).isEmpty();
        assertThat(field(key, "optoutcontacts", "optOutTime")).isEmpty();
    }

    private String field(String key, String action, String field) {
        return world.recipients(key, action, "")
                .json()
                .at("/list_of_details/0/" + field)
                .asText();
    }

    @Test
    @DisplayName("Recipients come 20 at a time without a word, and page with fromindex and range")
    void paging() {
        world.fans(45);
        String key = world.sent("Spring");
        assertThat(world.addresses(key, "sentcontacts", "")).hasSize(20);
        List<String> all = new ArrayList<>();
        for (int from = 1; from <= 45; from += 20) {
            all.addAll(world.addresses(key, "sentcontacts", "&range=20&fromindex=" + from));
        }
        assertThat(new HashSet<>(all)).hasSize(45);
        assertThat(all).hasSize(45);
        assertThat(world.recipients(key, "sentcontacts", "&range=20&fromindex=46")
                        .code())
                .isEqualTo("6303");
        assertThat(world.recipients(key, "spamcontacts", "").code()).isEqualTo("6303");
    }

    @Test
    @DisplayName("The rows of recipients are text, with the word null where nothing is known")
    void rows() {
        client.subscribe(client.list(MailingWorld.LIST), Client.info("jo@fans.example.com"));
        client.control("members/join", Map.of("list", MailingWorld.LIST, "email", "jo@fans.example.com"));
        String key = world.sent("Spring");
        JsonNode row = world.recipients(key, "sentcontacts", "")
                .json()
                .path("list_of_details")
                .get(0);
        assertThat(row.path("contactfn").asText()).isEqualTo("Jo");
        assertThat(row.path("contactln").asText()).isEqualTo("null");
        assertThat(row.path("contactid").isTextual()).isTrue();
        assertThat(row.path("sent_time").asText()).matches("\\d{13}");
        world.choose("names", "firstname", "absent", "missing");
        row = world.recipients(key, "sentcontacts", "")
                .json()
                .path("list_of_details")
                .get(0);
        assertThat(row.path("firstname").asText()).isEqualTo("Jo");
        assertThat(row.has("lastname")).isFalse();
        world.choose("absent", "empty");
        row = world.recipients(key, "sentcontacts", "")
                .json()
                .path("list_of_details")
                .get(0);
        assertThat(row.path("lastname").asText("-")).isEmpty();
    }

    @Test
    @DisplayName("What was not sent has no report and no recipients, each refused with its code")
    void unsent() {
        String key = world.created("Spring");
        assertThat(world.read("campaignreports", key).code()).isEqualTo("6001");
        assertThat(world.read("campaignreports", "3znone").code()).isEqualTo("6001");
        assertThat(client.get(MailingWorld.API + "campaignreports?resfmt=JSON").code())
                .isEqualTo("903");
        assertThat(world.recipients(key, "sentcontacts", "").code()).isEqualTo("6002");
        assertThat(world.recipients("3znone", "sentcontacts", "").code()).isEqualTo("6002");
        assertThat(world.recipients(key, "nonsense", "").code()).isEqualTo("1001");
        assertThat(world.read("getcampaigndetails", "3znone").code()).isEqualTo("6001");
        assertThat(world.read("getcampaigndetails", key).json().path("campaign-reports"))
                .isEmpty();
    }

    @Test
    @DisplayName("Details have subject, sender, topic and lists, and a key that is misspelt")
    void details() {
        world.fans(3);
        JsonNode reply = world.read("getcampaigndetails", world.sent("Spring")).json();
        JsonNode details = reply.path("campaign-details").get(0);
        assertThat(details.path("email_subject").asText()).isEqualTo("Spring is here");
        assertThat(details.path("email_from").asText()).isEqualTo("news@example.com");
        assertThat(details.path("topic_id").asText()).isEqualTo(world.topic());
        assertThat(details.path("topic_name").asText()).isEqualTo("Product news");
        JsonNode list = reply.path("associated_mailing_lists").get(0);
        assertThat(list.path("listname").asText()).isEqualTo(MailingWorld.LIST);
        assertThat(list.path("contactscount").asText()).isEqualTo("3");
        assertThat(reply.has("campaign-by-loaction")).isTrue();
        assertThat(reply.path("campaign-reports")
                        .get(0)
                        .path("emails_sent_count")
                        .asText())
                .isEqualTo("3");
    }

    @Test
    @DisplayName("An A/B campaign tests with two campaigns of their own keys, and its report is that of the final send")
    void split() {
        world.fans(3).choose("reactions", false);
        String key = client.control(
                        "mailings", Map.of("name", "Spring", "list", MailingWorld.LIST, "kind", "abtesting"))
                .json()
                .path("key")
                .asText();
        assertThat(world.send(key).code()).isEqualTo("3023");
        world.fans(60);
        world.send(key);
        assertThat(world.status(key)).isEqualTo("In Testing");
        assertThat(world.listed("all", key).path("campaigntype").asText()).isEqualTo("abtesting");
        world.forward("PT5H");
        assertThat(world.status(key)).isEqualTo("Sent");
        assertThat(world.read("getcampaigndetails", key).json().path("campaign-reports"))
                .isEmpty();
        JsonNode reply = world.read("getcampaigndetails", key + "&campaigntype=abtesting")
                .json();
        JsonNode parts = reply.path("AB-split-details").get(0);
        String a = parts.path("a_child_campaignkey").asText();
        String b = parts.path("b_child_campaignkey").asText();
        List<String> reached = new ArrayList<>();
        for (String part : List.of(a, b, key)) {
            List<String> people = world.addresses(part, "sentcontacts", "&range=100");
            assertThat(people).isNotEmpty();
            reached.addAll(people);
        }
        assertThat(reached).hasSize(60).doesNotHaveDuplicates();
        world.people(key, "open", world.addresses(a, "sentcontacts", "").get(0));
        parts = world.read("getcampaigndetails", key + "&campaigntype=abtesting")
                .json()
                .path("AB-split-details")
                .get(0);
        assertThat(parts.path("a_open_count").asText()).isEqualTo("1");
        assertThat(world.report(key).path("opens_count").asText()).isEqualTo("0");
        assertThat(world.read("getcampaigndetails", world.sent("Other") + "&campaigntype=abtesting")
                        .code())
                .isEqualTo("6301");
    }

    @Test
    @DisplayName("A campaign of the past can be made, renamed, sent again, sent from Zoho's screen, and deleted")
    void byHand() {
        world.fans(20);
        String key = client.control(
                        "mailings", Map.of("name", "Winter", "list", MailingWorld.LIST, "sent", "2026-07-01T08:00:00Z"))
                .json()
                .path("key")
                .asText();
        assertThat(world.status(key)).isEqualTo("Sent");
        assertThat(world.listed("sent", key).path("sent_time").asText()).isEqualTo("1782892800000");
        assertThat(world.report(key).path("opens_count").asLong()).isBetween(2L, 16L);
        client.json("PUT", "/sandbox/mailings/" + key, Map.of("name", "Old winter"));
        assertThat(world.listed("sent", key).path("campaign_name").asText()).isEqualTo("Old winter");
        client.control("members/join", Map.of("list", MailingWorld.LIST, "email", "new@fans.example.com"));
        world.does("resend", key);
        world.forward("PT2M");
        assertThat(world.report(key).path("emails_sent_count").asText()).isEqualTo("21");
        assertThat(world.addresses(key, "sentcontacts", "&range=100")).doesNotHaveDuplicates();
        client.control("mailings/" + key + "/resend", Map.of("to", "unopened"));
        world.forward("PT2M");
        assertThat(world.addresses(key, "sentcontacts", "&range=100").size()).isGreaterThan(21);
        String draft = world.created("Spring");
        world.does("send", draft);
        assertThat(world.status(draft)).isEqualTo("In Progress");
        assertThat(world.send(draft).code()).isEqualTo("6600");
        client.json("DELETE", "/sandbox/mailings/" + key, Map.of());
        assertThat(world.listed("all", key).isMissingNode()).isTrue();
        assertThat(world.does("stop", key).status()).isEqualTo(404);
    }
}
