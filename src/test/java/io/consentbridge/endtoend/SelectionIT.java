package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import io.consentbridge.api.SelectionView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which records a sync takes: whole modules, conditions, days of creation. */
class SelectionIT extends SelectionFixture {

    @Test
    @DisplayName(
            "B18, B19, B97, B98, B111: a sync over all records reads all open leads, all contacts or a whole custom module, and no others")
    void wholeModules() {
        for (String module : List.of("Leads", "Contacts", "Memberships")) {
            String sync = "whole" + module;
            bridge.files().purpose(sync).sync(sync, module);
            bridge.reload();
            String email = sync.toLowerCase(Locale.ROOT) + "@c9.example.com";
            String name = module.equals("Memberships") ? "Name" : "Last_Name";
            bridge.zoho().create(module, Map.of(name, "Whole", "Email", email));
            if (module.equals("Leads")) {
                bridge.zoho().create(module, Map.of(name, "W", "Email", "wc@c9.example.com", "Converted__s", true));
            }
            bridge.complete(sync);
        }
        assertThat(on("wholeLeads"))
                .contains("wholeleads@c9.example.com")
                .doesNotContain("wc@c9.example.com", "wholecontacts@c9.example.com");
        assertThat(on("wholeContacts"))
                .contains("wholecontacts@c9.example.com")
                .doesNotContain("wholeleads@c9.example.com", "wholememberships@c9.example.com");
        assertThat(on("wholeMemberships")).contains("wholememberships@c9.example.com");
    }

    @Test
    @DisplayName("B101, B117: only the standard e-mail field counts, and a module without one cannot be synced")
    void standardAddress() {
        criteria("addressed", "Memberships", null, "{field: Club, operator: equals, value: Adr}");
        bridge.zoho()
                .create("Memberships", Map.of("Name", "S", "Club", "Adr", "Secondary_Email", "second@c9.example.com"));
        RunView run = bridge.complete("addressed");
        assertThat(run.total()).isEqualTo(1);
        assertThat(run.ignored().get("empty-email")).isEqualTo(1);

        bridge.files().purpose("projects").sync("projects", "Projects");
        bridge.reload();
        assertThat(bridge.run("projects").message()).contains("Projects has no Email field");
        bridge.files().sync("projects", "Memberships");
        bridge.reload();
    }

    @Test
    @DisplayName("B51: a person who opts in again is delivered, even if the record that refused is not selected")
    void optsInAgain() {
        criteria("returning", "Leads", null, "{field: City, operator: equals, value: Returnton}");
        String email = lead("returning", Map.of("City", "Returnton"));
        String other =
                bridge.zoho().create("Leads", Bridge.fields(email, Map.of("City", "Elsewhere", "Email_Opt_Out", true)));
        assertThat(bridge.complete("returning").ignored().get("opted-out")).isPositive();
        assertThat(on("returning")).doesNotContain(email);

        bridge.zoho().change("Leads", other, Map.of("Email_Opt_Out", false));
        bridge.runInFull("returning");

        assertThat(bridge.zoho().statuses("returning")).containsEntry(email, "active");
    }

    @Test
    @DisplayName(
            "B30: the worked example selects hospitality leads that are converted and large by one measure or the other")
    void workedExample() {
        String industry = "{field: Industry, operator: equals, value: Hospitality}";
        String status = "{field: Lead_Status, operator: equals, value: Converted}";
        String revenue = "{field: Annual_Revenue, operator: greater-than, value: 5000000}";
        String employees = "{field: No_of_Employees, operator: greater-than, value: 2000}";
        criteria("edited", "Leads", "((1 and 2) and (3 or 4))", industry, status, revenue, employees);
        criteria("unedited", "Leads", "1 and 2 and 3 or 4", industry, status, revenue, employees);
        Map<String, Object> small = Map.of(
                "Industry",
                "Hospitality",
                "Lead_Status",
                "Converted",
                "Annual_Revenue",
                5_000_000,
                "No_of_Employees",
                2000);
        String neither = lead("neither", small);
        String rich = lead(
                "rich", Map.of("Industry", "Hospitality", "Lead_Status", "Converted", "Annual_Revenue", 5_000_001));
        String large =
                lead("large", Map.of("Industry", "Hospitality", "Lead_Status", "Converted", "No_of_Employees", 2001));
        String open = lead(
                "open", Map.of("Industry", "Hospitality", "Lead_Status", "Contacted", "Annual_Revenue", 9_000_000));
        String retail =
                lead("retail", Map.of("Industry", "Retail", "Lead_Status", "Contacted", "No_of_Employees", 3000));

        bridge.complete("edited");
        bridge.complete("unedited");

        assertThat(on("edited")).contains(rich, large).doesNotContain(neither, open, retail);
        assertThat(on("unedited")).contains(rich, large, retail).doesNotContain(neither, open);
    }

    @Test
    @DisplayName("B21, B24: criteria run in the CRM, and a second run costs the same as without them")
    void inTheCrm() {
        criteria("queried", "Leads", null, "{field: City, operator: equals, value: \"Bad O'Hausen\"}");
        String in = lead("in", Map.of("City", "Bad O'Hausen"));
        lead("out", Map.of("City", "Bad Hausen"));
        bridge.zoho().forgetCalls();

        RunView first = bridge.complete("queried");
        assertThat(first.total()).isEqualTo(1);
        assertThat(on("queried")).containsExactly(in);
        assertThat(bridge.complete("queried").calls().crm())
                .as("three sweeps, one page, deletions")
                .isEqualTo(5);
    }

    @Test
    @DisplayName("B21: only conditions that a query cannot express are evaluated here, and the rest stays in the query")
    void partlyHere() {
        criteria(
                "partly",
                "Leads",
                null,
                "{field: City, operator: equals, value: Partlyton}",
                "{field: Description, operator: contains, value: \"50% off\"}",
                "{field: Company, operator: starts-with, value: \"100%_\"}");
        String in = lead(
                "partlyIn",
                Map.of("City", "Partlyton", "Description", "Asked\nfor 50% OFF", "Company", "100%_Organic"));
        lead("partlyOut", Map.of("City", "Partlyton", "Description", "Asked for 50", "Company", "100%_Organic"));
        lead("partlyElse", Map.of("City", "Partlyton", "Description", "50% off", "Company", "100 Organic"));

        RunView run = bridge.complete("partly");

        assertThat(on("partly")).containsExactly(in);
        assertThat(run.total()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B45: only records created on the days of the range are selected, in the connection's zone, borders included")
    void createdInRange() {
        bridge.files().set("ZOHO_MAIN_TIME_ZONE", "Europe/Berlin");
        bridge.reopen();
        select("created", "Memberships", "{scope: all, created: {from: 2026-03-28, to: 2026-03-29}}");
        select("createdSince", "Memberships", "{scope: all, created: {from: 2026-03-30}}");
        Map<String, String> times = Map.of(
                "before", "2026-03-27T23:59:59+01:00",
                "first", "2026-03-28T00:00:00+01:00",
                "last", "2026-03-29T23:59:59+02:00",
                "after", "2026-03-30T00:00:00+02:00");
        times.forEach((name, time) -> bridge.zoho()
                .create("Memberships", Map.of("Name", name, "Email", name + "@c9.example.com", "Created_Time", time)));

        bridge.complete("created");
        bridge.complete("createdSince");

        assertThat(on("created")).containsExactlyInAnyOrder("first@c9.example.com", "last@c9.example.com");
        assertThat(on("createdSince"))
                .contains("after@c9.example.com")
                .doesNotContain("last@c9.example.com", "first@c9.example.com");
    }

    @Test
    @DisplayName("An edited selection applies to records that did not change since")
    void editedSelection() {
        String one = lead("editOne", Map.of("City", "Editon"));
        String two = lead("editTwo", Map.of("City", "Editville"));
        criteria("edits", "Leads", null, "{field: City, operator: equals, value: Editon}");
        bridge.complete("edits");
        assertThat(on("edits")).containsExactly(one);

        criteria("edits", "Leads", null, "{field: City, operator: in, value: [Editon, Editville]}");
        RunView run = bridge.complete("edits");

        assertThat(on("edits")).containsExactlyInAnyOrder(one, two);
        assertThat(run.added()).isEqualTo(1);
        assertThat(run.updated()).isZero();
    }

    @Test
    @DisplayName(
            "B47, B52: a person who leaves the selection by opting out, or who is deleted, leaves the list as before")
    void leavers() {
        criteria(
                "leaving",
                "Leads",
                null,
                "{field: City, operator: equals, value: Leaveton}",
                "{field: Email_Opt_Out, operator: equals, value: false}");
        String outs = bridge.zoho().create("Leads", Bridge.fields("outs@c9.example.com", Map.of("City", "Leaveton")));
        String gone = bridge.zoho().create("Leads", Bridge.fields("gone@c9.example.com", Map.of("City", "Leaveton")));
        bridge.complete("leaving");
        assertThat(bridge.zoho().statuses("leaving").values()).containsOnly("active");

        bridge.zoho().change("Leads", outs, Map.of("Email_Opt_Out", true));
        bridge.zoho().delete("Leads", gone);
        RunView run = bridge.complete("leaving");

        assertThat(bridge.zoho().statuses("leaving"))
                .containsEntry("outs@c9.example.com", "unsub")
                .containsEntry("gone@c9.example.com", "unsub");
        assertThat(run.deleted()).isEqualTo(1);
        assertThat(run.ignored().get("opted-out")).isEqualTo(1);
        assertThat(bridge.complete("leaving").total()).isZero();
    }

    @Test
    @DisplayName("B31: a condition that does not fit the module fails the run, and check names its line")
    void unfitCondition() {
        criteria("unfit", "Leads", null, "{field: Industry, operator: equals, value: Hospitalty}");

        RunView run = bridge.run("unfit");

        assertThat(run.message())
                .isEqualTo(
                        "condition 1, Industry equals Hospitalty: Industry has no choice \"Hospitalty\". Did you mean"
                                + " Hospitality?");
        assertThat(bridge.operations().check().problems().toString()).contains("Did you mean Hospitality?");
        bridge.files().sync("unfit", "Leads");
        bridge.reload();
    }

    @Test
    @DisplayName(
            "B29: sync show spells the pattern out, says where each condition is evaluated, and warns of a mixture")
    void shown() {
        criteria(
                "shown",
                "Leads",
                "1 or 2 and 3",
                "{field: City, operator: equals, value: New York}",
                "{field: Rating, operator: is-empty}",
                "{field: Description, operator: contains, value: fair}");

        SelectionView shown = bridge.operations().sync("shown").settings().selection();

        assertThat(shown.pattern())
                .isEqualTo("((City equals \"New York\" or Rating is-empty) and Description contains fair)");
        assertThat(shown.warnings()).singleElement().asString().contains("as ((1 or 2) and 3)");
        assertThat(shown.conditions()).extracting(SelectionView.Part::evaluated).containsExactly("crm", "crm", "here");
        assertThat(shown.conditions().get(2).because()).isEqualTo("queries cannot compare multi-line text");
        bridge.files().sync("shown", "Leads");
        bridge.reload();
    }

    @Test
    @DisplayName("B31: a future date that has come is found, even if the record did not change")
    void dayArrives() {
        criteria("daily", "Memberships", null, "{field: Member_Since, operator: in-last-days, value: 30}");
        bridge.zoho()
                .create(
                        "Memberships",
                        Map.of("Name", "D", "Email", "ahead@c9.example.com", "Member_Since", "2999-01-01"));
        bridge.zoho()
                .create(
                        "Memberships",
                        Map.of(
                                "Name", "E",
                                "Email", "now@c9.example.com",
                                "Member_Since",
                                        java.time.LocalDate.now(java.time.ZoneId.of("UTC"))
                                                .minusDays(2)
                                                .toString()));

        bridge.complete("daily");
        bridge.zoho().forgetCalls();
        bridge.complete("daily");

        assertThat(on("daily")).contains("now@c9.example.com").doesNotContain("ahead@c9.example.com");
        assertThat(bridge.zoho().calls("POST /crm/v8/coql"))
                .as("two sweeps and own are three, arrived days one")
                .isGreaterThan(3);
    }
}
