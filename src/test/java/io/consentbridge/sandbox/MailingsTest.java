package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Campaigns of the sandbox on their way out: created, cloned, reviewed, sent, listed. */
class MailingsTest {

    private final MailingWorld world = new MailingWorld();
    private final Client client = world.client;

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("A campaign is created with a flat reply of code 200, and is a draft")
    void created() {
        JsonNode reply = world.create(world.draft("Spring")).json();
        assertThat(reply.path("code").asText()).isEqualTo("200");
        assertThat(reply.has("status")).isFalse();
        String key = reply.path("campaignKey").asText();
        JsonNode row = world.listed("drafts", key);
        assertThat(row.path("campaign_status").asText()).isEqualTo("Draft");
        assertThat(row.path("sent_time").asText()).isEqualTo("null");
        assertThat(row.path("created_time").isTextual()).isTrue();
    }

    @Test
    @DisplayName("The name of createCampaign heeds its case")
    void exactCase() {
        assertThat(client.form(MailingWorld.API + "createcampaign", world.draft("Spring"))
                        .json()
                        .path("message")
                        .asText())
                .contains("not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"campaignname", "from_email", "subject", "list_details", "topicId"})
    @DisplayName("A campaign without something mandatory is refused with 903")
    void missing(String name) {
        Map<String, String> params = world.draft("Spring");
        params.remove(name);
        assertThat(world.create(params).code()).isEqualTo("903");
        assertThat(client.get("/sandbox/mailings").json().path("mailings")).isEmpty();
    }

    @Test
    @DisplayName("A campaign of unknown lists, an unknown topic or an unverified sender is refused")
    void refused() {
        Map<String, String> params = world.draft("Spring");
        params.put("list_details", "{\"3znone\":[]}");
        assertThat(world.create(params).code()).isEqualTo("6606");
        params = world.draft("Spring");
        params.put("list_details", "3znone");
        assertThat(world.create(params).code()).isEqualTo("1001");
        params = world.draft("Spring");
        params.put("topicId", "1");
        assertThat(world.create(params).code()).isEqualTo("1001");
        params = world.draft("Spring");
        params.put("from_email", "who@example.com");
        assertThat(world.create(params).code()).isEqualTo("6610");
    }

    @Test
    @DisplayName("The content is fetched from its URL, and refused where it is not there or too long")
    void content() {
        String key = world.created("Spring");
        assertThat(client.get("/sandbox/mailings/" + key).json().path("content").asText())
                .isEqualTo("<p>Spring</p>");
        Map<String, String> params = world.draft("Other");
        params.put("content_url", "spring.html");
        assertThat(world.create(params).code()).isEqualTo("1004");
        params.put("content_url", world.page("/missing", 404, "no"));
        assertThat(world.create(params).code()).isEqualTo("1004");
        params.put("content_url", world.page("/long", 200, "x".repeat(300_001)));
        assertThat(world.create(params).code()).isEqualTo("3001");
        params.put("content_url", world.page("/just", 200, "x".repeat(300_000)));
        assertThat(world.create(params).code()).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({"followed,200,<p>Spring</p>", "refused,1004,", "silent,200,null"})
    @DisplayName("A redirect of the content is followed, refused, or leaves the campaign without content")
    void redirect(String how, String code, String content) {
        world.choose("redirects", how);
        Map<String, String> params = world.draft("Spring");
        params.put("content_url", world.page("/moved", 302, "/spring"));
        Client.Answer reply = world.create(params);
        assertThat(reply.code()).isEqualTo(code);
        if (content != null) {
            String key = reply.json().path("campaignKey").asText();
            assertThat(client.get("/sandbox/mailings/" + key)
                            .json()
                            .path("content")
                            .asText())
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "works,short,200,200",
        "fails,short,200,6607",
        "long-fails,short,200,200",
        "long-fails,long,200,6607",
        "refused,short,500,6302"
    })
    @DisplayName("An import that fails silently is found out by sending alone")
    void silentImport(String how, String length, String creation, String sending) {
        world.fans(1).choose("import", how);
        Map<String, String> params = world.draft("Spring");
        if (length.equals("long")) {
            params.put("content_url", world.page("/" + "x".repeat(150), 200, "<p>Spring</p>"));
        }
        Client.Answer reply = world.create(params);
        assertThat(reply.code()).isEqualTo(creation);
        JsonNode sent =
                world.send(reply.json().path("campaignKey").asText("none")).json();
        assertThat(sent.at(sending.equals("200") ? "/response/code" : "/code").asText())
                .isEqualTo(sending);
    }

    @Test
    @DisplayName("A late import fetches the content as it is by then")
    void lateImport() {
        world.fans(1).choose("importAfter", "PT5M");
        String key = world.created("Spring");
        assertThat(world.send(key).code()).isEqualTo("6607");
        world.page("/spring", 200, "<p>Summer</p>");
        world.forward("PT5M");
        assertThat(client.get("/sandbox/mailings/" + key).json().path("content").asText())
                .isEqualTo("<p>Summer</p>");
    }

    @Test
    @DisplayName("A clone is a draft with the content, the lists and the topic of its original")
    void cloned() {
        world.fans(2).choose("cloneKey", "told");
        String key = world.created("Template");
        JsonNode reply = copy(key, "\"from_name\":\"Example\"").json();
        assertThat(reply.path("code").asText()).isEqualTo("0");
        JsonNode details = reply.path("campaign-details").get(0);
        assertThat(details.path("campaign_status").asText()).isEqualTo("Draft");
        String copy = details.path("campaign_key").asText();
        assertThat(world.send(copy).json().at("/response/campaign_status").asText())
                .isEqualTo("inprogress");
        world.forward("PT1M");
        assertThat(world.report(copy).path("emails_sent_count").asText()).isEqualTo("2");
    }

    @Test
    @DisplayName("A clone without what is mandatory, of nothing, or of an unverified sender is refused")
    void cloneRefused() {
        assertThat(client.form(MailingWorld.API + "json/clonecampaign", Map.of("campaigninfo", "{}"))
                        .code())
                .isEqualTo("903");
        assertThat(copy("3znone", "\"x\":1").code()).isEqualTo("7001");
        String key = world.created("Template");
        assertThat(copy(key, "\"from_add\":\"who@example.com\"").code()).isEqualTo("6610");
        client.json("DELETE", "/sandbox/mailings/" + key, Map.of());
        assertThat(copy(key, "\"x\":1").code()).isEqualTo("7001");
    }

    @Test
    @DisplayName("A clone may forget lists and topic, and its reply does not have its key unless told to")
    void forgetfulClone() {
        world.choose("clone", "forgets");
        JsonNode details = copy(world.created("Template"), "\"x\":1")
                .json()
                .path("campaign-details")
                .get(0);
        assertThat(details.has("campaign_key")).isFalse();
        JsonNode newest = client.get(MailingWorld.API + "recentcampaigns?resfmt=JSON&range=1")
                .json()
                .path("recent_campaigns")
                .get(0);
        assertThat(newest.path("campaign_name").asText()).isEqualTo("Copy");
        assertThat(world.send(newest.path("campaign_key").asText()).code()).isEqualTo("6606");
    }

    private Client.Answer copy(String key, String more) {
        return client.form(
                MailingWorld.API + "json/clonecampaign",
                Map.of(
                        "resfmt",
                        "JSON",
                        "campaigninfo",
                        "{\"campaignname\":\"Copy\",\"subject\":\"Again\",\"oldcampaignkey\":\"" + key + "\"," + more
                                + "}"));
    }

    @Test
    @DisplayName("A campaign that is sent is in progress first and sent later, and a second send is refused with 6600")
    void sent() {
        world.fans(3);
        String key = world.created("Spring");
        JsonNode reply = world.send(key).json().path("response");
        assertThat(reply.path("code").asText()).isEqualTo("200");
        assertThat(reply.path("campaign_status").asText()).isEqualTo("inprogress");
        assertThat(world.status(key)).isEqualTo("In Progress");
        assertThat(world.send(key).code()).isEqualTo("6600");
        world.forward("PT1M");
        assertThat(world.status(key)).isEqualTo("Sent");
        assertThat(world.send(key).code()).isEqualTo("6600");
        assertThat(world.listed("sent", key).path("sent_time").asText()).matches("\\d{13}");
        assertThat(world.violations("campaign-sent-twice")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"6605,0,2", "accepted,1,4"})
    @DisplayName("A second send while the first is under way may be refused otherwise, or reach everybody twice")
    void secondSend(String how, int violations, String mails) {
        world.fans(2).choose("secondSend", how);
        String key = world.created("Spring");
        world.send(key);
        Client.Answer second = world.send(key);
        assertThat(second.json().path("code").asText("200")).isEqualTo(how.equals("6605") ? "6605" : "200");
        world.forward("PT2M");
        assertThat(world.report(key).path("emails_sent_count").asText()).isEqualTo(mails);
        assertThat(world.violations("campaign-sent-twice")).isEqualTo(violations);
    }

    @Test
    @DisplayName(
            "Sending nothing, an unknown, a deleted, a listless and a contentless campaign is refused each with its code")
    void notSent() {
        assertThat(client.form(MailingWorld.API + "sendcampaign", Map.of("resfmt", "JSON"))
                        .code())
                .isEqualTo("903");
        assertThat(world.send("3znone").code()).isEqualTo("6302");
        Map<String, String> params = world.draft("Empty");
        params.remove("content_url");
        assertThat(world.send(world.create(params).json().path("campaignKey").asText())
                        .code())
                .isEqualTo("6607");
        String key = world.created("Spring");
        client.json("DELETE", "/sandbox/lists?name=" + MailingWorld.LIST, Map.of());
        assertThat(world.send(key).code()).isEqualTo("6606");
        client.json("DELETE", "/sandbox/mailings/" + key, Map.of());
        assertThat(world.send(key).code()).isEqualTo("6503");
    }

    @Test
    @DisplayName("A schedule is read under both spellings, answered flat, and kept by the clock")
    void scheduled() {
        world.fans(2);
        String key = world.created("Spring");
        JsonNode reply =
                schedule(key, "scheduleDate", "scheduleHour", "scheduleMinute").json();
        assertThat(reply.path("campaign_status").asText()).isEqualTo("ScheduledAfterReviewed");
        assertThat(reply.path("code").asText()).isEqualTo("200");
        assertThat(world.status(key)).isEqualTo("Scheduled");
        assertThat(world.send(key).code()).isEqualTo("6605");
        world.forward("PT59M");
        assertThat(world.status(key)).isEqualTo("Scheduled");
        world.forward("PT2M");
        assertThat(world.status(key)).isEqualTo("Sent");
        String other = world.created("Summer");
        assertThat(schedule(other, "scheduledate", "schedulehour", "scheduleminute")
                        .code())
                .as("the time is over")
                .isEqualTo("1001");
    }

    private Client.Answer schedule(String key, String date, String hour, String minute) {
        return client.form(
                MailingWorld.API + "sendcampaign",
                Map.of(
                        "resfmt",
                        "JSON",
                        "campaignkey",
                        key,
                        "isschedule",
                        "true",
                        date,
                        "08/01/2026",
                        hour,
                        "12",
                        minute,
                        "00",
                        "am_pm",
                        "PM",
                        "sendingTZ",
                        "Europe/Berlin"));
    }

    @Test
    @DisplayName("A scheduled campaign can be cancelled on Zoho's screen, a running one paused, resumed and stopped")
    void stopped() {
        world.fans(10).choose("reactions", false, "sendingTakes", "PT10M");
        String later = world.created("Later");
        schedule(later, "scheduledate", "schedulehour", "scheduleminute");
        world.does("cancel", later);
        assertThat(world.status(later)).isEqualTo("Canceled");
        String key = world.created("Spring");
        world.send(key);
        world.forward("PT4M30S");
        world.does("pause", key);
        assertThat(world.status(key)).isEqualTo("Paused");
        assertThat(world.report(key).path("emails_sent_count").asText()).isEqualTo("5");
        assertThat(world.report(key).path("unsent_count").asText()).isEqualTo("5");
        world.does("resume", key);
        world.forward("PT4M30S");
        world.does("stop", key);
        world.forward("PT1H");
        assertThat(world.status(key)).isEqualTo("Stopped");
        assertThat(world.report(key).path("emails_sent_count").asText()).isBetween("7", "8");
        assertThat(world.send(key).code()).isEqualTo("6605");
    }

    @Test
    @DisplayName("A campaign that needs a review is refused with 6611 until somebody gave it")
    void reviewBefore() {
        world.fans(2).choose("review", "before");
        String key = world.created("Spring");
        assertThat(world.send(key).code()).isEqualTo("6611");
        world.does("hold", key);
        assertThat(world.status(key)).isEqualTo("To be reviewed");
        assertThat(world.send(key).code()).isEqualTo("6611");
        world.does("review", key);
        assertThat(world.listed("tobereviewed|reviewed", key)
                        .path("campaign_status")
                        .asText())
                .isEqualTo("Reviewed");
        assertThat(world.send(key).json().at("/response/code").asText()).isEqualTo("200");
    }

    @Test
    @DisplayName("A campaign that is held after it was sent leaves once the review is over")
    void reviewAfter() {
        world.fans(2).choose("review", "after", "reviewTakes", "PT3H");
        String key = world.created("Spring");
        assertThat(world.send(key).json().at("/response/campaign_status").asText())
                .isEqualTo("tobereviewed");
        world.forward("PT2H59M");
        assertThat(world.status(key)).isEqualTo("To be reviewed");
        assertThat(world.recipients(key, "sentcontacts", "").code()).isEqualTo("6002");
        world.forward("PT2M");
        assertThat(world.status(key)).isEqualTo("Sent");
    }

    @ParameterizedTest
    @CsvSource({"lists,200,200", "joined,6608,200", "members,6608,6608"})
    @DisplayName("Recipients have changed after the review by their lists alone, by joining, or by leaving too")
    void recipientsChanged(String how, String joined, String left) {
        world.fans(3).choose("review", "before", "recipientsChanged", how);
        String one = reviewed("Spring");
        client.control("members/join", Map.of("list", MailingWorld.LIST, "email", "new@fans.example.com"));
        assertThat(code(world.send(one))).isEqualTo(joined);
        String other = reviewed("Summer");
        client.control("members/unsubscribe", Map.of("list", MailingWorld.LIST, "email", MailingWorld.fan(1)));
        assertThat(code(world.send(other))).isEqualTo(left);
    }

    @Test
    @DisplayName("A campaign whose content, subject or list was changed after the review is refused")
    void contentChanged() {
        world.fans(3).choose("review", "before");
        String key = reviewed("Spring");
        client.json("PUT", "/sandbox/mailings/" + key, Map.of("subject", "Summer"));
        assertThat(world.send(key).code()).isEqualTo("6609");
        String other = reviewed("Summer");
        client.json("PUT", "/sandbox/mailings/" + other, Map.of("list", "Product News"));
        assertThat(world.send(other).code()).isEqualTo("6608");
    }

    private String reviewed(String name) {
        String key = world.created(name);
        world.does("review", key);
        return key;
    }

    private static String code(Client.Answer answer) {
        return answer.json()
                .at(answer.json().has("response") ? "/response/code" : "/code")
                .asText();
    }

    @Test
    @DisplayName("Campaigns are listed five at a time, newest first, by status, and with 6101 where there are none")
    void listed() {
        assertThat(list("").code()).isEqualTo("6101");
        world.fans(1);
        for (int i = 0; i < 7; i++) {
            world.created("Draft " + i);
        }
        world.sent("Sent");
        assertThat(names(list(""))).containsExactly("Sent", "Draft 6", "Draft 5", "Draft 4", "Draft 3");
        assertThat(names(list("&fromindex=6&range=5"))).containsExactly("Draft 2", "Draft 1", "Draft 0");
        assertThat(names(list("&sort=asc&range=2"))).containsExactly("Draft 0", "Draft 1");
        assertThat(names(list("&status=sent%7Cscheduled"))).containsExactly("Sent");
        assertThat(list("&status=paused").code()).isEqualTo("6101");
        assertThat(list("&fromindex=9").code()).isEqualTo("6101");
        assertThat(list("&status=nonsense").code()).isEqualTo("1001");
        world.choose("campaignsMost", 3, "campaignsOrder", "oldest");
        assertThat(names(list("&range=100"))).containsExactly("Draft 0", "Draft 1", "Draft 2");
    }

    @Test
    @DisplayName("Sent campaigns have a listing of their own, which wants a limit")
    void recentlySent() {
        String path = MailingWorld.API + "recentsentcampaigns?resfmt=JSON";
        assertThat(client.get(path).code()).isEqualTo("903");
        assertThat(client.get(path + "&limit=5").code()).isEqualTo("3001");
        world.fans(1).created("Draft");
        world.sent("Sent");
        assertThat(client.get(path + "&limit=5")
                        .json()
                        .path("recent_sent_campaigns")
                        .findValuesAsText("campaign_name"))
                .containsExactly("Sent");
    }

    private Client.Answer list(String more) {
        return client.get(MailingWorld.API + "recentcampaigns?resfmt=JSON" + more);
    }

    private static List<String> names(Client.Answer answer) {
        return answer.json().path("recent_campaigns").findValuesAsText("campaign_name");
    }

    @Test
    @DisplayName("The states may be spelt otherwise, and be seen late")
    void words() {
        world.fans(1).choose("statusWords", "joined", "statusLate", "PT30S");
        String key = world.created("Spring");
        world.send(key);
        assertThat(world.status(key)).isEqualTo("Draft");
        world.forward("PT31S");
        assertThat(world.status(key)).isEqualTo("Inprogress");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createCampaign", "json/clonecampaign", "sendcampaign"})
    @DisplayName("The reply to creating, cloning and sending can be lost after it took effect")
    void lostReply(String method) {
        world.fans(1);
        String key = world.created("Spring");
        client.control("faults", Map.of("method", method, "kind", "lost-reply"));
        assertThatThrownBy(() -> {
                    switch (method) {
                        case "createCampaign" -> world.created("Lost");
                        case "sendcampaign" -> world.send(key);
                        default -> copy(key, "\"x\":1");
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
        if (method.equals("sendcampaign")) {
            assertThat(world.status(key)).isEqualTo("In Progress");
            assertThat(world.send(key).code()).isEqualTo("6600");
        } else {
            assertThat(names(list("")).get(0)).isIn("Lost", "Copy");
        }
    }

    @Test
    @DisplayName("A campaign that is created a second time under its name is a violation, and so is not one of a user")
    void createdTwice() {
        client.control("mailings", Map.of("name", "Spring", "list", MailingWorld.LIST));
        world.created("Spring");
        assertThat(world.violations("campaign-created-twice")).isZero();
        world.created("spring");
        assertThat(world.violations("campaign-created-twice")).isEqualTo(1);
    }

    @Test
    @DisplayName("Each method has its own scope and its own limit of calls")
    void scopesAndLimits() {
        client.json("PUT", "/sandbox/scopes", Map.of("granted", "ZohoCampaigns.campaign.READ"));
        assertThat(list("").code()).isEqualTo("6101");
        assertThat(world.create(Map.of("resfmt", "JSON")).status()).isEqualTo(401);
        assertThat(world.send("x").status()).isEqualTo(401);
        client.json("PUT", "/sandbox/scopes", Map.of("granted", "ZohoCampaigns.campaign.CREATE"));
        assertThat(world.create(Map.of("resfmt", "JSON")).code()).isEqualTo("903");
        assertThat(list("").status()).isEqualTo(401);
        client.json("PUT", "/sandbox/scopes", Map.of("granted", "ZohoCampaigns.campaign.UPDATE"));
        assertThat(world.send("x").code()).isEqualTo("6302");
        client.json("PUT", "/sandbox/quotas", Map.of("enforced", true));
        for (int i = 0; i < 500; i++) {
            world.send("x");
        }
        assertThat(world.send("x").status()).isEqualTo(429);
        client.json("PUT", "/sandbox/scopes", java.util.Collections.singletonMap("granted", null));
        assertThat(list("").code()).isEqualTo("6101");
    }
}
