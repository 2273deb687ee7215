package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.audience.HeldLists;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists that take nobody, addresses that no list takes, and an outage: whose fault it is, and what that costs. */
class ListTroubleIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.set("DELIVERY_CONNECTIONS", "2"));
    }

    private static List<String> crowd(String name) {
        bridge.zoho().crowd(12, name);
        return IntStream.range(0, 12)
                .mapToObj(i -> name + i + "@c2.example.com")
                .toList();
    }

    private static HeldLists.HeldList awaitHold(String list) {
        await().until(() -> held(list));
        return bridge.runtime().components().audience().heldLists().of("main").stream()
                .filter(each -> each.list().equals(list))
                .findFirst()
                .orElseThrow();
    }

    private static boolean held(String list) {
        return bridge.runtime().components().audience().heldLists().of("main").stream()
                .anyMatch(each -> each.list().equals(list));
    }

    @Test
    @DisplayName(
            "a missing topic holds the list and is reported; nobody is marked, and all are delivered after the repair")
    void topicGone() {
        List<String> people = crowd("topic");
        bridge.zoho().topic("Fairs");
        bridge.files().purpose("topic", "topics: [Fairs]").sync("topic", "Memberships");
        bridge.reload();
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", java.time.Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin("topic");
        await().until(() -> bridge.operations().run(run).state().equals("delivering"));
        bridge.zoho().deleteTopic("Fairs");
        bridge.zoho().forgetCalls();
        bridge.runtime().components().outbox().backoff().succeeded("main");

        assertThat(awaitHold("topic").because()).contains("Campaigns has no topic Fairs", "Create it there");
        assertThat(bridge.operations().check().problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("no topic \"Fairs\""));
        assertThat(bridge.deadLetters("topic")).isEmpty();

        bridge.zoho().topic("Fairs");
        RunView ended = bridge.end(run);

        assertThat(ended.state()).isEqualTo("completed");
        assertThat(ended.deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("topic").keySet()).containsAll(people);
        assertThat(held("topic")).isFalse();
    }

    @Test
    @DisplayName(
            "a list that answers everybody with 2005 is held after three; nobody is marked, and all arrive after the repair")
    void everybodyAlike() {
        List<String> people = crowd("alike");
        bridge.letters("alike", "Memberships");
        bridge.zoho().list("alike");
        bridge.zoho().forgetCalls();
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "2005", "times", 0));
        String run = bridge.begin("alike");

        assertThat(awaitHold("alike").because())
                .contains("all subscriptions are refused with code" + " 2005", "not a single person");
        bridge.zoho().noFaults();
        RunView ended = bridge.end(run);

        assertThat(ended.deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("alike").keySet()).containsAll(people);
        assertThat(bridge.operations().explain(people.get(0)).suppressions()).isEmpty();
        assertThat(held("alike")).isFalse();
    }

    @Test
    @DisplayName("B79, B81: an address that Campaigns refused costs no further call, and history says why")
    void refusedOnce() {
        List<String> people = crowd("refused");
        bridge.letters("refused", "Memberships");
        String refused = people.get(5);
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "2005", "times", 0, "email", refused));
        RunView first = bridge.complete("refused");
        bridge.zoho().forgetCalls();

        RunView second = bridge.runInFull("refused");

        assertThat(first.ignored()).containsEntry("group-email", 1L);
        assertThat(second.ignored()).containsEntry("group-email", 1L);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
        assertThat(bridge.operations().explain(refused).outcomes())
                .filteredOn(result -> result.run().equals(second.run()))
                .singleElement()
                .satisfies(result -> assertThat(result.detail())
                        .contains("Campaigns refuses the address: group-email (code 2005", "30 days later"));
        assertThat(bridge.preview("refused", true).view().totals().ignored()).containsEntry("group-email", 1L);
        bridge.zoho().noFaults();
    }

    @Test
    @DisplayName("the first confirmation holds a list whose form Campaigns does not state")
    void confirmationTells() {
        crowd("form");
        bridge.zoho().tellForm(false);
        bridge.zoho().publicList("form");
        bridge.letters("form", "Memberships");
        bridge.zoho().forgetCalls();
        String run = bridge.begin("form");

        assertThat(awaitHold("form").because()).contains("sent a confirmation", "signupForm: public");
        await().until(() -> bridge.operations().run(run).state().equals("delivering"));
        assertThat(bridge.zoho().calls(SUBSCRIBE)).as("one for each connection").isLessThanOrEqualTo(2);

        bridge.zoho().tellForm(true);
        bridge.zoho().signupForm("form", "private");
        bridge.begin("form");
        bridge.awaitDeliveries();
        assertThat(held("form")).isFalse();
        assertThat(bridge.zoho().statuses("form").values())
                .filteredOn("active"::equals)
                .hasSizeGreaterThan(10);
        assertThat(bridge.runtime().components().outbox().queries().waiting("main"))
                .allMatch(waiting -> waiting.total() == 0);
    }

    @Test
    @DisplayName(
            "one log line each marks the begin and the end of an outage of Campaigns; no delivery is counted against")
    void outage() {
        List<String> people = crowd("outage");
        bridge.letters("outage", "Memberships");
        bridge.zoho().list("outage");
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", java.time.Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin("outage");
        await().until(() -> bridge.operations().run(run).state().equals("delivering"));
        try (ErrorLog log = ErrorLog.listenToWarnings()) {
            bridge.zoho().fault(Map.of("method", "/api/v1.1/", "kind", "drop", "times", 0));
            bridge.runtime().components().outbox().backoff().succeeded("main");
            await().during(java.time.Duration.ofMillis(1500)).until(() -> bridge.waiting() >= people.size());
            assertThat(log.errors())
                    .filteredOn(line -> line.contains("backing off"))
                    .hasSize(1);
        }
        assertThat(bridge.operations().explain(people.get(0)).waiting())
                .allSatisfy(waiting -> assertThat(waiting.rounds()).isZero());

        bridge.zoho().noFaults();
        RunView ended = bridge.end(run);

        assertThat(ended.deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("outage").keySet()).containsAll(people);
    }
}
