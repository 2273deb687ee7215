package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the control API resets, and changes of many records and members at once. */
class ResetTest {

    private static final String LEAD = "5394166001100000000";
    private static final String LIST = "Product News";

    private final Sandbox sandbox = Sandbox.start(
            SandboxOptions.defaults().withPeople(400).withClockStart(Instant.parse("2026-08-01T00:00:00Z")));
    private final Client client = new Client(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    @DisplayName(
            "a reset of everything brings records, lists, members, faults, switches, clock and counters to the start")
    void everything() {
        JsonNode records = lead();
        JsonNode members = members();
        JsonNode state = state();

        client.control("records/Leads", Map.of("Last_Name", "New"));
        client.control("records/Leads/change", Map.of("count", 20, "fields", Map.of("Company", "Other")));
        client.control("records/Leads/delete", Map.of("ids", List.of(LEAD)));
        client.control("crm/Contacts", Map.of("closed", true));
        client.control(
                "members/unsubscribe", Map.of("list", LIST, "email", active(1).get(0)));
        client.control("lists", Map.of("name", "Fairs"));
        client.json("PUT", "/sandbox/listing", Map.of("order", "shuffled"));
        client.json("PUT", "/sandbox/quotas", Map.of("enforced", false));
        client.control("clock", Map.of("forward", "P3D"));
        client.control("faults", Map.of("kind", "drop", "times", 0, "method", "coql"));
        assertThat(state()).isNotEqualTo(state);

        assertThat(client.control("reset", Map.of("everything", true)).status()).isEqualTo(200);

        assertThat(state()).isEqualTo(state);
        assertThat(lead()).isEqualTo(records);
        assertThat(members()).isEqualTo(members);
        assertThat(client.get("/sandbox/faults").json().findValues("kind")).isEmpty();
        client.token(client.refresh().json().path("access_token").asText());
        assertThat(client.get("/crm/v8/Contacts?fields=Email").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a reset of everything ends the access tokens, and the credential gets new ones")
    void tokens() {
        client.control("reset", Map.of("everything", true));
        assertThat(client.get("/crm/v8/org").status()).isEqualTo(401);
        client.token(client.refresh().json().path("access_token").asText());
        assertThat(client.get("/crm/v8/org").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a reset without a body forgets calls and violations only")
    void counters() {
        client.control("lists", Map.of("name", "Fairs"));
        client.get("/crm/v8/org");
        client.json("POST", "/sandbox/reset", Map.of());
        assertThat(client.state().path("calls")).isEmpty();
        assertThat(client.list("Fairs")).isNotEmpty();
    }

    @Test
    @DisplayName("records are changed and deleted by their ids; unknown ones are left out of the reply")
    void byIds() {
        List<String> ids = List.of(LEAD, "5394166001100000001", "5394166001109999999");
        JsonNode changed = client.control(
                        "records/Leads/change", Map.of("ids", ids, "fields", Map.of("Company", "Other")))
                .json();
        assertThat(changed.path("ids")).hasSize(2);
        assertThat(lead().path("fields").path("Company").asText()).isEqualTo("Other");
        assertThat(client.control("records/Leads/delete", Map.of("ids", ids))
                        .json()
                        .path("ids"))
                .hasSize(2);
        assertThat(client.get("/sandbox/records/Leads/" + LEAD).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("an event happens to many members at once, and the reply says to how many")
    void manyMembers() {
        List<String> emails = List.of(active(2).get(0), active(2).get(1), "nobody@c1.example.com");
        JsonNode reply = client.control("members/unsubscribe", Map.of("list", LIST, "emails", emails))
                .json();
        assertThat(reply.path("happened").asInt()).isEqualTo(2);
        assertThat(active(1_000)).doesNotContainAnyElementsOf(emails);
    }

    private JsonNode lead() {
        return client.get("/sandbox/records/Leads/" + LEAD).json();
    }

    private JsonNode members() {
        return client.get("/sandbox/members?list=Product%20News").json();
    }

    private List<String> active(int most) {
        return members()
                .path("members")
                .valueStream()
                .filter(member -> member.path("status").asText().equals("active"))
                .map(member -> member.path("email").asText())
                .limit(most)
                .toList();
    }

    /** The state without the time, and without the token that the client got. */
    private JsonNode state() {
        ObjectNode state = (ObjectNode) client.state();
        state.remove(List.of("now", "tokensIssued", "calls"));
        return state;
    }
}
