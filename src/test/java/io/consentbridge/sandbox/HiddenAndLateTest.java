package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the CRM of the sandbox keeps back. */
class HiddenAndLateTest {

    private static final String OPTED_OUT =
            "select Email, Email_Opt_Out from Contacts where Email_Opt_Out = true limit 1";

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.defaults().withPeople(1_000).withoutQuotas());
    private final Client client = new Client(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    @DisplayName("A field that a profile hides is in no metadata, no record and no query; when it is shown it is back")
    void hidden() {
        client.control("crm/Contacts", Map.of("hide", "Email_Opt_Out"));

        assertThat(fields("Contacts")).doesNotContain("\"Email_Opt_Out\"").contains("\"Unsubscribed_Time\"");
        assertThat(fields("Leads")).contains("\"Email_Opt_Out\"");
        assertThat(client.coql(OPTED_OUT).code()).isEqualTo("INVALID_QUERY");
        assertThat(client.get("/crm/v8/Contacts?fields=Email,Email_Opt_Out&per_page=1")
                        .body())
                .doesNotContain("Email_Opt_Out");

        client.control("crm/Contacts", Map.of("show", "Email_Opt_Out"));
        assertThat(client.coql(OPTED_OUT).body()).contains("Email_Opt_Out");
    }

    @Test
    @DisplayName("A field that is hidden in records alone may be requested, and no record has it")
    void hiddenInRecords() {
        client.control("crm/Contacts", Map.of("hide", "Email_Opt_Out", "in", "records"));

        assertThat(fields("Contacts")).contains("\"Email_Opt_Out\"");
        assertThat(client.coql(OPTED_OUT).status()).isEqualTo(200);
        assertThat(client.coql(OPTED_OUT).body()).contains("Email").doesNotContain("Email_Opt_Out");
    }

    @Test
    @DisplayName("A closed module answers no request about it")
    void closed() {
        client.control("crm/Contacts", Map.of("closed", true));

        assertThat(client.coql(OPTED_OUT).code()).isEqualTo("NO_PERMISSION");
        assertThat(client.get("/crm/v8/Contacts?fields=Email").code()).isEqualTo("NO_PERMISSION");
        assertThat(client.get("/crm/v8/settings/fields?module=Contacts").code()).isEqualTo("NO_PERMISSION");
        assertThat(client.get("/crm/v8/Contacts/deleted").code()).isEqualTo("NO_PERMISSION");
    }

    @Test
    @DisplayName(
            "A change that becomes visible late has the time at which it was made, and may be older than visible ones")
    void late() {
        client.control("clock", Map.of("now", "2026-07-02T10:00:00Z"));
        client.control("crm/Leads", Map.of("lateBy", "PT70S"));
        String late = create("late@c1.example.com");
        client.control("clock", Map.of("now", "2026-07-02T10:00:40Z"));
        client.control("crm/Leads", Map.of("lateBy", "PT0S"));
        create("prompt@c1.example.com");

        String newest = "select Email, Modified_Time from Leads where Modified_Time >= '2026-07-02T10:00:00+00:00'"
                + " order by Modified_Time asc limit 10";
        assertThat(client.coql(newest).body()).contains("prompt@").doesNotContain("late@");

        client.control("clock", Map.of("now", "2026-07-02T10:01:10Z"));
        assertThat(client.coql(newest).json().path("data"))
                .extracting(row -> row.path("id").asText())
                .first()
                .isEqualTo(late);
        assertThat(client.get("/sandbox/records/Leads/" + late).body()).contains("2026-07-02T10:00:00Z");
    }

    @Test
    @DisplayName("A deletion becomes visible late too")
    void lateDeletion() {
        String gone = create("gone@c1.example.com");
        client.control("crm/Leads", Map.of("lateBy", "PT70S"));
        client.json("DELETE", "/sandbox/records/Leads/" + gone, Map.of());

        assertThat(client.get("/crm/v8/Leads/" + gone).status()).isEqualTo(200);
        assertThat(client.get("/crm/v8/Leads/deleted").body()).doesNotContain(gone);

        client.control("clock", Map.of("forward", "PT71S"));
        assertThat(client.get("/crm/v8/Leads/" + gone).status()).isEqualTo(204);
        assertThat(client.get("/crm/v8/Leads/deleted").body()).contains(gone);
    }

    @Test
    @DisplayName("A quiet change leaves Modified_Time alone")
    void quiet() {
        client.control("clock", Map.of("now", "2026-07-02T10:00:00Z"));
        String id = create("quiet@c1.example.com");
        client.control("clock", Map.of("now", "2026-07-02T11:00:00Z"));
        client.json(
                "PUT",
                "/sandbox/records/Leads/" + id + "?quietly=true",
                Map.of("Unsubscribed_Time", "2026-07-02T11:00:00Z"));

        var fields = client.get("/sandbox/records/Leads/" + id).json().path("fields");
        assertThat(fields.path("Unsubscribed_Time").asText()).startsWith("2026-07-02T11:00");
        assertThat(fields.path("Modified_Time").asText()).startsWith("2026-07-02T10:00");
    }

    private String fields(String module) {
        return client.get("/crm/v8/settings/fields?module=" + module).body();
    }

    private String create(String email) {
        return client.control("records/Leads", Map.of("Last_Name", "Doe", "Email", email))
                .json()
                .path("ids")
                .get(0)
                .asText();
    }
}
