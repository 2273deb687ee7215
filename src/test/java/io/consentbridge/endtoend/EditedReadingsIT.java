package io.consentbridge.endtoend;

import static io.consentbridge.endtoend.EditedRoutesIT.body;
import static io.consentbridge.endtoend.EditedRoutesIT.onList;
import static io.consentbridge.endtoend.EditedRoutesIT.shipped;
import static io.consentbridge.endtoend.EditedRoutesIT.stale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.consent.Person;
import io.consentbridge.endtoend.EditedRoutesIT.Edit;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edit of what a reading call asks Zoho, between the step that addresses it and the one that sends it. */
class EditedReadingsIT extends BridgeFixture {

    private static final String CONSENT = "Consent - Obtained";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {
            for (String name : List.of(
                    "left", "elsewhere", "deleted", "gateway", "counted", "other-list", "swallowed", "cleared")) {
                files.letters(name, "Leads");
            }
            files.purpose("details", "lawfulBasis: consent")
                    .sync("details", "Contacts", "consent: expressed", "evidence: details");
        });
    }

    @AfterEach
    void asTheyShip() throws IOException {
        Files.deleteIfExists(bridge.files().routes().resolve("own-gateway.camel.yaml"));
        EditedRoutesIT.undo();
    }

    private static String header(String name, String simple) {
        return "setHeader: {name: " + name + ", expression: {simple: {expression: \"" + simple + "\"}}}";
    }

    private static String when(String condition, String step) {
        return "choice: {when: [{expression: {simple: {expression: \"" + condition + "\"}}, steps: [{" + step + "}]}]}";
    }

    /** Runs with the edit, which must mail nobody of that address and be refused. */
    private static void refused(String email, String sync, Edit edit) {
        EditedRoutesIT.apply(edit);
        RunView run = bridge.run(sync);
        EditedRoutesIT.undo();
        assertThat(onList(sync)).doesNotContain(email);
        assertThat(run.state()).as("%s", run).isEqualTo("failed");
        assertThat(run.message()).contains("a route was edited").doesNotContain("@");
    }

    private static String lead(String email) {
        return bridge.zoho().create("Leads", Bridge.fields(email, Map.of()));
    }

    @Test
    @DisplayName(
            "A person who unsubscribed in Campaigns is not put back by an edit that requests members of another status")
    void anotherStatus() {
        String email = "gone@left.example.com";
        String record = lead(email);
        bridge.complete("left");
        bridge.zoho().happens("unsubscribe", "left", email);
        bridge.zoho().change("Leads", record, Map.of("Company", "Another"));

        refused(
                email,
                "left",
                Edit.after(
                        "address-campaigns-call",
                        header("CamelHttpQuery", "${header.CamelHttpQuery.replace('status=unsub','status=bounce')}")));

        assertThat(onList("left")).doesNotContain(email);
        bridge.complete("left");
        assertThat(onList("left")).doesNotContain(email);
    }

    @Test
    @DisplayName(
            "A person who refuses mail as a contact is not subscribed as a lead by an edit that reads fewer contacts")
    void fewerRecords() {
        String email = "both@elsewhere.example.com";
        bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
        lead(email);

        refused(
                email,
                "elsewhere",
                Edit.after(
                        "address-crm-call",
                        when(
                                "${bodyAs(String)} contains 'from Contacts'",
                                body(
                                        "{\"select_query\":\"select id, Modified_Time from Contacts where id = 1 limit 1\"}"))));

        assertThat(onList("elsewhere")).doesNotContain(email);
        bridge.complete("elsewhere");
        assertThat(onList("elsewhere")).isNotEmpty().doesNotContain(email);
    }

    @Test
    @DisplayName("A record's details are its own: an edit that reads those of a consenting person delivers nobody")
    void anotherRecord() {
        String consented = "yes@details.example.com";
        String refusing = "no@details.example.com";
        String record = bridge.zoho().create("Contacts", Bridge.fields(consented, details(true)));
        bridge.zoho().create("Contacts", Bridge.fields(refusing, details(false)));

        refused(
                refusing,
                "details",
                Edit.after(
                        "address-crm-call",
                        when(
                                "${exchangeProperty.crmCall.method} == 'record'",
                                header("CamelHttpUri", bridge.zoho().url() + "/crm/v8/Contacts/" + record))));

        assertThat(onList("details")).doesNotContain(refusing);
        bridge.complete("details");
        assertThat(onList("details")).contains(consented).doesNotContain(refusing);
    }

    private static Map<String, Object> details(boolean byEmail) {
        return Map.of(
                "Data_Processing_Basis",
                CONSENT,
                "Data_Processing_Basis_Details",
                Map.of("Data_Processing_Basis", "Obtained", "Contact_Through_Email", byEmail));
    }

    @Test
    @DisplayName("A person who was deleted in the CRM leaves even if an edit requests only later deletions")
    void laterDeletions() {
        String email = "deleted@elsewhere.example.com";
        String record = lead(email);
        bridge.complete("deleted");
        assertThat(onList("deleted")).contains(email);
        bridge.zoho().delete("Leads", record);

        refused(
                "",
                "deleted",
                Edit.after(
                        "address-crm-call",
                        when(
                                "${header.If-Modified-Since} != null",
                                header("If-Modified-Since", "2099-01-01T00:00:00+00:00"))));

        bridge.complete("deleted");
        assertThat(onList("deleted")).doesNotContain(email);
    }

    @Test
    @DisplayName(
            "A CRM record is not written if an edit takes away the condition that it did not change since its address was read")
    void withoutCondition() throws IOException {
        String email = "condition@elsewhere.example.com";
        String record = lead(email);
        EditedRoutesIT.apply(Edit.after("address-crm-call", "removeHeader: {name: If-Unmodified-Since}"));
        bridge.runtime()
                .database()
                .change(handle -> RecordUpdates.enqueue(
                        handle,
                        List.of(new RecordUpdate(
                                "main",
                                "Leads",
                                record,
                                Optional.of(new Person(email)),
                                Map.of("City", "Berlin"),
                                "confirmed"))));
        try (ProducerTemplate template = bridge.runtime().context().createProducerTemplate()) {
            template.sendBody("direct:update-records", null);
        }

        // A timer may have claimed it before.
        await().until(() -> bridge.runtime()
                .database()
                .query(handle -> handle.createQuery("select count(*) from record_update where state = 'pending'")
                        .mapTo(Long.class)
                        .one()
                        .equals(0L)));
        assertThat(bridge.operations().deadLetters(10)).singleElement().satisfies(letter -> {
            assertThat(letter.record()).isEqualTo(record);
            assertThat(letter.cause()).contains("a call of update asks Zoho something else than the product does");
            bridge.operations().discard(List.of(letter.id()));
        });
        assertThat(bridge.zoho().record("Leads", record).path("City").asText()).isNotEqualTo("Berlin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelHttpUri", "CamelHttpMethod", "CamelHttpPath"})
    @DisplayName("A reading call does not become one that deletes a list")
    void deletesNothing(String header) {
        String url = bridge.zoho().url() + "/api/v1.1/deletemailinglist?listkey=1";
        refused(
                "",
                "other-list",
                Edit.after(
                        "address-campaigns-call",
                        header(
                                header,
                                switch (header) {
                                    case "CamelHttpUri" -> url;
                                    case "CamelHttpMethod" -> "DELETE";
                                    default -> "/more";
                                })));
        assertThat(bridge.zoho().calls("deletemailinglist")).isZero();
    }

    @Test
    @DisplayName("A reading that an edit breaks is not retried")
    void once() {
        bridge.zoho().forgetCalls();
        refused(
                "",
                "counted",
                Edit.after("send-crm-call", when("${exchangeProperty.crmCall.method} == 'coql'", body("{}"))));
        assertThat(bridge.zoho().calls("POST /crm/v8/coql")).isEqualTo(1);
    }

    /** Sends calls to Campaigns on a thread of another route, as a stream, with a header more. */
    private static void gateway(String behind) {
        String file = shipped("zoho-campaigns");
        int send = file.indexOf("        - to:\n            id: send-campaigns-call");
        bridge.files()
                .write(
                        "routes/zoho-campaigns.camel.yaml",
                        file.substring(0, send)
                                + "        - to: {id: hand-over, uri: seda, parameters: {name: own-gateway, waitForTaskToComplete: Always}}\n")
                .write(
                        "routes/own-gateway.camel.yaml",
                        """
                        - route:
                            id: own-gateway
                            errorHandler: {noErrorHandler: {}}
                            from:
                              uri: seda
                              parameters: {name: own-gateway, concurrentConsumers: 5}
                              steps:
                                - setHeader: {name: X-Sent-By, expression: {constant: {expression: us}}}
                                - choice:
                                    when:
                                      - expression: {simple: {expression: "${body} != null"}}
                                        steps:
                                          - convertBodyTo: {type: java.io.InputStream}
                        """ + file.substring(send) + (behind.isEmpty() ? "" : "        - " + behind + "\n"));
        bridge.reload();
    }

    @Test
    @DisplayName(
            "A gateway on another thread that sends streams carries every call, and a reply that it replaces is refused")
    void gateway() {
        gateway("");
        String email = "one@gateway.example.com";
        String record = lead(email);

        bridge.complete("gateway");

        assertThat(onList("gateway")).contains(email);
        assertThat(bridge.deadLetters("gateway")).isEmpty();
        bridge.zoho().happens("unsubscribe", "gateway", email);
        bridge.zoho().change("Leads", record, Map.of("Company", "Another"));
        gateway(body("{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[]}"));
        RunView run = bridge.run("gateway");
        assertThat(run.state()).isEqualTo("failed");
        assertThat(onList("gateway")).doesNotContain(email);
    }

    @Test
    @DisplayName(
            "A sweep whose pages an edit loses and whose failures it catches does not count: the run fails, nobody is mailed")
    void swallowed() {
        String email = "both@swallowed.example.com";
        bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Email_Opt_Out", true)));
        lead(email);
        String file = shipped("poll-crm");
        int step = file.indexOf("                    - bean:\n                        id: commit-opt-outs");
        int end = file.indexOf("        - bean:\n            id: note-sweep");
        bridge.files()
                .write(
                        "routes/poll-crm.camel.yaml",
                        file.substring(0, step) + """
                                - doTry:
                                    steps:
                                      - %s
                                      - bean: {id: commit-opt-outs, ref: optOutSweep, method: commit}
                                    doCatch:
                                      - exception: [java.lang.Exception]
                                        steps:
                                          - log: {message: passed over}
                                """.formatted(stale("swept")).indent(20) + file.substring(end));
        bridge.reload();

        RunView run = bridge.run("swallowed");

        assertThat(onList("swallowed")).doesNotContain(email);
        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("a route was edited");
        EditedRoutesIT.undo();
        bridge.complete("swallowed");
        assertThat(onList("swallowed")).isNotEmpty().doesNotContain(email);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list-members-call ${body.json.remove('list_of_details')}",
                "query-crm-call ${body.json.get('data').clear}",
                "unmarshal-crm-reply ${body.get('data').clear}",
                "unmarshal-campaigns-reply ${body.remove('list_of_details')}",
                "bind-fields ${variable.run.fields.clear}"
            })
    @DisplayName("An expression cannot change Zoho's reply in place: the run fails, and nobody is put back")
    void inPlace(String edit) {
        String step = edit.substring(0, edit.indexOf(' '));
        String sync = "place-" + step;
        bridge.letters(sync, "Leads");
        String email = step + "@place.example.com";
        String record = lead(email);
        bridge.complete(sync);
        bridge.zoho().happens("unsubscribe", sync, email);
        bridge.zoho().change("Leads", record, Map.of("Company", "Another"));

        EditedRoutesIT.apply(Edit.after(
                step,
                "setVariable: {name: own, expression: {simple: {expression: \"" + edit.substring(step.length() + 1)
                        + "\"}}}"));
        RunView run = bridge.run(sync);
        EditedRoutesIT.undo();

        assertThat(run.state()).as("%s", run).isEqualTo("failed");
        assertThat(onList(sync)).doesNotContain(email);
        bridge.complete(sync);
        assertThat(onList(sync)).isNotEmpty().doesNotContain(email);
        bridge.zoho().delete("Leads", record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-crm-reply", "read-campaigns-reply"})
    @DisplayName("A reply that reaches its reading step on another thread is still compared")
    void otherThreads(String step) {
        String sync = "threads-" + step;
        bridge.letters(sync, "Leads");
        EditedRoutesIT.apply(Edit.before(step, "threads: {poolSize: 2}"));
        bridge.complete(sync);
        Edit replaced = Edit.before(step, body("{\"status\":\"success\",\"code\":\"0\",\"data\":[]}"));
        String file = step.contains("crm") ? "zoho-crm" : "zoho-campaigns";
        bridge.files()
                .write(
                        "routes/" + file + ".camel.yaml",
                        Edit.before(step, "threads: {poolSize: 2}").in(replaced.in(shipped(file))));
        bridge.reload();

        RunView run = bridge.run(sync);

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("a reply of Zoho is not read as Zoho gave it");
    }

    @Test
    @DisplayName("An edit that empties a page of refusing members fails the run, and they leave with the next one")
    void cleared() {
        String email = "member@cleared.example.com";
        String record = lead(email);
        bridge.complete("cleared");
        secondsAreOver();
        bridge.zoho().change("Leads", record, Map.of("Email_Opt_Out", true));
        bridge.complete("cleared");
        secondsAreOver();
        bridge.zoho().happens("import", "cleared", email);

        refused(Edit.before(
                "commit-refusing",
                "setVariable: {name: emptied, expression: {simple: {expression: \"${body.clear}\"}}}"));

        bridge.complete("cleared");
        assertThat(onList("cleared")).doesNotContain(email);
    }

    private static void refused(Edit edit) {
        EditedRoutesIT.apply(edit);
        RunView run = bridge.run("cleared");
        EditedRoutesIT.undo();
        assertThat(run.state()).isEqualTo("failed");
    }
}
