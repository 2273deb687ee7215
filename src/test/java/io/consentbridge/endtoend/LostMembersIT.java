package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Our books and the lists agree: people who vanished from a list without a reason are delivered again. */
@EveryEngine
class LostMembersIT extends EveryEngineFixture {

    private static int names;

    private String list;
    private String anna;
    private String ben;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine));
    }

    @AfterEach
    void asItWas() {
        bridge.files().sync(list, "Leads", "state: inactive");
        bridge.reload();
    }

    private void begin(String... lines) {
        list = "lost" + names++;
        bridge.files().purpose(list).sync(list, "Leads", lines);
        bridge.reload();
        anna = bridge.zoho().create("Leads", Bridge.fields(email("anna"), Map.of("First_Name", "Anna")));
        ben = bridge.zoho().create("Leads", Bridge.fields(email("ben"), Map.of()));
        bridge.complete(list);
        daysPass();
        bridge.complete(list);
        secondsAreOver();
    }

    private String email(String name) {
        return name + "@" + list + ".example.com";
    }

    private String status(String name) {
        return bridge.zoho().statuses(list).get(email(name));
    }

    /** What we know of the list and its people becomes a day older. */
    private static void daysPass() {
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at", "missing_since");
        longerAgo(Duration.ofHours(25), "list_member", "missing_at", "delivered_at");
    }

    @Test
    @DisplayName(
            "A person who was purged without a refusal is delivered again with what Campaigns had of them, even if their record did not change; one reading that misses them is not enough (B72)")
    void purged() {
        begin();
        bridge.zoho().happens("purge", null, email("anna"));
        bridge.zoho().forgetCalls();

        RunView first = bridge.complete(list);
        assertThat(first.readded()).as("it may have been overlooked").isZero();
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
        assertThat(first.audience().missing()).isEqualTo(1);
        assertThat(bridge.operations().status().lists())
                .as("status tells it too")
                .filteredOn(found -> found.list().equals(list))
                .singleElement()
                .satisfies(found -> assertThat(found.missing()).isEqualTo(1));
        daysPass();
        RunView second = bridge.complete(list);

        assertThat(second.readded()).isEqualTo(1);
        assertThat(status("anna")).isEqualTo("active");
        assertThat(bridge.zoho().members(list))
                .filteredOn(member -> member.path("email").asText().equals(email("anna")))
                .allSatisfy(member -> assertThat(
                                member.path("fields").path("First Name").asText())
                        .isEqualTo("Anna"));
        daysPass();
        assertThat(bridge.complete(list).readded()).isZero();
    }

    @Test
    @DisplayName("A person who vanished and whose record changes meanwhile is added again at once (B72)")
    void changedMeanwhile() {
        begin();
        bridge.runtime().database().change(handle -> handle.execute("update source_record set settled = false"));
        bridge.zoho().happens("purge", null, email("anna"));
        bridge.zoho().change("Leads", anna, Map.of("First_Name", "Anne"));

        assertThat(bridge.complete(list).readded()).isEqualTo(1);
        assertThat(status("anna")).isEqualTo("active");
    }

    @Test
    @DisplayName("A person who vanished and refused, or whose record is now withheld, is not delivered again")
    void withReason() {
        begin("deleted: ignore");
        bridge.zoho().happens("purge", null, email("anna"));
        bridge.zoho().happens("purge", null, email("ben"));
        bridge.complete(list);
        bridge.zoho().create("Contacts", Bridge.fields(email("anna"), Map.of("Email_Opt_Out", true)));
        bridge.runtime()
                .database()
                .change(handle -> handle.createUpdate(
                                "update source_record set decision = 'withhold' where sync = :sync and record_id = :record")
                        .bind("sync", list)
                        .bind("record", ben)
                        .execute());
        daysPass();

        bridge.complete(list);

        assertThat(status("anna")).isNull();
        assertThat(status("ben")).isNull();
    }

    private static final String TOWN =
            "select: {scope: criteria, conditions: [{field: City, operator: equals, value: Bonn}]}";

    @Test
    @DisplayName(
            "A person who vanished is not delivered again if their record is deleted or left the selection before, even where nobody has to leave for that")
    void notSelectedAnyMore() {
        list = "lost" + names++;
        bridge.files().purpose(list).sync(list, "Leads", TOWN, "deleted: ignore");
        bridge.reload();
        anna = bridge.zoho().create("Leads", Bridge.fields(email("anna"), Map.of("City", "Bonn")));
        ben = bridge.zoho().create("Leads", Bridge.fields(email("ben"), Map.of("City", "Bonn")));
        bridge.zoho().create("Leads", Bridge.fields(email("cleo"), Map.of("City", "Bonn")));
        bridge.complete(list);
        daysPass();
        bridge.complete(list);
        secondsAreOver();
        bridge.zoho().forward("PT2S");
        bridge.zoho().change("Leads", anna, Map.of("City", "Rome"));
        bridge.zoho().delete("Leads", ben);
        bridge.complete(list);
        for (String name : List.of("anna", "ben", "cleo")) {
            bridge.zoho().happens("purge", null, email(name));
        }
        bridge.complete(list);
        daysPass();

        bridge.complete(list);

        assertThat(status("anna")).isNull();
        assertThat(status("ben")).isNull();
        assertThat(status("cleo")).isEqualTo("active");
        bridge.zoho().forgetCalls();
        bridge.complete(list);
        assertThat(bridge.zoho().callsOf("coql"))
                .as("their records are not asked for again")
                .noneMatch(call -> call.toString().contains(anna));
        bridge.zoho().change("Leads", anna, Map.of("City", "Bonn"));
        bridge.complete(list);
        assertThat(status("anna")).as("who is selected again is delivered").isEqualTo("active");
    }

    @Test
    @DisplayName("A person who vanished is delivered again by a contact's deal only while it is selected (B34)")
    void byDeal() {
        list = "lost" + names++;
        bridge.files()
                .purpose(list)
                .sync(
                        list,
                        "Contacts",
                        "select: {scope: criteria, conditions: [{field: Deals.Deal_Name, operator: equals, value: "
                                + list + "}]}");
        bridge.reload();
        anna = bridge.zoho().create("Contacts", Bridge.fields(email("anna"), Map.of()));
        ben = bridge.zoho().create("Contacts", Bridge.fields(email("ben"), Map.of()));
        String deal = bridge.zoho().create("Deals", deal(anna));
        bridge.zoho().create("Deals", deal(ben));
        bridge.complete(list);
        daysPass();
        bridge.complete(list);
        secondsAreOver();
        bridge.zoho().forward("PT2S");
        bridge.zoho().change("Deals", deal, Map.of("Deal_Name", "Other"));
        bridge.zoho().happens("purge", null, email("anna"));
        bridge.zoho().happens("purge", null, email("ben"));
        bridge.complete(list);
        daysPass();

        bridge.complete(list);

        assertThat(status("anna")).isNull();
        assertThat(status("ben")).isEqualTo("active");
    }

    private Map<String, Object> deal(String contact) {
        return Map.of("Deal_Name", list, "Stage", "Closed Won", "Contact_Name", Map.of("id", contact));
    }

    @Test
    @DisplayName("A deleted list is created again with everybody on it, even if no record changed")
    void listDeleted() {
        begin();
        int people = bridge.zoho().statuses(list).size();
        bridge.zoho().deleteList(list);

        RunView run = bridge.complete(list);

        assertThat(run.readded()).isEqualTo(people);
        assertThat(bridge.zoho().statuses(list)).hasSize(people).containsEntry(email("anna"), "active");
    }

    @Test
    @DisplayName("A preview shows who is delivered again")
    void foreseen() {
        begin();
        bridge.zoho().happens("purge", null, email("anna"));
        bridge.complete(list);
        daysPass();

        Bridge.Previewed preview = bridge.preview(list, false);

        assertThat(preview.lines())
                .anySatisfy(line -> assertThat(line.person() + " " + line.action() + " " + line.outcome())
                        .isEqualTo(email("anna") + " subscribe readded"));
        assertThat(status("anna")).isNull();
    }

    @Test
    @DisplayName("A person who complained of spam is listed nowhere, and is not delivered again")
    void complained() {
        begin();
        bridge.zoho().happens("complain", null, email("anna"));
        bridge.complete(list);
        daysPass();
        bridge.zoho().forgetCalls();

        assertThat(bridge.complete(list).audience().missing()).isEqualTo(1);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
        assertThat(status("anna")).isEqualTo("spam");
    }
}
