package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.campaigns.OpenPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documents leave open about campaigns, each way. */
class MailingDoubtsTest {

    private final MailingWorld world = new MailingWorld();
    private final Client client = world.client;

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("Every switch of campaigns and each of its values is explained in docs/sandbox.md")
    void documented() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("docs/sandbox.md"));
        for (OpenPoint point : OpenPoint.values()) {
            String row = lines.stream()
                    .filter(line -> line.startsWith("| `" + point.word() + "`"))
                    .findFirst()
                    .orElse("");
            assertThat(row).as(point.word()).isNotEmpty();
            assertThat(point.words())
                    .as(point.word())
                    .allSatisfy(word -> assertThat(row).contains("`" + word + "`"));
        }
    }

    @Test
    @DisplayName("A switch refuses a value that it does not have, and tells what holds")
    void unknown() {
        assertThat(put("review", "perhaps").body()).contains("none, before, after");
        assertThat(put("reviews", "none").status()).isEqualTo(400);
        assertThat(put("sendingTakes", "long").status()).isEqualTo(400);
        assertThat(put("recipientsMost", -1).status()).isEqualTo(400);
        JsonNode choices = client.get("/sandbox/mailings").json().path("choices");
        assertThat(choices.path("review").asText()).isEqualTo("none");
        assertThat(choices.path("reviewTakes").isNull()).isTrue();
    }

    private Client.Answer put(String name, Object value) {
        return client.json("PUT", "/sandbox/mailings", Map.of(name, value));
    }

    @ParameterizedTest
    @CsvSource({"sent,200", "refused,6606"})
    @DisplayName("A campaign for nobody is sent to nobody, or refused")
    void nobody(String how, String code) {
        world.choose("nobody", how);
        String key = world.created("Spring");
        JsonNode reply = world.send(key).json();
        assertThat(reply.at(code.equals("200") ? "/response/code" : "/code").asText())
                .isEqualTo(code);
        if (code.equals("200")) {
            world.forward("PT2M");
            assertThat(world.status(key)).isEqualTo("Sent");
            assertThat(world.report(key).path("emails_sent_count").asText()).isEqualTo("0");
            assertThat(world.recipients(key, "sentcontacts", "").code()).isEqualTo("6303");
        }
    }

    @ParameterizedTest
    @CsvSource({"segments,false,200", "segments,true,6606", "topics,false,6606", "topics,true,200"})
    @DisplayName(
            "The array of a list holds segments, or the topic, and sending is refused with 6606 where it holds the other")
    void listDetails(String how, boolean topic, String code) {
        world.fans(1).choose("listDetails", how);
        Map<String, String> params = world.draft("Spring");
        params.put(
                "list_details",
                "{\"" + client.list(MailingWorld.LIST) + "\":[" + (topic ? "\"" + world.topic() + "\"" : "") + "]}");
        JsonNode reply = world.send(
                        world.create(params).json().path("campaignKey").asText())
                .json();
        assertThat(reply.at(code.equals("200") ? "/response/code" : "/code").asText())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"6610,6610", "500,500", "accepted,200"})
    @DisplayName("A campaign of an unverified sender is refused with one code or another, or taken")
    void sender(String how, String code) {
        world.choose("unverifiedSender", how);
        Map<String, String> params = world.draft("Spring");
        params.put("from_email", "who@example.com");
        assertThat(world.create(params).code()).isEqualTo(code);
        world.choose("senders", List.of("Who@example.com"), "unverifiedSender", "6610");
        assertThat(world.create(params).code()).isEqualTo("200");
    }

    @Test
    @DisplayName("A campaign without a topic may be taken for the first topic")
    void withoutTopic() {
        world.fans(1).choose("withoutTopic", "accepted");
        Map<String, String> params = world.draft("Spring");
        params.remove("topicId");
        String key = world.create(params).json().path("campaignKey").asText();
        assertThat(world.read("getcampaigndetails", key)
                        .json()
                        .at("/campaign-details/0/topic_id")
                        .asText())
                .isEqualTo(world.topic());
    }

    @ParameterizedTest
    @CsvSource({"plain,'1200',0", "grouped,'1,200',0", "null,'1200',null", "empty,'1200',''"})
    @DisplayName("Counts are written with separators, or as a word or nothing where they are 0")
    void numbers(String how, String sent, String nothing) {
        world.fans(1_200);
        String key = world.sent("Spring");
        world.choose("numbers", how);
        JsonNode report = world.report(key);
        assertThat(report.path("emails_sent_count").asText()).isEqualTo(sent);
        assertThat(report.path("opens_count").asText()).isEqualTo(nothing == null ? "null" : nothing);
    }

    @ParameterizedTest
    @CsvSource({"6001,6001,6002", "6503,6503,6503", "kept,0,0"})
    @DisplayName("A deleted campaign is unknown, or deleted, or still answers")
    void deleted(String how, String report, String recipients) {
        world.fans(1);
        String key = world.sent("Spring");
        client.json("DELETE", "/sandbox/mailings/" + key, Map.of());
        world.choose("deleted", how);
        assertThat(world.read("campaignreports", key).code()).isEqualTo(report);
        assertThat(world.read("getcampaigndetails", key).code()).isEqualTo(report);
        assertThat(world.recipients(key, "sentcontacts", "").code()).isEqualTo(recipients);
        assertThat(world.listed("all", key).isMissingNode()).isTrue();
    }

    @Test
    @DisplayName("Pages of recipients come short, repeat rows, and leave rows out")
    void pages() {
        world.fans(10);
        String key = world.sent("Spring");
        world.choose("recipientsOrder", "joined", "recipientsMost", 4);
        assertThat(page(key, 1)).containsExactly(fans(0, 1, 2, 3));
        assertThat(page(key, 5)).containsExactly(fans(4, 5, 6, 7));
        world.choose("recipientsRepeat", 2);
        assertThat(page(key, 5)).containsExactly(fans(2, 3, 4, 5));
        world.choose("recipientsRepeat", 0, "recipientsSkip", 1);
        assertThat(page(key, 1)).containsExactly(fans(0, 1, 2, 3));
        assertThat(page(key, 5)).containsExactly(fans(5, 6, 7, 8));
    }

    private List<String> page(String key, int from) {
        return world.addresses(key, "sentcontacts", "&range=500&fromindex=" + from);
    }

    private static String[] fans(int... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(MailingWorld::fan).toArray(String[]::new);
    }

    @Test
    @DisplayName("Rows shift while they are read when people react in between, unless the oldest come first")
    void shift() {
        world.fans(6);
        String key = world.sent("Spring");
        for (int i = 0; i < 4; i++) {
            world.people(key, "open", MailingWorld.fan(i));
            world.forward("PT1S");
        }
        assertThat(opened(key, 1)).containsExactly(fans(3, 2));
        world.people(key, "open", MailingWorld.fan(4));
        assertThat(opened(key, 3)).as("the third moved on").containsExactly(fans(2, 1));
        world.choose("recipientsOrder", "oldest");
        assertThat(opened(key, 1)).containsExactly(fans(0, 1));
        world.forward("PT1S");
        world.people(key, "open", MailingWorld.fan(5));
        assertThat(opened(key, 3)).containsExactly(fans(2, 3));
        world.choose("recipientsOrder", "shuffled");
        assertThat(world.addresses(key, "openedcontacts", "")).containsExactlyInAnyOrder(fans(0, 1, 2, 3, 4, 5));
    }

    private List<String> opened(String key, int from) {
        return world.addresses(key, "openedcontacts", "&range=2&fromindex=" + from);
    }

    @ParameterizedTest
    @CsvSource({"reportsLate,0,1", "recipientsLate,1,0"})
    @DisplayName("The numbers lag behind the people, or the people behind the numbers")
    void lag(String which, int counted, int listed) {
        world.fans(2);
        String key = world.sent("Spring");
        world.choose(which, "PT1M");
        world.people(key, "open", MailingWorld.fan(0));
        assertThat(world.report(key).path("opens_count").asInt()).isEqualTo(counted);
        assertThat(world.addresses(key, "openedcontacts", "")).hasSize(listed);
        world.forward("PT1M1S");
        assertThat(world.report(key).path("opens_count").asInt()).isEqualTo(1);
        assertThat(world.addresses(key, "openedcontacts", "")).hasSize(1);
    }

    @Test
    @DisplayName("A schedule in the recipients' time zones takes a day")
    void theirZones() {
        world.fans(4).choose("reactions", false);
        String key = world.created("Spring");
        client.form(
                MailingWorld.API + "sendcampaign",
                Map.of(
                        "resfmt",
                        "JSON",
                        "campaignkey",
                        key,
                        "isschedule",
                        "true",
                        "scheduledate",
                        "08/01/2026",
                        "schedulehour",
                        "10",
                        "scheduleminute",
                        "00",
                        "am_pm",
                        "am",
                        "istimewarp",
                        "true"));
        world.forward("PT13H");
        assertThat(world.status(key)).isEqualTo("In Progress");
        assertThat(world.report(key).path("emails_sent_count").asText()).isEqualTo("3");
        world.forward("PT12H");
        assertThat(world.status(key)).isEqualTo("Sent");
    }

    @Test
    @DisplayName(
            "A sandbox starts with two sent campaigns, whose figures are the same each time and agree with their list")
    void beginning() {
        try (Sandbox one = Sandbox.start(SandboxOptions.defaults());
                Sandbox other = Sandbox.start(SandboxOptions.defaults())) {
            JsonNode state = new Client(one).state();
            JsonNode mailings = state.path("mailings");
            assertThat(mailings).hasSize(2).isEqualTo(new Client(other).state().path("mailings"));
            JsonNode last = mailings.get(1);
            JsonNode members = state.path("lists").get(0).path("members");
            assertThat(last.path("status").asText()).isEqualTo("sent");
            assertThat(last.path("opened").asInt()).isPositive();
            assertThat(last.path("complaints").asInt())
                    .isEqualTo(members.path("spam").asInt());
            assertThat(last.path("unsubscribed").asInt())
                    .isPositive()
                    .isLessThan(members.path("unsub").asInt());
            assertThat(last.path("hardBounces").asInt())
                    .isPositive()
                    .isLessThan(members.path("bounce").asInt());
            assertThat(state.path("violations")).isEmpty();
        }
    }
}
