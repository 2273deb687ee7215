package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A list that somebody deleted in Campaigns: nobody is lost, and nobody who refused comes back. */
class GoneListIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.set("DELIVERY_CONNECTIONS", "2"));
    }

    @Test
    @DisplayName("a quiet run creates a missing list again with everybody on it, except those who had left it")
    void madeAnew() {
        bridge.letters("anew", "Leads");
        bridge.complete("anew");
        String left = bridge.zoho().statuses("anew").keySet().iterator().next();
        bridge.zoho().happens("unsubscribe", "anew", left);
        bridge.complete("anew");
        Set<String> people = bridge.zoho().statuses("anew").keySet();
        bridge.zoho().deleteList("anew");

        RunView run = bridge.complete("anew");

        assertThat(run.readded()).isEqualTo(people.size() - 1);
        assertThat(bridge.zoho().statuses("anew").keySet())
                .hasSize(people.size() - 1)
                .doesNotContain(left)
                .isSubsetOf(people);
        assertThat(bridge.complete("anew").readded()).isZero();
    }

    @Test
    @DisplayName(
            "a run that must not create the list fails and says how many people were on it; once it exists they are delivered again")
    void mustNotBeMade() {
        bridge.zoho().list("kept");
        bridge.files().purpose("kept", "createList: false").sync("kept", "Leads");
        bridge.reload();
        RunView first = bridge.complete("kept");
        bridge.zoho().deleteList("kept");

        RunView failed = bridge.run("kept");

        assertThat(failed.state()).isEqualTo("failed");
        assertThat(failed.message())
                .contains("no longer has the mailing list \"kept\", to which " + first.added() + " people were")
                .contains("createList: true in purpose kept");
        assertThat(bridge.run("kept").message()).contains("no longer has the mailing list");

        bridge.zoho().list("kept");
        assertThat(bridge.complete("kept").readded()).isEqualTo(first.added());
        assertThat(bridge.zoho().statuses("kept")).hasSize((int) first.added());
    }

    @Test
    @DisplayName(
            "a list that is deleted while people wait for it is created again without a dead letter; a person who leaves it has left")
    void goneWhileDelivering() {
        String leaver = "leaver@c1.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(leaver, Map.of()));
        bridge.letters("waiting", "Leads");
        RunView first = bridge.complete("waiting");
        String late = bridge.newcomer("Leads", Map.of());
        bridge.zoho().delete("Leads", id);
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin("waiting");
        await().until(() -> bridge.operations().run(run).state().equals("delivering"));
        bridge.zoho().deleteList("waiting");
        bridge.runtime().components().outbox().backoff().succeeded("main");

        RunView ended = bridge.end(run);

        assertThat(ended.state()).isEqualTo("completed");
        assertThat(ended.deadLettered()).isZero();
        assertThat(ended.deleted()).isEqualTo(1);
        assertThat(ended.left()).as("nobody was taken off a list that is gone").isZero();
        bridge.complete("waiting");
        assertThat(bridge.zoho().statuses("waiting"))
                .containsEntry(late, "active")
                .hasSize((int) first.added())
                .doesNotContainKey(leaver);
    }

    @Test
    @DisplayName("a wrong reply that an existing list is gone holds the list after three; nothing is created or parked")
    void saidToBeGone() {
        bridge.letters("there", "Leads");
        bridge.complete("there");
        for (int i = 0; i < 5; i++) {
            bridge.newcomer("Leads", Map.of());
        }
        bridge.zoho().forgetCalls();
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "2501", "times", 0));
        String run = bridge.begin("there");
        await().until(() -> bridge.runtime().components().audience().heldLists().of("main").stream()
                .anyMatch(held -> held.list().equals("there")));
        assertThat(bridge.zoho().calls("addlistandcontacts")).isZero();

        bridge.zoho().noFaults();
        RunView ended = bridge.end(run);

        assertThat(ended.deadLettered()).isZero();
        assertThat(ended.added()).isEqualTo(5);
    }
}
