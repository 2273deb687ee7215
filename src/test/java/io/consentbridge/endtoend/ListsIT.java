package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Mailing lists, topics and modules: found, created, missing, gone. */
class ListsIT extends BridgeFixture {

    private static final int CONNECTIONS = 4;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                20,
                files -> files.set("DELIVERY_CONNECTIONS", String.valueOf(CONNECTIONS))
                        .purpose("found", "createList: false")
                        .sync("found", "Leads")
                        .letters("created", "Contacts")
                        .purpose("absent", "createList: false")
                        .sync("absent", "Leads")
                        .purpose("topicless", "topics: [Gardening]")
                        .sync("topicless", "Leads")
                        .letters("nomail", "Projects")
                        .purpose("unmapped")
                        .sync("unmapped", "Leads", "mapping: {Shoe Size: Shoe_Size}")
                        .purpose("vanishing", "createList: false")
                        .sync("vanishing", "Memberships")
                        .letters("neighbour", "Leads")
                        .letters("renewed", "Leads")
                        .letters("overtaken", "Leads")
                        .letters("deleted", "Contacts"));
        bridge.zoho().list("found");
        bridge.zoho().list("vanishing");
    }

    @Test
    @DisplayName("B112: an existing list is used unchanged (B6, B25)")
    void usesTheListThatIsThere() {
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("found");

        assertThat(run.added()).isPositive();
        assertThat(bridge.zoho().calls("addlistandcontacts")).isZero();
        assertThat(bridge.zoho().statuses("found")).hasSize((int) run.added());
    }

    @Test
    @DisplayName("B112: a list that may be created is created once with its first member, and read once (B7)")
    void createsTheList() {
        bridge.zoho().forgetCalls();

        RunView run = bridge.complete("created");

        assertThat(bridge.zoho().calls("addlistandcontacts")).isEqualTo(1);
        assertThat(bridge.zoho().calls("listsubscriberscount"))
                .as("how many complained, however many threads deliver; how many are active the directory tells")
                .isEqualTo(1);
        assertThat(bridge.zoho().statuses("created"))
                .hasSize((int) run.added())
                .allSatisfy((email, status) -> assertThat(status).isEqualTo("active"));
    }

    @Test
    @DisplayName("A missing list, topic, address or mapped field fails the run and says what to do (B101, B114, B117)")
    void saysWhatIsMissing() {
        assertThat(failed("absent")).contains("\"absent\"", "createList: true");
        assertThat(failed("topicless")).contains("Gardening", "Create it there");
        assertThat(failed("nomail")).contains("Projects has no Email field");
        assertThat(failed("unmapped")).contains("Leads has no field Shoe_Size");
    }

    @Test
    @DisplayName("A deleted list parks all that waits without a call for each; after a replay all arrive (2501)")
    void parksAllWhenTheListIsGone() {
        bridge.zoho().crowd(300, "m");
        bridge.zoho().forgetCalls();
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "2501", "times", 0));
        // Asked whether the list is there, Campaigns says the same; the run itself begins by the count of its
        // directory.
        bridge.zoho()
                .fault(Map.of("method", "listsubscriberscount", "kind", "code", "code", "2501", "skip", 1, "times", 0));
        RunView run = bridge.run("vanishing");

        List<DeadLetterView> letters = bridge.deadLetters("vanishing");
        assertThat(bridge.operations().status().connections().get(0).deadLetters())
                .as("status counts them")
                .isEqualTo(letters.size());
        assertThat(run.state()).isEqualTo("completed");
        assertThat(run.deadLettered()).isGreaterThanOrEqualTo(300).isEqualTo(letters.size());
        assertThat(bridge.zoho().calls(SUBSCRIBE))
                .as("no call begins once one was answered; so many can be under way by then")
                .isBetween(1L, (long) CONNECTIONS);
        assertThat(letters).allSatisfy(letter -> assertThat(letter.cause()).contains("no longer has the mailing list"));

        bridge.zoho().noFaults();
        bridge.operations().replay(letters.stream().map(DeadLetterView::id).toList());
        RunView after = bridge.end(run.run());

        assertThat(bridge.deadLetters("vanishing")).isEmpty();
        assertThat(after.deadLettered()).isZero();
        assertThat(after.added() + after.ignored().get("invalid-pattern"))
                .as("taken, or refused by Campaigns itself")
                .isEqualTo(run.deadLettered());
        assertThat(bridge.zoho().statuses("vanishing")).hasSize((int) after.added());
    }

    @Test
    @DisplayName("A list that is found missing before the first delivery delays no other list (2202)")
    void goneListHoldsNobodyUp() {
        bridge.complete("deleted");
        bridge.zoho().deleteList("deleted");
        bridge.reopen();

        RunView run = bridge.complete("neighbour");

        assertThat(run.added()).isPositive();
        assertThat(run.deadLettered()).isZero();
        assertThat(bridge.runtime().components().outbox().backoff().current("main"))
                .isEmpty();
    }

    @Test
    @DisplayName("A list that was deleted and created again is found by its name, and its members are read again (B25)")
    void foundAnew() {
        RunView first = bridge.complete("renewed");
        bridge.zoho().deleteList("renewed");
        bridge.zoho().list("renewed");

        RunView again = bridge.runInFull("renewed");

        assertThat(again.state()).as(again.message()).isEqualTo("completed");
        assertThat(again.readded()).isEqualTo(first.added());
        assertThat(bridge.zoho().statuses("renewed"))
                .hasSize((int) first.added())
                .allSatisfy((email, status) -> assertThat(status).isEqualTo("active"));
    }

    @Test
    @DisplayName(
            "A list that another user creates while its first people are in flight is read before they are sent (B76)")
    void madeMeanwhile() {
        bridge.complete("neighbour");
        Set<String> people = bridge.zoho().statuses("neighbour").keySet();
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin("overtaken");
        await().until(() -> bridge.operations().run(run).state().equals("delivering"));
        bridge.zoho().list("overtaken");
        people.forEach(person -> bridge.zoho().happens("join", "overtaken", person));
        people.forEach(person -> bridge.zoho().happens("unsubscribe", "overtaken", person));

        bridge.runtime().components().outbox().backoff().succeeded("main");
        RunView ended = bridge.end(run);

        assertThat(ended.state()).isEqualTo("completed");
        assertThat(ended.ignored().get("opted-out")).isGreaterThanOrEqualTo(people.size());
        assertThat(bridge.zoho().statuses("overtaken"))
                .hasSize(people.size())
                .allSatisfy((email, status) -> assertThat(status).isEqualTo("unsub"));
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    private static String failed(String sync) {
        RunView run = bridge.run(sync);
        assertThat(run.state()).isEqualTo("failed");
        assertThat(bridge.deadLetters(sync)).isEmpty();
        return run.message();
    }
}
