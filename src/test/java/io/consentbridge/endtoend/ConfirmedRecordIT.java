package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.ExplainView;
import io.consentbridge.confirmation.AnswerEvidence;
import io.consentbridge.confirmation.Answered;
import io.consentbridge.confirmation.ConfirmationRequests;
import io.consentbridge.confirmation.DueRequest;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** What follows from a click: the proof in the CRM record, and the workflow. */
@EveryEngine
class ConfirmedRecordIT extends EveryEngineFixture {

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(
                10,
                files -> files.on(engine)
                        .purpose(
                                "asked",
                                "lawfulBasis: consent",
                                "confirmation: {from: {name: Example, address: news@example.com}, subject: Please confirm,"
                                        + " ground: {accepted: {by: Jane Doe, on: \"2026-11-01\", because: they asked}},"
                                        + " proof: {Renewed_At: time, Member_Since: date, Club: statement, Remarks: purpose},"
                                        + " onConfirmed: {workflow: W9, trigger: T9}}")
                        .sync("asked", "Memberships", "consent: required"));
        bridge.runtime().work();
    }

    /** Asks everybody who may be asked; the token of each is the address. */
    private static ConfirmationRequests asked() {
        bridge.complete("asked");
        ConfirmationRequests requests = bridge.runtime().components().requests();
        for (DueRequest due : requests.claims().claim(Instant.now(), 1000)) {
            requests.mails().keepMail(due.id(), due.address(), "m" + due.id(), "hash");
            requests.mails().sent(due.id(), Instant.now());
        }
        return requests;
    }

    private static AnswerEvidence evidence(Instant at) {
        return new AnswerEvidence(at, "en", "Browser", "192.0.2.0");
    }

    private static ExplainView.Update update(String email, String state) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().explain(email).updates().stream()
                        .anyMatch(update -> update.state().equals(state)));
        return bridge.operations().explain(email).updates().get(0);
    }

    @Test
    @DisplayName(
            "The proof is not written into a record that carries another address by then; explain says so for the person who clicked")
    void anotherAddressByThen() {
        String email = "before@c5.example.com";
        String id = bridge.zoho().create("Memberships", Map.of("Name", "Moved", "Email", email));
        ConfirmationRequests requests = asked();
        bridge.zoho().change("Memberships", id, Map.of("Email", "after@c5.example.com"));
        bridge.zoho().forgetCalls();

        assertThat(requests.links().confirm(email, evidence(Instant.now()))).isInstanceOf(Answered.Done.class);

        ExplainView.Update update = update(email, "superseded");
        assertThat(update.record()).isEqualTo(id);
        assertThat(update.remark())
                .isEqualTo("the record carries another address than that of the person whom the update is about");
        assertThat(update.toString()).doesNotContain("after@");
        assertThat(bridge.zoho().record("Memberships", id).path("Club").asText(""))
                .isNotEqualTo("Letters");
        assertThat(bridge.zoho().calls("PUT /crm/v8/Memberships")).isZero();
        assertThat(bridge.operations().status().connections().get(0).deadLetters())
                .isZero();

        bridge.complete("asked");
        assertThat(bridge.operations().explain(email).updates())
                .as("also once the record is known as somebody else's")
                .hasSize(1);
    }

    @Test
    @DisplayName("An address in another spelling is the same person's, so the proof is written")
    void anotherSpelling() {
        String email = "spelt@c5.example.com";
        String id = bridge.zoho().create("Memberships", Map.of("Name", "Spelt", "Email", email));
        ConfirmationRequests requests = asked();
        bridge.zoho().change("Memberships", id, Map.of("Email", "Spelt@C5.example.com "));

        assertThat(requests.links().confirm(email, evidence(Instant.now()))).isInstanceOf(Answered.Done.class);

        update(email, "done");
        assertThat(bridge.zoho().record("Memberships", id).path("Club").asText())
                .isEqualTo("Letters");
    }

    @Test
    @DisplayName("A record that was deleted meanwhile is settled as gone, as before")
    void deletedByThen() {
        String email = "deleted@c5.example.com";
        String id = bridge.zoho().create("Memberships", Map.of("Name", "Deleted", "Email", email));
        ConfirmationRequests requests = asked();
        bridge.zoho().delete("Memberships", id);

        assertThat(requests.links().confirm(email, evidence(Instant.now()))).isInstanceOf(Answered.Done.class);

        update(email, "gone");
    }

    @Test
    @DisplayName(
            "A click that confirms writes the proof into the person's record, and hands them over to the workflow; the next run finds nothing to do")
    void proofAndWorkflow() {
        String email = "proof@c5.example.com";
        String id = bridge.zoho().create("Memberships", Map.of("Name", "Proof", "Email", email));
        ConfirmationRequests requests = asked();
        assertThat(bridge.zoho().record("Memberships", id).path("Club").asText(""))
                .isNotEqualTo("Letters");
        Instant clicked = Instant.now();
        assertThat(requests.links().confirm(email, evidence(clicked))).isInstanceOf(Answered.Done.class);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.zoho().state().path("workflows").toString().contains("W9 T9 " + email));
        await().until(() -> "Letters"
                .equals(bridge.zoho().record("Memberships", id).path("Club").asText()));
        var record = bridge.zoho().record("Memberships", id);
        assertThat(Instant.parse(record.path("Renewed_At").asText()).getEpochSecond())
                .isEqualTo(clicked.getEpochSecond());
        assertThat(record.path("Remarks").asText()).isEqualTo("asked");
        assertThat(bridge.operations().explain(email).updates())
                .singleElement()
                .satisfies(update -> assertThat(update.state()).isEqualTo("done"));

        await().until(() -> bridge.operations().explain(email).starts().stream()
                .anyMatch(start -> start.state().equals("done")));
        assertThat(bridge.operations().explain(email).starts()).singleElement().satisfies(start -> {
            assertThat(start.workflow()).isEqualTo("W9");
            assertThat(start.purpose()).isEqualTo("asked");
            assertThat(start.list()).isEqualTo("asked");
            assertThat(start.settledAt()).isNotNull();
        });
        assertThat(bridge.operations().explain(email).ledger())
                .extracting(ExplainView.Decided::decision, ExplainView.Decided::why)
                .contains(
                        tuple("sent", "The mail with the wording was handed over to the mail server."),
                        tuple("given", "The person agreed by the button of the page."));

        bridge.awaitDeliveries();
        bridge.zoho().forward("PT5M");
        bridge.zoho().forgetCalls();
        bridge.complete("asked");
        assertThat(bridge.zoho().calls("json/listsubscribe")).isZero();
        assertThat(bridge.zoho().calls("workflow/trigger")).isZero();
        assertThat(bridge.zoho().calls("PUT /crm/v8/Memberships")).isZero();
    }
}
