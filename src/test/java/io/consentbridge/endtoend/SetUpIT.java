package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.RunView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Setting a sync up and starting it: module, list, subscription type, topics, mapping. */
class SetUpIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                60,
                files -> files.letters("whole", "Leads")
                        .sync("whole", "Leads", "mapping: {Company Name: Company}")
                        .letters("main-list", "Contacts")
                        .sync("main-list", "Contacts", "mapping: {Phone: Phone}")
                        .letters("quiet", "Leads")
                        .sync("quiet", "Leads", "subscription: non-marketing")
                        .purpose("one-topic", "topics: [events]")
                        .sync("one-topic", "Memberships")
                        .purpose("two-topics", "topics: [Product news, Offers]")
                        .sync("two-topics", "Memberships"));
    }

    @Test
    @DisplayName(
            "B110, B111, B116: a module that is selected, mapped and initiated by one command is synced with all its"
                    + " records")
    void wholeModule() {
        RunView run = bridge.complete("whole");

        assertThat(run.total())
                .isEqualTo(bridge.zoho().state().path("records").path("Leads").asLong());
        assertThat(run.added())
                .isPositive()
                .isEqualTo(bridge.zoho().statuses("whole").size());
    }

    @Test
    @DisplayName(
            "B100: contacts go to the main list with e-mail, first name, last name and phone, if they are not on it yet")
    void mainList() {
        Map<String, Object> jane = Map.of("First_Name", "Jane", "Last_Name", "Doe", "Phone", "+49 30 1");
        String there = bridge.newcomer("Contacts", jane);
        bridge.complete("main-list");
        String fresh = bridge.newcomer("Contacts", jane);
        bridge.zoho().forgetCalls();

        RunView run = bridge.runInFull("main-list");

        assertThat(run.added()).isEqualTo(1);
        assertThat(bridge.zoho().callsOf(SUBSCRIBE))
                .as("who is there already costs nothing; who is refused by Campaigns is tried again")
                .filteredOn(call -> call.path("result").asText().equals("0"))
                .hasSize(1)
                .allSatisfy(call -> assertThat(
                                call.path("params").path("contactinfo").asText())
                        .isEqualTo("{\"Contact Email\":\"" + fresh
                                + "\",\"First Name\":\"Jane\",\"Last Name\":\"Doe\",\"Phone\":\"+49 30 1\"}"));
        assertThat(bridge.zoho().statuses("main-list"))
                .containsEntry(there, "active")
                .containsEntry(fresh, "active");
    }

    @Test
    @DisplayName("B113: a non-marketing sync sends nobody to a list, and history says that all are held back")
    void nonMarketing() {
        bridge.newcomer("Leads", Map.of());
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("quiet");

        assertThat(bridge.zoho().calls(SUBSCRIBE) + bridge.zoho().calls("addlistandcontacts"))
                .isZero();
        assertThat(run.added()).isZero();
        assertThat(run.ignored().get("consent-withheld")).isPositive();
        assertThat(bridge.operations().sync("quiet").settings().subscription()).isEqualTo("non-marketing");
    }

    @Test
    @DisplayName("B114: a marketing sync subscribes people to the topics of its purpose, found by name")
    void topics() {
        String email = "topics@c5.example.com";
        bridge.zoho().create("Memberships", Bridge.fields(email, Map.of("Name", "M")));

        bridge.complete("one-topic");
        assertThat(topicsOf("one-topic", email)).isEqualTo(ids("Events"));

        bridge.complete("two-topics");
        assertThat(topicsOf("two-topics", email)).isEqualTo(ids("Events", "Product news", "Offers"));
    }

    private static Set<String> topicsOf(String list, String email) {
        Set<String> topics = new HashSet<>();
        for (JsonNode member : bridge.zoho().members(list)) {
            if (member.path("email").asText().equals(email)) {
                member.path("topics").forEach(topic -> topics.add(topic.asText()));
            }
        }
        return topics;
    }

    private static Set<String> ids(String... names) {
        Set<String> ids = new HashSet<>();
        for (JsonNode topic : bridge.zoho().state().path("topics")) {
            if (List.of(names).contains(topic.path("name").asText())) {
                ids.add(topic.path("id").asText());
            }
        }
        assertThat(ids).hasSameSizeAs(names);
        return ids;
    }
}
