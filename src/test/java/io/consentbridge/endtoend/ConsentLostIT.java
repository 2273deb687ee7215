package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.PlanHeader;
import io.consentbridge.api.PlanPage;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.RunView;
import io.consentbridge.store.EveryEngine;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Membership is a state: whom the consent policy does not allow any more leaves the list, once that was read. */
@EveryEngine
class ConsentLostIT extends ConsentingFixture {

    @Test
    @DisplayName("B12, B14: a member whose consent is no longer obtained leaves with the next run, once; others stay")
    void stateNoLongerObtained() {
        consenting("lost");
        // An hour ago, so that nobody is read twice.
        bridge.zoho().forward("PT-1H");
        String pending = contact("lost-pending", "lost", OBTAINED);
        String custom = contact("lost-custom", "lost", OBTAINED);
        String cleared = contact("lost-cleared", "lost", OBTAINED);
        contact("lost-stays", "lost", OBTAINED);
        contact("lost-never", "lost", "Consent - Pending");
        bridge.zoho().forward("PT1H");
        bridge.complete("lost");
        assertThat(statuses("lost")).hasSize(4);
        says(pending, "Consent - Pending");
        says(custom, "Consent - Lapsed");
        says(cleared, null);

        RunView run = bridge.complete("lost");

        assertThat(statuses("lost"))
                .containsEntry(email("lost-pending"), "unsub")
                .containsEntry(email("lost-custom"), "unsub")
                .containsEntry(email("lost-cleared"), "unsub")
                .containsEntry(email("lost-stays"), "active")
                .doesNotContainKey(email("lost-never"));
        assertThat(run.ignored()).containsEntry("consent-withheld", 3L);
        assertThat(run.total()).isEqualTo(3);
        long calls = bridge.zoho().calls("json/listunsubscribe");
        bridge.complete("lost");
        bridge.runInFull("lost");
        assertThat(bridge.zoho().calls("json/listunsubscribe")).isEqualTo(calls);
    }

    @Test
    @DisplayName(
            "B12, B54: a person whose lead loses its consent and is converted before the next run leaves too; a lead that is only converted keeps its person")
    void lostAndConverted() {
        bridge.files()
                .purpose("converting", "lawfulBasis: consent")
                .sync("converting", "Leads", "consent: expressed", "evidence: basis");
        bridge.reload();
        String lost = bridge.zoho().create("Leads", Bridge.fields(email("convert-lost"), Map.of(BASIS, OBTAINED)));
        String keeps = bridge.zoho().create("Leads", Bridge.fields(email("convert-keeps"), Map.of(BASIS, OBTAINED)));
        bridge.complete("converting");

        bridge.zoho().change("Leads", lost, Map.of(BASIS, "Consent - Pending", "Converted__s", true));
        bridge.zoho().change("Leads", keeps, Map.of("Converted__s", true));
        bridge.complete("converting");

        assertThat(statuses("converting"))
                .containsEntry(email("convert-lost"), "unsub")
                .containsEntry(email("convert-keeps"), "active");
    }

    private static String detailed(String name, String town) {
        Map<String, Object> fields = new HashMap<>(details(true));
        fields.put("Department", town);
        return bridge.zoho().create("Contacts", Bridge.fields(email(name), fields));
    }

    @Test
    @DisplayName("B12: channels without e-mail end a membership; details without channels end none")
    void channels() {
        consenting("channels", "evidence: details");
        String narrowed = detailed("channels-narrowed", "channels");
        String silent = detailed("channels-silent", "channels");
        String unread = detailed("channels-unread", "channels");
        bridge.complete("channels");
        bridge.zoho().change("Contacts", narrowed, details(false));
        bridge.zoho().change("Contacts", silent, details(null));
        Map<String, Object> none = new HashMap<>();
        none.put("Data_Processing_Basis_Details", null);
        bridge.zoho().change("Contacts", unread, none);

        RunView run = bridge.complete("channels");

        assertThat(statuses("channels"))
                .containsEntry(email("channels-narrowed"), "unsub")
                .containsEntry(email("channels-silent"), "active")
                .containsEntry(email("channels-unread"), "active");
        assertThat(run.ignored()).containsEntry("consent-withheld", 3L);
    }

    @Test
    @DisplayName(
            "B12: another record of the person that is delivered to the list keeps them until its consent is lost too")
    void anotherRecordKeeps() {
        consenting("twofold");
        bridge.files()
                .sync(
                        "twofold-leads",
                        "Leads",
                        "purpose: twofold",
                        "consent: expressed",
                        "evidence: basis",
                        "select: {scope: criteria, conditions: [{field: City, operator: equals, value: twofold}]}");
        bridge.reload();
        String contact = contact("twofold-one", "twofold", OBTAINED);
        String lead = bridge.zoho()
                .create("Leads", Bridge.fields(email("twofold-one"), Map.of("City", "twofold", BASIS, OBTAINED)));
        bridge.complete("twofold");
        bridge.complete("twofold-leads");
        says(contact, "Consent - Pending");
        bridge.complete("twofold");
        assertThat(statuses("twofold")).containsEntry(email("twofold-one"), "active");
        bridge.zoho().change("Leads", lead, Map.of(BASIS, "Consent - Pending"));

        bridge.complete("twofold-leads");

        assertThat(statuses("twofold")).containsEntry(email("twofold-one"), "unsub");
    }

    @Test
    @DisplayName("B12: another sync's earlier reading of the same record keeps nobody")
    void sameRecordElsewhere() {
        consenting("stale");
        bridge.files()
                .sync("stale-too", "Contacts", "purpose: stale", "consent: expressed", "evidence: basis", of("stale"));
        bridge.reload();
        String id = contact("stale-one", "stale", OBTAINED);
        bridge.complete("stale");
        bridge.complete("stale-too");
        bridge.zoho().forward("PT2S");
        says(id, "Consent - Pending");

        bridge.complete("stale");

        assertThat(statuses("stale")).containsEntry(email("stale-one"), "unsub");
    }

    @Test
    @DisplayName("B12: a field that is missing from the records ends no membership")
    void fieldNotRead() {
        consenting("hidden");
        String id = contact("hidden-one", "hidden", OBTAINED);
        bridge.complete("hidden");
        bridge.zoho().change("Contacts", id, Map.of("Department", "hidden", "Last_Name", "Changed"));
        bridge.zoho().hideInRecords("Contacts", BASIS);
        try {
            bridge.run("hidden");

            assertThat(statuses("hidden")).containsEntry(email("hidden-one"), "active");
        } finally {
            bridge.zoho().show("Contacts", BASIS);
        }
        bridge.complete("hidden");
        assertThat(statuses("hidden")).containsEntry(email("hidden-one"), "active");
    }

    @Test
    @DisplayName("B12, B81: a record that loses consent and gets a malformed address removes its person")
    void malformedAddress() {
        consenting("malformed");
        String id = contact("malformed-one", "malformed", OBTAINED);
        bridge.complete("malformed");
        bridge.zoho().change("Contacts", id, Map.of("Email", "malformed-one@c9", BASIS, "Consent - Pending"));

        RunView run = bridge.complete("malformed");

        assertThat(statuses("malformed")).containsEntry(email("malformed-one"), "unsub");
        assertThat(run.ignored()).containsEntry("invalid-pattern", 1L);
    }

    @Test
    @DisplayName(
            "B12: a run that follows a plan removes the people that the preview showed as leaving for lost consent")
    void planned() {
        consenting("plan");
        bridge.zoho().forward("PT-1H");
        String id = contact("plan-one", "plan", OBTAINED);
        bridge.zoho().forward("PT1H");
        bridge.complete("plan");
        says(id, "Consent - Pending");
        var operations = bridge.operations();
        String preview = operations.startPreview("plan", false).preview();
        org.awaitility.Awaitility.await()
                .until(() -> operations.preview(preview).over());
        PlanHeader header = operations.planHeader(preview);
        PlanPage page = operations.plan(preview, "");
        assertThat(operations.previewLines(preview, "", false).people())
                .filteredOn(line -> "unsubscribe".equals(line.action()))
                .extracting(PreviewLine::person)
                .containsExactly(email("plan-one"));
        operations.endPreview(preview);
        String plan = operations.beginPlan(header).plan();
        operations.addToPlan(plan, page.lines());

        RunView run = bridge.end(operations.startPlan(plan).run());

        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(statuses("plan")).containsEntry(email("plan-one"), "unsub");
    }

    @Test
    @DisplayName(
            "B12: with returning: resubscribe a person who left for lost consent comes back once they have consented again")
    void consentsAgain() {
        consenting("again", "returning: resubscribe");
        String id = contact("again-one", "again", OBTAINED);
        bridge.complete("again");
        says(id, "Consent - Pending");
        bridge.complete("again");
        assertThat(statuses("again")).containsEntry(email("again-one"), "unsub");
        says(id, OBTAINED);

        bridge.complete("again");

        assertThat(statuses("again")).containsEntry(email("again-one"), "active");
    }

    @Test
    @DisplayName(
            "B12: a person whose record leaves the selection by the change that ends their consent leaves the list, even with unmatched: ignore")
    void lostByLeavingTheSelection() {
        bridge.files()
                .purpose("selected", "lawfulBasis: consent")
                .sync(
                        "selected",
                        "Contacts",
                        "select: {scope: criteria, conditions: [{field: Department, operator: equals, value: selected},"
                                + " {field: Data_Processing_Basis, operator: equals, value: Consent - Obtained}]}",
                        "consent: expressed",
                        "evidence: basis");
        bridge.reload();
        String pending = contact("selected-pending", "selected", OBTAINED);
        String moved = contact("selected-moved", "selected", OBTAINED);
        contact("selected-stays", "selected", OBTAINED);
        bridge.complete("selected");
        bridge.zoho().forward("PT2S");
        says(pending, "Consent - Pending");
        bridge.zoho().change("Contacts", moved, Map.of("Department", "other"));

        Bridge.Previewed preview = bridge.preview("selected", false);
        RunView run = bridge.complete("selected");

        assertThat(preview.lines())
                .filteredOn(line -> "unsubscribe".equals(line.action()))
                .extracting(PreviewLine::person)
                .containsExactly(email("selected-pending"));
        assertThat(statuses("selected"))
                .containsEntry(email("selected-pending"), "unsub")
                .containsEntry(email("selected-moved"), "active")
                .containsEntry(email("selected-stays"), "active");
        assertThat(run.ignored()).containsEntry("consent-withheld", 1L);
        long calls = bridge.zoho().calls("json/listunsubscribe");
        bridge.complete("selected");
        bridge.runInFull("selected");
        assertThat(bridge.zoho().calls("json/listunsubscribe")).isEqualTo(calls);
        assertThat(statuses("selected")).containsEntry(email("selected-moved"), "active");
    }

    @Test
    @DisplayName("B12: a person whose consent ends while their delivery waits is not subscribed")
    void endsWhileWaiting() {
        consenting("overdue", "evidence: details");
        Map<String, Object> details = new HashMap<>(details(true));
        details.put(
                "Data_Processing_Basis_Details",
                Map.of(
                        "Data_Processing_Basis",
                        "Obtained",
                        "Contact_Through_Email",
                        true,
                        "Consent_EndsOn",
                        "2099-12-31"));
        details.put("Department", "overdue");
        bridge.zoho().create("Contacts", Bridge.fields(email("overdue-one"), details));
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", java.time.Instant.now().plusSeconds(600), "a test");
        String run = bridge.begin("overdue");
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofMinutes(1))
                .until(() -> bridge.operations().run(run).state().equals("delivering"));
        bridge.runtime()
                .database()
                .change(handle -> handle.execute(
                        "update consent_end set ends_on = ? where sync = 'overdue'", LocalDate.of(2020, 1, 1)));
        bridge.runtime().components().outbox().backoff().succeeded("main");

        RunView view = bridge.end(run);

        assertThat(statuses("overdue")).isEmpty();
        assertThat(view.ignored()).containsEntry("consent-withheld", 1L);
    }
}
