package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.api.CheckView;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RunView;
import io.consentbridge.api.RuntimeOperations;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.zoho.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What stands in the CRM stands in Campaigns, read back from there. */
class MappingIT extends BridgeFixture {

    private static final String CREATE_FIELD = "custom/add";
    private static final String ALL_FIELDS = "contact/allfields";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                20,
                files -> files.set("ZOHO_MAIN_TIME_ZONE", "Europe/Berlin")
                        .letters("kinds", "Memberships")
                        .sync(
                                "kinds",
                                "Memberships",
                                "mapping: {Handicap: Handicap, Discount: Discount, Honorary: Honorary, Renewed: Renewed_At,"
                                        + " Since: Member_Since, Payment: Payment, Interests: Interests, Remarks: Remarks,"
                                        + " Years: Years, Company Name: Club, Industry: Sponsor.Industry, Adviser: Owner}",
                                "createFields: true")
                        .letters("accounts", "Contacts")
                        .sync(
                                "accounts",
                                "Contacts",
                                "mapping: {Company Name: Account_Name.Account_Name, Industry: Account_Name.Industry}",
                                "updateEmptyValues: true")
                        .letters("erasing", "Leads")
                        .sync(
                                "erasing",
                                "Leads",
                                "mapping: {Company Name: Company, Phone: Phone}",
                                "updateEmptyValues: true")
                        .letters("keeping", "Leads")
                        .sync("keeping", "Leads", "mapping: {Company Name: Company, Phone: Phone}")
                        .letters("refused", "Memberships")
                        .sync(
                                "refused",
                                "Memberships",
                                "mapping: {A: Papers, B: Sponsor, C: Guides, D: Payments, Nr 5: Photos}")
                        .letters("full", "Leads")
                        .sync("full", "Leads", "mapping: {Shoe Size: No_of_Employees}", "createFields: true")
                        .letters("twice", "Leads")
                        .sync("twice", "Leads", "mapping: {Twice: No_of_Employees}", "createFields: true")
                        .letters("unnameable", "Leads")
                        .sync("unnameable", "Leads", "mapping: {Größe: No_of_Employees, phone: Phone}")
                        .letters("misspelt", "Leads")
                        .sync("misspelt", "Leads", "mapping: {Compny Name: Company, Shoe Sise: No_of_Employees}")
                        .letters("plain", "Leads")
                        .letters("growing", "Memberships")
                        .sync("growing", "Memberships", "mapping: {Company Name: Club}")
                        .letters("templated", "Leads")
                        .write(
                                "config/mappings/standard.yaml",
                                "name: standard\nmapping:\n  Company Name: Company\n  Industry: Industry\n")
                        .sync("templated", "Leads", "mapping: {template: standard, Industry: Rating}"));
    }

    @Test
    @DisplayName("B118: every kind of value keeps its meaning in Campaigns, and created fields have the right type")
    void everyKind() {
        String account = bridge.zoho().create("Accounts", Map.of("Account_Name", "Zylker", "Industry", "Software"));
        Map<String, Object> values = new HashMap<>();
        values.put("Name", "M");
        values.put("Email", "kinds@c4.example.com");
        values.put("First_Name", "\"José\" & Søn + 100 %");
        values.put("Last_Name", "שלום عالم");
        values.put("Handicap", 1234567.125);
        values.put("Discount", 0);
        values.put("Honorary", false);
        values.put("Renewed_At", "2026-01-31T23:30:00-08:00");
        values.put("Member_Since", "2026-02-28");
        values.put("Payment", "D");
        values.put("Interests", List.of("Golf", "S"));
        values.put("Remarks", "Dear 👩‍👩‍👧‍👦,\r\n\"welcome\" = {a: 'b'} \\ \u0000\ttab");
        values.put("Years", 0.5);
        values.put("Club", "x".repeat(99) + "🇩🇪!");
        values.put("Sponsor", Map.of("id", account));
        bridge.zoho().forgetCalls();
        bridge.zoho().create("Memberships", values);

        RunView run = bridge.complete("kinds");

        assertThat(fields("kinds", "kinds@c4.example.com"))
                .containsOnly(
                        entry("First Name", "\"José\" & Søn + 100 %"),
                        entry("Last Name", "שלום عالم"),
                        entry("Handicap", "1234567.125"),
                        entry("Discount", "0"),
                        entry("Honorary", "false"),
                        entry("Renewed", "2026-02-01T08:30:00+01:00"),
                        entry("Since", "2026-02-28"),
                        entry("Payment", "Direct debit"),
                        entry("Interests", "Golf;Sailing"),
                        entry("Remarks", "Dear 👩‍👩‍👧‍👦,\n\"welcome\" = {a: 'b'} \\ \ttab"),
                        entry("Years", "0.5"),
                        entry("Company Name", "x".repeat(99)),
                        entry("Industry", "Software"),
                        entry("Adviser", "Pat Bell"));
        assertThat(details(run.run()))
                .as("the history tells what was cut, without the words")
                .anySatisfy(detail -> assertThat(detail).endsWith("Company Name: cut from 102 to 99 characters"));
        assertThat(created())
                .containsOnly(
                        entry("Handicap", "Decimal"),
                        entry("Discount", "Percent"),
                        entry("Honorary", "Checkbox"),
                        entry("Renewed", "DateTime"),
                        entry("Since", "Date"),
                        entry("Payment", "Text"),
                        entry("Interests", "textarea"),
                        entry("Remarks", "textarea"),
                        entry("Years", "Decimal"),
                        entry("Adviser", "Text"));

        bridge.zoho().forgetCalls();
        bridge.reopen();
        bridge.complete("kinds");
        assertThat(bridge.zoho().calls(CREATE_FIELD)).as("created once").isZero();
        assertThat(bridge.zoho().calls(ALL_FIELDS)).isEqualTo(1);
        bridge.complete("kinds");
        assertThat(bridge.zoho().calls(ALL_FIELDS)).as("known for an hour").isEqualTo(1);
    }

    @Test
    @DisplayName("B36: account fields reach contacts, and a person who loses the account loses them too (B115)")
    void accountFields() {
        String account = bridge.zoho().create("Accounts", Map.of("Account_Name", "Hotel X", "Industry", "Hospitality"));
        String with = bridge.newcomer("Contacts", Map.of("Account_Name", Map.of("id", account)));
        String without = bridge.newcomer("Contacts", Map.of());

        bridge.complete("accounts");

        assertThat(fields("accounts", with))
                .containsEntry("Industry", "Hospitality")
                .containsEntry("Company Name", "Hotel X");
        assertThat(fields("accounts", without)).containsEntry("Industry", "").containsEntry("Company Name", "");
    }

    @Test
    @DisplayName("B115: a value erased in the CRM is erased in Campaigns where the sync says so, and kept where not")
    void erasedValues() {
        String erased = "erased@c4.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(erased, Map.of("Company", "Old", "Phone", "1")));
        bridge.complete("keeping");
        assertThat(fields("keeping", erased)).containsEntry("Phone", "1");

        Map<String, Object> nothing = new HashMap<>();
        nothing.put("Phone", null);
        bridge.zoho().change("Leads", id, nothing);
        bridge.complete("keeping");
        assertThat(fields("keeping", erased)).containsEntry("Phone", "1").containsEntry("Company Name", "Old");

        bridge.complete("erasing");
        assertThat(fields("erasing", erased)).containsEntry("Phone", "").containsEntry("Company Name", "Old");
    }

    @Test
    @DisplayName("B115: an erased value that Campaigns must keep costs no call, and neither does an unchanged one")
    void erasedForNothing() {
        String email = "fornothing@c4.example.com";
        String id = bridge.zoho().create("Leads", Bridge.fields(email, Map.of("Company", "Old", "Phone", "1")));
        bridge.complete("keeping");

        RunView erased = keeping(id, "Phone", null);
        assertThat(erased.duplicate()).isPositive();
        assertThat(erased.updated()).isZero();
        assertThat(subscribed(email)).isZero();
        bridge.runInFull("keeping");
        assertThat(subscribed(email)).as("nor in full").isZero();
        keeping(id, "Company", "New");
        assertThat(subscribed(email)).as("another field changed").isEqualTo(1);
        keeping(id, "Phone", "1");
        assertThat(subscribed(email)).as("as it was before").isZero();
        assertThat(keeping(id, "Phone", "2").updated()).isEqualTo(1);
        assertThat(subscribed(email)).isEqualTo(1);
        assertThat(fields("keeping", email)).containsEntry("Phone", "2").containsEntry("Company Name", "New");
        keeping(id, "Phone", "1");
        assertThat(subscribed(email)).as("back to what it was first").isEqualTo(1);
        assertThat(fields("keeping", email)).containsEntry("Phone", "1");
    }

    private static RunView keeping(String id, String field, String value) {
        Map<String, Object> change = new HashMap<>();
        change.put(field, value);
        bridge.zoho().change("Leads", id, change);
        bridge.zoho().forgetCalls();
        return bridge.complete("keeping");
    }

    @Test
    @DisplayName(
            "B119: a run refuses the fields that cannot be mapped, each by name with its reason, before it reads anybody")
    void refusedByTheRun() {
        bridge.zoho().forgetCalls();

        RunView run = bridge.run("refused");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .contains(
                        "Papers cannot be mapped: a file upload cannot be mapped",
                        "Sponsor cannot be mapped: a lookup cannot be mapped",
                        "Guides cannot be mapped: a multi-user lookup cannot be mapped",
                        "Payments cannot be mapped: a subform cannot be mapped",
                        "Photos cannot be mapped: an image upload cannot be mapped");
        assertThat(bridge.zoho().calls("coql") + bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName(
            "B37, B119: check says which field cannot be mapped or created, in its own file and line, and creates none")
    void check() {
        bridge.zoho().forgetCalls();

        CheckView check = bridge.operations().check();

        assertThat(check.problems().stream().map(problem -> problem.text()).toList())
                .anySatisfy(text -> assertThat(text).contains("refused.yaml:3: Papers cannot be mapped: a file upload"))
                .anySatisfy(text -> assertThat(text).contains("unnameable.yaml:3: Campaigns has no field \"Größe\""))
                .anySatisfy(text -> assertThat(text)
                        .contains("unnameable.yaml:3: Campaigns writes the field \"phone\" as \"Phone\""));
        assertThat(check.checked())
                .contains(
                        "sync full: Campaigns has no field \"Shoe Size\" yet; the next run creates it, of type Integer");
        assertThat(bridge.zoho().calls(CREATE_FIELD)).isZero();
        assertThat(bridge.run("unnameable").message()).contains("Größe", "as \"Phone\"");
    }

    @Test
    @DisplayName("B37: a run says that Campaigns accepts no further field, and sends nobody without it")
    void noRoomForAField() {
        bridge.zoho().fault(Map.of("method", CREATE_FIELD, "kind", "code", "code", "914", "times", 0));
        bridge.zoho().forgetCalls();

        RunView run = bridge.run("full");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("has reached its limit of contact fields (914)", "Shoe Size");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName("B37: a field that another process creates meanwhile is used as it is")
    void createdByAnother() {
        try (Runtime other = bridge.start()) {
            other.components().campaigns().fields().names(connection(other), null);
            bridge.complete("twice");
            bridge.zoho().forgetCalls();

            Operations there = new RuntimeOperations(other, Clock.systemDefaultZone());
            RunView run = bridge.end(there.startRun("twice", false).run());

            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(bridge.zoho().calls(CREATE_FIELD))
                    .as("what it knew was older")
                    .isEqualTo(1);
            assertThat(other.components().campaigns().fields().names(connection(other), null))
                    .contains("Twice");
        }
    }

    @Test
    @DisplayName(
            "B120, B64: a newly mapped field reaches people who change, and synced people only through a full run; sync show says that it waits for one")
    void newlyMapped() {
        // What is of the last seconds is read again in any case (SettledWindow); so this is of some time ago.
        bridge.zoho().forward("PT-10M");
        Map<String, Object> more = Map.of("Name", "M", "Club", "Zylker", "Level", "Gold");
        String unchanged = bridge.newcomer("Memberships", more);
        String changing = "growing@c4.example.com";
        String id = bridge.zoho().create("Memberships", Bridge.fields(changing, more));
        bridge.zoho().forward("PT5M");
        RunView first = bridge.complete("growing");
        bridge.complete("growing");
        assertThat(waiting()).isEmpty();

        bridge.files()
                .sync(
                        "growing",
                        "Memberships",
                        "mapping: {Company Name: Club, Grade: Level}",
                        "createFields: true",
                        "updateEmptyValues: true");
        bridge.reload();
        assertThat(waiting()).containsExactly("Grade", "updateEmptyValues");
        bridge.zoho().change("Memberships", id, Map.of("Club", "Zylker II"));
        bridge.zoho().forward("PT5M");
        bridge.zoho().forgetCalls();
        bridge.complete("growing");
        assertThat(subscribed(changing)).isEqualTo(1);
        assertThat(subscribed(unchanged))
                .as("a run spends no call on who has not changed")
                .isZero();
        assertThat(fields("growing", changing)).containsEntry("Grade", "Gold");
        assertThat(fields("growing", unchanged)).doesNotContainKey("Grade");
        bridge.reopen();
        assertThat(waiting()).as("it still waits after a restart").containsExactly("Grade", "updateEmptyValues");

        bridge.zoho().forgetCalls();
        bridge.runInFull("growing");
        assertThat(waiting()).isEmpty();
        assertThat(fields("growing", unchanged)).containsEntry("Grade", "Gold");
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isPositive().isLessThanOrEqualTo(first.added());

        bridge.zoho().forgetCalls();
        bridge.runInFull("growing");
        assertThat(bridge.zoho().calls(SUBSCRIBE))
                .as("nothing is new to anybody")
                .isZero();

        bridge.files().sync("growing", "Memberships", "mapping: {Company Name: Level}");
        bridge.reload();
        assertThat(waiting()).as("filled from elsewhere").containsExactly("Company Name");
    }

    private static long subscribed(String email) {
        return bridge.zoho().callsOf(SUBSCRIBE).stream()
                .filter(call -> call.path("params").path("contactinfo").asText().contains(email))
                .count();
    }

    private static List<String> waiting() {
        return bridge.operations().sync("growing").waitsForFullRun();
    }

    @Test
    @DisplayName(
            "B36: a Campaigns field that a mapping misspells is not created; check and the run name the one that was meant")
    void misspelt() {
        bridge.zoho().forgetCalls();

        RunView run = bridge.run("misspelt");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .contains(
                        "Campaigns has no field \"Compny Name\". Did you mean \"Company Name\"?", "createFields: true")
                .contains("Campaigns has no field \"Shoe Sise\". ");
        assertThat(bridge.zoho().calls("custom/add")).isZero();
        assertThat(bridge.operations().check().problems())
                .anySatisfy(problem -> assertThat(problem.text())
                        .contains("syncs/misspelt.yaml", "\"Compny Name\"", "Did you mean \"Company Name\"?"));
    }

    @Test
    @DisplayName("B35, B38: only the names arrive without a mapping, and no call reads the fields of Campaigns")
    void withoutMapping() {
        String email = bridge.newcomer("Leads", Map.of("First_Name", "Jane", "Company", "Zylker"));
        bridge.zoho().forgetCalls();

        bridge.complete("plain");

        assertThat(fields("plain", email)).contains(entry("First Name", "Jane"), entry("Last Name", "Doe"));
        assertThat(bridge.zoho().calls(ALL_FIELDS)).isZero();
    }

    @Test
    @DisplayName(
            "B38, B64: a mapping template is shared, a sync's own entries override it, and reload applies a changed one")
    void template() {
        String email = bridge.newcomer("Leads", Map.of("Company", "Zylker", "Industry", "Retail", "Rating", "Active"));
        bridge.complete("templated");
        assertThat(fields("templated", email)).contains(entry("Company Name", "Zylker"), entry("Industry", "Active"));

        bridge.files()
                .write("config/mappings/standard.yaml", "name: standard\nmapping:\n  City: City\n  No: Nothing\n");
        assertThat(bridge.operations().check().problems().stream()
                        .map(problem -> problem.text())
                        .filter(text -> text.contains("Nothing")))
                .hasSize(1)
                .allSatisfy(text -> assertThat(text).contains("mappings/standard.yaml:4: Leads has no field Nothing"));
        bridge.files().write("config/mappings/standard.yaml", "name: standard\nmapping:\n  City: City\n");
        assertThat(bridge.operations().reload().changes()).contains("sync templated: changed");
        String later = bridge.newcomer("Leads", Map.of("Company", "Zylker", "City", "Ulm"));
        bridge.complete("templated");
        assertThat(fields("templated", later))
                .containsEntry("City", "Ulm")
                .doesNotContainEntry("Company Name", "Zylker");
    }

    private static Connection connection(Runtime runtime) {
        return runtime.configuration().settings().connections().get("main");
    }

    private static Map<String, String> fields(String list, String email) {
        Map<String, String> fields = new TreeMap<>();
        for (JsonNode member : bridge.zoho().members(list)) {
            if (member.path("email").asText().equals(email)) {
                member.path("fields")
                        .properties()
                        .forEach(field ->
                                fields.put(field.getKey(), field.getValue().asText()));
            }
        }
        return fields;
    }

    private static Map<String, String> created() {
        Map<String, String> created = new HashMap<>();
        for (JsonNode call : bridge.zoho().callsOf(CREATE_FIELD)) {
            created.put(
                    call.path("params").path("fieldname").asText(),
                    call.path("params").path("fieldtype").asText());
        }
        return created;
    }

    private static List<String> details(String run) {
        return bridge.runtime()
                .database()
                .query(handle -> new ArrayList<>(handle.createQuery("""
                        select coalesce(o.detail, k.why) from outcome o join outcome_kind k on k.id = o.kind
                        join run_number n on n.id = o.run
                        where n.run_id = :run and (o.detail is not null or k.why <> '')
                        """)
                        .bind("run", run)
                        .mapTo(String.class)
                        .list()));
    }
}
