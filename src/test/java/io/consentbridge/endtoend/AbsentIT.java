package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.Problem;
import io.consentbridge.api.RunView;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Absent is not "no": fields and modules that carry refusals are there and are read, or nobody is delivered. */
class AbsentIT {

    private Bridge bridge;

    @BeforeEach
    void open() {
        bridge = Bridge.open(10, files -> files.letters("news", "Leads").letters("members", "Memberships"));
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private String somebody() {
        return bridge.newcomer("Leads", Map.of());
    }

    private void delivered() {
        String email = somebody();
        bridge.complete("news");
        assertThat(bridge.zoho().statuses("news")).containsEntry(email, "active");
    }

    private RunView stopped(String sync) {
        RunView run = bridge.run(sync);
        assertThat(run.state()).as(run.message()).isEqualTo("failed");
        assertThat(bridge.zoho().callsOf("json/listsubscribe")).isEmpty();
        return run;
    }

    @ParameterizedTest(name = "{0}.{1}")
    @CsvSource({
        "Leads, Email_Opt_Out",
        "Leads, Unsubscribed_Time",
        "Leads, Data_Processing_Basis",
        "Contacts, Email",
        "Contacts, Email_Opt_Out",
        "Contacts, Unsubscribed_Time",
        "Contacts, Data_Processing_Basis"
    })
    @DisplayName(
            "B51: a field that carries refusals and is hidden from the credential stops every sync of the connection before"
                    + " the first delivery, with field, module and remedy, and check finds it")
    void hidden(String module, String field) {
        somebody();
        bridge.zoho().hide(module, field);

        for (String sync : new String[] {"news", "members"}) {
            assertThat(stopped(sync).message())
                    .contains(module + " has no field " + field, "profile", "zoho.main.without-modules");
        }
        assertThat(bridge.operations().check().problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains(module + " has no field " + field));

        bridge.zoho().show(module, field);
        delivered();
    }

    @ParameterizedTest(name = "{0}.{1}")
    @CsvSource({"Leads, Email_Opt_Out", "Contacts, Unsubscribed_Time", "Memberships, Email_Opt_Out"})
    @DisplayName("B51: a field that is hidden after it was seen stops the next run, which still expects it")
    void hiddenLater(String module, String field) {
        somebody();
        bridge.complete("news");
        bridge.zoho().hide(module, field);
        somebody();
        bridge.zoho().forgetCalls();

        assertThat(stopped("news").message()).contains(module, field);
    }

    @ParameterizedTest(name = "{0}.{1}")
    @CsvSource({
        "Leads, Email_Opt_Out",
        "Leads, Unsubscribed_Time",
        "Leads, Data_Processing_Basis",
        "Contacts, Email_Opt_Out",
        "Memberships, Data_Processing_Basis"
    })
    @DisplayName("B51: a record without a requested field does not count as willing: its page is at fault")
    void hiddenInRecords(String module, String field) {
        somebody();
        String name = module.equals("Memberships") ? "Name" : "Last_Name";
        bridge.zoho().create(module, Map.of(name, "Doe", "Email", "out@c1.example.com", "Email_Opt_Out", true));
        bridge.zoho().hideInRecords(module, field);

        assertThat(stopped("news").message()).contains(module, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Contacts", "Memberships"})
    @DisplayName("B51: a module of people that may not be read stops the connection, unless the settings name it")
    void closed(String module) {
        somebody();
        bridge.zoho().closed(module, true);

        assertThat(stopped("news").message()).contains(module, "zoho.main.without-modules");
        assertThat(bridge.operations().check().problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains(module) && message.contains("zoho.main.without-modules"));

        bridge.files().set("ZOHO_MAIN_WITHOUT_MODULES", module);
        bridge.reopen();
        delivered();
    }

    @Test
    @DisplayName("B51: a module that is closed after it was swept stops the next run")
    void closedLater() {
        somebody();
        bridge.complete("news");
        bridge.zoho().closed("Memberships", true);
        somebody();
        bridge.zoho().forgetCalls();

        assertThat(stopped("news").message()).contains("Memberships");
    }

    @Test
    @DisplayName(
            "B51: nobody is delivered where the list of modules cannot be read, unless the settings say that no other module has people")
    void noList() {
        somebody();
        bridge.zoho()
                .fault(Map.of(
                        "method",
                        "settings/modules",
                        "kind",
                        "code",
                        "code",
                        "OAUTH_SCOPE_MISMATCH",
                        "status",
                        401,
                        "times",
                        0));

        assertThat(stopped("news").message()).contains("ZohoCRM.settings.modules.READ", "zoho.main.without-modules");

        bridge.files().set("ZOHO_MAIN_WITHOUT_MODULES", "*");
        bridge.reopen();
        delivered();
    }

    @Test
    @DisplayName(
            "B52: a member who opts out in a custom module leaves with the next run of another module, and nobody else"
                    + " of that address is delivered")
    void customModule() {
        String email = somebody();
        bridge.complete("news");
        String other = "other-" + UUID.randomUUID().toString().substring(0, 8) + "@c1.example.com";
        bridge.zoho().create("Memberships", Map.of("Name", "M", "Email", email, "Email_Opt_Out", true));
        bridge.zoho().create("Memberships", Map.of("Name", "M", "Email", other, "Email_Opt_Out", true));
        bridge.zoho().create("Leads", Bridge.fields(other, Map.of()));

        bridge.complete("news");

        assertThat(bridge.zoho().statuses("news")).containsEntry(email, "unsub").doesNotContainKey(other);
    }

    @Test
    @DisplayName("B51: without privacy settings no module needs a basis; a module that had one before still does")
    void privacyOff() {
        bridge.zoho().privacySettings(false);
        bridge.zoho().hide("Contacts", "Data_Processing_Basis");
        somebody();
        delivered();

        bridge.zoho().hide("Leads", "Data_Processing_Basis");
        bridge.reopen();
        somebody();
        bridge.zoho().forgetCalls();
        assertThat(stopped("news").message()).contains("Leads has no field Data_Processing_Basis");

        bridge.files().set("ZOHO_MAIN_WITHOUT_MODULES", "Leads.Data_Processing_Basis");
        bridge.reopen();
        delivered();
    }

    @Test
    @DisplayName("A second run on one day requests neither the modules nor the organisation again")
    void quiet() {
        somebody();
        bridge.complete("news");
        bridge.reopen();
        bridge.zoho().forgetCalls();

        bridge.complete("news");

        assertThat(bridge.zoho().callsOf("settings/modules")).isEmpty();
        assertThat(bridge.zoho().callsOf("/org")).isEmpty();
        assertThat(bridge.zoho().crmCalls()).isLessThanOrEqualTo(7);
    }

    @Test
    @DisplayName(
            "B51: a field that becomes visible is read for everybody, including unchanged people who refused by it before")
    void becomesVisible() {
        bridge.zoho().privacySettings(false);
        bridge.zoho().hide("Leads", "Data_Processing_Basis");
        bridge.zoho().hide("Contacts", "Data_Processing_Basis");
        bridge.complete("news");
        bridge.zoho().forward("PT-1H");
        String email = bridge.newcomer("Leads", Map.of("Data_Processing_Basis", "Stop Processing"));
        bridge.zoho().forward("PT1H");
        bridge.runInFull("news");
        assertThat(bridge.zoho().statuses("news")).containsEntry(email, "active");

        bridge.zoho().show("Leads", "Data_Processing_Basis");
        bridge.reopen();
        bridge.complete("news");

        assertThat(bridge.zoho().statuses("news")).containsEntry(email, "unsub");
    }

    @ParameterizedTest(name = "{0}.{1} by {2}")
    @CsvSource({
        "Leads, Email_Opt_Out, privacy",
        "Leads, Email_Opt_Out, hipaa",
        "Leads, Email, hipaa",
        "Contacts, Unsubscribed_Time, privacy",
        "Contacts, Data_Processing_Basis, hipaa",
        "Memberships, Email_Opt_Out, privacy",
        "Memberships, Email, hipaa"
    })
    @DisplayName(
            "B51: a field of refusals whose values privacy settings keep from the API counts as absent: it stops every sync of"
                    + " the connection, check finds it, and everything goes on once it can be read")
    void restricted(String module, String field, String by) {
        somebody();
        bridge.zoho().restrict(module, field, by);

        for (String sync : new String[] {"news", "members"}) {
            assertThat(stopped(sync).message())
                    .contains("privacy settings", module + "." + field, "GDPR", "zoho.main.without-modules");
        }
        assertThat(bridge.operations().check().problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains(module + "." + field) && message.contains("privacy settings"));

        bridge.zoho().show(module, field);
        delivered();
    }

    @ParameterizedTest(name = "{0}.{1}")
    @CsvSource({"Leads, Email_Opt_Out", "Contacts, Unsubscribed_Time", "Memberships, Email_Opt_Out"})
    @DisplayName("B51: a field that is restricted after its metadata were read frees nobody who refused by it before")
    void restrictedLater(String module, String field) {
        String email = somebody();
        String name = module.equals("Memberships") ? "Name" : "Last_Name";
        String id = bridge.zoho()
                .create(
                        module,
                        Map.of(
                                name,
                                "Doe",
                                "Email",
                                email,
                                field,
                                field.equals("Email_Opt_Out") ? true : "2026-06-01T10:00:00Z"));
        bridge.complete("news");
        assertThat(bridge.zoho().statuses("news")).doesNotContainKey(email);

        bridge.zoho().restrict(module, field, "privacy");
        bridge.zoho().change(module, id, Map.of(name, "Doe-Moe"));
        bridge.zoho().forgetCalls();

        assertThat(stopped("news").message()).contains(module + "." + field);
        bridge.zoho().show(module, field);
        bridge.runInFull("news");
        assertThat(bridge.zoho().statuses("news")).doesNotContainKey(email);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Leads", "Memberships"})
    @DisplayName("B51: a page of many records without any opt-out value does not count as a page of willing people")
    void restrictedSilently(String module) {
        somebody();
        bridge.complete("news");
        bridge.zoho().restrict(module, "Email_Opt_Out", "nobody");
        String name = module.equals("Memberships") ? "Name" : "Last_Name";
        for (int i = 0; i < 11; i++) {
            bridge.zoho().create(module, Map.of(name, "Doe", "Email", "silent" + i + "@c1.example.com"));
        }
        bridge.zoho().forgetCalls();

        assertThat(stopped("news").message()).contains(module + ".Email_Opt_Out", "privacy settings");
    }

    @Test
    @DisplayName("B51: the settings can name a restricted field by which nobody refuses")
    void restrictedAndNamed() {
        bridge.zoho().restrict("Memberships", "Email_Opt_Out", "hipaa");
        bridge.files().set("ZOHO_MAIN_WITHOUT_MODULES", "Memberships.Email_Opt_Out");
        bridge.reopen();
        delivered();
        bridge.zoho().forgetCalls();
        somebody();
        bridge.complete("news");
        assertThat(bridge.zoho().callsOf("settings/fields")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "picklist", "textarea"})
    @DisplayName(
            "B51: a field named Email_Opt_Out that is not a check box refuses by every word but false, also in records of the first sweep, and check names its kind")
    void oddKind(String type) {
        bridge.zoho().retype("Memberships", "Email_Opt_Out", type);
        String email = somebody();
        String other = somebody();
        bridge.zoho().create("Memberships", Map.of("Name", "M", "Email", email, "Email_Opt_Out", "Ja"));
        bridge.zoho().create("Memberships", Map.of("Name", "M", "Email", other, "Email_Opt_Out", "false"));

        bridge.complete("news");

        assertThat(bridge.zoho().statuses("news")).doesNotContainKey(email).containsEntry(other, "active");
        assertThat(bridge.operations().check().checked())
                .anyMatch(line -> line.contains("Memberships.Email_Opt_Out") && line.contains("check box"));
    }

    @Test
    @DisplayName("check and the run refuse a condition on a restricted field, which looks empty in every record")
    void restrictedCondition() {
        bridge.files()
                .purpose("picky", "createList: true")
                .sync(
                        "picky",
                        "Leads",
                        "select: {scope: criteria, conditions: [{field: Industry, operator: is-empty}]}");
        bridge.reload();
        bridge.complete("picky");
        bridge.zoho().restrict("Leads", "Industry", "privacy");
        bridge.reopen();
        somebody();
        bridge.zoho().forgetCalls();

        assertThat(stopped("picky").message()).contains("Industry");
        assertThat(bridge.operations().check().problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("Industry"));
    }
}
