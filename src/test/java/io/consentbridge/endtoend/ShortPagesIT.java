package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Campaigns gives fewer rows at once than it is asked for. */
class ShortPagesIT extends BridgeFixture {

    private static final int LISTS = 61;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.purpose("last", "createList: false", "topics: [Topic 61]")
                        .sync("last", "Leads")
                        .letters("left-behind", "Memberships"));
        IntStream.range(0, LISTS - 1).forEach(i -> bridge.zoho().list("List " + i));
        bridge.zoho().list("last");
        IntStream.rangeClosed(1, LISTS).forEach(i -> bridge.zoho().topic("Topic " + i));
    }

    @AfterEach
    void asAsked() {
        Map<String, Object> most = new HashMap<>();
        most.put("most", null);
        most.put("empty", "code");
        bridge.zoho().listing(most);
    }

    @Test
    @DisplayName(
            "The last of 61 lists and 61 topics are found where pages of 50 come and 100 were requested (B112, B114)")
    void listsAndTopics() {
        bridge.zoho().listing(Map.of("most", 50));
        String email = bridge.newcomer("Leads", Map.of());

        RunView run = bridge.complete("last");

        assertThat(run.added()).isPositive();
        assertThat(bridge.zoho().statuses("last")).containsEntry(email, "active");
    }

    @Test
    @DisplayName(
            "B76: a success without rows means nobody only where the count agrees; else the run fails, and nobody is sent or removed")
    void withoutRows() {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().listing(Map.of("empty", "rows"));
        bridge.complete("last");
        assertThat(bridge.zoho().statuses("last")).containsEntry(email, "active");
        bridge.zoho().happens("unsubscribe", "last", email);
        bridge.newcomer("Leads", Map.of());
        bridge.zoho().listing(Map.of("empty", "always"));
        bridge.zoho().forgetCalls();

        RunView run = bridge.run("last");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("lists no members", "counts some");
        assertThat(bridge.zoho().calls("json/listsubscribe")).isZero();
        assertThat(bridge.zoho().calls("json/listunsubscribe")).isZero();
        bridge.zoho().listing(Map.of("empty", "code"));
        bridge.complete("last");
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    @Test
    @DisplayName("A person who left is found after any number of short pages (B76)")
    void members() {
        String name = "m" + UUID.randomUUID().toString().substring(0, 8);
        var ids = bridge.zoho().crowd(7, name);
        bridge.complete("left-behind");
        IntStream.range(0, 7)
                .forEach(i -> bridge.zoho().happens("unsubscribe", "left-behind", name + i + "@c2.example.com"));
        ids.forEach(id -> bridge.zoho().change("Memberships", id, Map.of("Name", "Changed")));
        bridge.zoho().listing(Map.of("most", 3));
        bridge.zoho().forgetCalls();

        bridge.complete("left-behind");

        assertThat(bridge.zoho().callsOf(SUBSCRIBE)).isEmpty();
        assertThat(bridge.zoho().statuses("left-behind"))
                .containsEntry(name + "0@c2.example.com", "unsub")
                .containsEntry(name + "6@c2.example.com", "unsub");
    }
}
