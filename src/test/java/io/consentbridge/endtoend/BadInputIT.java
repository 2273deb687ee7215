package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.RunView;
import io.consentbridge.sandbox.Sandbox;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that nobody asked for, and what else can be bad from outside: a clear message, nothing lost. */
class BadInputIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("reading", "Leads")
                        .letters("deleting", "Leads")
                        .letters("sending", "Leads"));
        bridge.complete("deleting");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"status,429", "status,500", "html,502", "html,200", "truncated,200", "drop,200", "lost-reply,200"})
    @DisplayName("A request is repeated after a single wrong answer of the CRM")
    void readingAgain(String kind, int status) {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", "coql", "kind", kind, "status", status));

        bridge.complete("reading");

        assertThat(bridge.zoho().struck(1)).isTrue();
        assertThat(bridge.zoho().statuses("reading")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("An empty module or page (204) is no failure")
    void nothingThere() {
        bridge.complete("reading");

        assertThat(bridge.complete("reading").added()).isZero();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"coql,204", "coql,304", "deleted,204", "deleted,304"})
    @DisplayName("An empty answer (204, 304) is believed, and people who exist at the next run arrive")
    void nothingForOnce(String method, int status) {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", method, "kind", "status", "status", status));

        bridge.complete("deleting");
        assertThat(bridge.zoho().struck(1)).isTrue();
        bridge.complete("deleting");

        assertThat(bridge.zoho().statuses("deleting")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("A module without any metadata (204) fails the run, which says what it lacks")
    void fieldsOfNothing() {
        try (Bridge other = Bridge.open(10, files -> files.letters("unknown", "Leads"))) {
            other.zoho().fault(Map.of("method", "settings/fields", "kind", "status", "status", 204));

            RunView run = other.run("unknown");

            assertThat(run.state()).isEqualTo("failed");
            assertThat(run.message()).contains("no field of Leads", "user of the credential");
            assertThat(other.complete("unknown").added()).isPositive();
        }
    }

    @Test
    @DisplayName("A token that is refused once (401) is replaced, and the call is repeated")
    void tokenIsReplaced() {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().revoke(null);

        RunView run = bridge.complete("reading");

        assertThat(run.calls().accounts()).isEqualTo(1);
        assertThat(bridge.zoho().statuses("reading")).containsEntry(email, "active");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "coql,403,NO_PERMISSION,may not read Leads",
        "coql,400,INVALID_QUERY,Check the fields",
        "deleted,400,EXPIRED_VALUE,no longer knows where reading",
    })
    @DisplayName("A refusal by the CRM fails the run with what to do, and the next run continues (403, expired page)")
    void refusedReading(String method, int status, String code, String message) {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", method, "kind", "code", "code", code, "status", status));

        RunView failed = bridge.run("deleting");

        assertThat(failed.state()).isEqualTo("failed");
        assertThat(failed.message()).contains("main: ", message, code);
        assertThat(failed.calls().crm())
                .as("sweeps of three modules of people, a page, deletions: asked once each")
                .isLessThanOrEqualTo(5);
        bridge.complete("deleting");
        assertThat(bridge.zoho().statuses("deleting")).containsEntry(email, "active");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"code,2101", "code,9999", "html,", "xml,", "truncated,", "status,", "drop,"})
    @DisplayName("Temporary wrong answers of Campaigns lose nobody (200 with an error, HTML, XML, half)")
    void sendingAgain(String kind, String code) {
        String email = bridge.newcomer("Leads", Map.of());
        Map<String, Object> order = new HashMap<>(Map.of("method", "json/listsubscribe", "kind", kind, "email", email));
        if (code != null) {
            order.put("code", code);
        }
        order.put("times", 2);
        bridge.zoho().fault(order);

        RunView run = bridge.complete("sending");

        assertThat(run.added() + run.deadLettered()).isPositive();
        assertThat(run.deadLettered()).isEqualTo(bridge.deadLetters("sending").size());
        bridge.zoho().noFaults();
        bridge.deadLetters("sending").forEach(letter -> bridge.operations().replay(java.util.List.of(letter.id())));
        bridge.end(run.run());
        assertThat(bridge.zoho().statuses("sending")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("A revoked refresh token fails the run; the message names the connection and the remedy")
    void credentialIsRevoked() {
        try (Bridge other = Bridge.open(10, files -> files.letters("revoked", "Leads"))) {
            other.zoho().revoke(Sandbox.REFRESH_TOKEN);

            RunView run = other.run("revoked");

            assertThat(run.state()).isEqualTo("failed");
            assertThat(run.message()).contains("main", "refresh");
        }
    }

    @Test
    @DisplayName("A closed database is reported as out of reach, and nothing is lost once it is back")
    void databaseIsClosed() {
        try (Bridge other = Bridge.open(10, files -> files.letters("closed", "Leads"))) {
            RunView before = other.complete("closed");
            other.runtime().database().close();

            assertThatThrownBy(() -> other.operations().startRun("closed", false))
                    .isInstanceOf(OperationFailure.OutOfReach.class)
                    .hasMessageContaining("database");

            other.reopen();
            assertThat(other.operations().run(before.run()).added()).isEqualTo(before.added());
            assertThat(other.complete("closed").added()).isZero();
        }
    }
}
