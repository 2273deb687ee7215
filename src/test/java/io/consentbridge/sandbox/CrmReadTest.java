package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The CRM of the sandbox, when read. */
class CrmReadTest {

    private static final Sandbox SANDBOX =
            Sandbox.start(SandboxOptions.defaults().withPeople(12_000).withoutQuotas());
    private final Client client = new Client(SANDBOX);

    @AfterAll
    static void stop() {
        SANDBOX.close();
    }

    @Test
    @DisplayName("ends page numbers at 2,000 records and goes on with page tokens")
    void walls() {
        assertThat(client.get("/crm/v8/Leads?fields=Email&page=10").status()).isEqualTo(200);
        assertThat(client.get("/crm/v8/Leads?fields=Email&page=11").code())
                .isEqualTo("DISCRETE_PAGINATION_LIMIT_EXCEEDED");
        Set<String> seen = new HashSet<>();
        String next = "";
        while (next != null) {
            JsonNode page = client.get("/crm/v8/Leads?fields=Email&converted=both" + next)
                    .json();
            page.path("data")
                    .forEach(record ->
                            assertThat(seen.add(record.path("id").asText())).isTrue());
            JsonNode token = page.path("info").path("next_page_token");
            assertThat(token.isNull())
                    .isNotEqualTo(page.path("info").path("more_records").asBoolean());
            next = token.isNull() ? null : "&page_token=" + token.asText();
        }
        assertThat(seen).hasSize(6_000);
    }

    @Test
    @DisplayName("binds page tokens to the other parameters and ends them after a day")
    void tokens() {
        String token = client.get("/crm/v8/Leads?fields=Email")
                .json()
                .path("info")
                .path("next_page_token")
                .asText();
        assertThat(client.get("/crm/v8/Leads?fields=Last_Name&page_token=" + token)
                        .code())
                .isEqualTo("TOKEN_BOUND_DATA_MISMATCH");
        assertThat(client.get("/crm/v8/Leads?fields=Email&page=2&page_token=" + token)
                        .code())
                .isEqualTo("AMBIGUITY_DURING_PROCESSING");
        assertThat(client.get("/crm/v8/Leads?fields=Email&page_token=nonsense").code())
                .isEqualTo("INVALID_DATA");
    }

    @Test
    @DisplayName("refuses lists without fields, unknown modules, sorts and paths with Zoho's codes")
    void refuses() {
        assertThat(client.get("/crm/v8/Leads").code()).isEqualTo("REQUIRED_PARAM_MISSING");
        assertThat(client.get("/crm/v8/Leads?fields=" + "a,".repeat(60) + "b").code())
                .isEqualTo("LIMIT_EXCEEDED");
        assertThat(client.get("/crm/v8/Nothing?fields=id").code()).isEqualTo("INVALID_MODULE");
        assertThat(client.get("/crm/v8/Leads?fields=id&sort_by=Email").code()).isEqualTo("INVALID_DATA");
        assertThat(client.get("/crm/v2/Leads").status()).isEqualTo(404);
        client.token("garbage");
        assertThat(client.get("/crm/v8/Leads?fields=id").code()).isEqualTo("INVALID_TOKEN");
        client.token(null);
        assertThat(client.get("/crm/v8/Leads?fields=id").code()).isEqualTo("AUTHENTICATION_FAILURE");
    }

    @Test
    @DisplayName("takes If-Modified-Since as inclusive and answers 304 when nothing changed")
    void since() {
        var newest = client.get("/crm/v8/Contacts?fields=Modified_Time&sort_by=Modified_Time&per_page=1")
                .json()
                .path("data")
                .get(0);
        String time = newest.path("Modified_Time").asText();
        var again = client.get("/crm/v8/Contacts?fields=Email", "If-Modified-Since", time);
        assertThat(again.json().path("data").findValuesAsText("id"))
                .contains(newest.path("id").asText());
        assertThat(client.get("/crm/v8/Contacts?fields=Email", "If-Modified-Since", "2030-01-01T00:00:00+05:30")
                        .status())
                .isEqualTo(304);
    }

    @Test
    @DisplayName("hides converted leads unless they are asked for")
    void converted() {
        String id = client.coql("select id from Leads where Converted__s = true limit 1")
                .json()
                .path("data")
                .get(0)
                .path("id")
                .asText();
        assertThat(client.get("/crm/v8/Leads/" + id).status()).isEqualTo(204);
        JsonNode lead = client.get("/crm/v8/Leads/" + id + "?converted=both")
                .json()
                .path("data")
                .get(0);
        assertThat(lead.path("$converted_detail").has("contact")).isTrue();
        assertThat(client.get("/crm/v8/Leads?fields=id&ids=" + id).status()).isEqualTo(204);
        assertThat(client.get("/crm/v8/Leads?fields=id&converted=true&ids=" + id)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("gives consent details with the single record only")
    void consent() {
        JsonNode listed = client.get("/crm/v8/Leads?fields=Data_Processing_Basis_Details,Email&per_page=1")
                .json();
        assertThat(listed.path("data").get(0).has("Data_Processing_Basis_Details"))
                .isFalse();
        String id = client.coql("select id from Contacts where Data_Processing_Basis = 'Consent - Obtained' limit 1")
                .json()
                .path("data")
                .get(0)
                .path("id")
                .asText();
        JsonNode details =
                client.get("/crm/v8/Contacts/" + id).json().path("data").get(0).path("Data_Processing_Basis_Details");
        assertThat(details.path("Data_Processing_Basis").asText()).isEqualTo("Obtained");
        assertThat(details.path("Contact_Through_Email").isBoolean()).isTrue();
    }

    @Test
    @DisplayName("walks a module by keyset, each record once, through a second that hundreds share")
    void keyset() {
        List<String> ids = new ArrayList<>();
        String time = "1970-01-01T00:00:00+00:00";
        String id = "0";
        int most = 0;
        while (true) {
            String where = "(Modified_Time > '%s' or (Modified_Time = '%s' and id > '%s'))".formatted(time, time, id);
            var answer = client.coql("select Modified_Time from Contacts where " + where
                    + " order by Modified_Time asc, id asc limit 100");
            if (answer.status() == 204) {
                break;
            }
            JsonNode data = answer.json().path("data");
            most += data.get(0)
                            .path("Modified_Time")
                            .equals(data.get(data.size() - 1).path("Modified_Time"))
                    ? 1
                    : 0;
            data.forEach(row -> ids.add(row.path("id").asText()));
            time = data.get(data.size() - 1).path("Modified_Time").asText();
            id = data.get(data.size() - 1).path("id").asText();
        }
        assertThat(ids).hasSize(4_800).doesNotHaveDuplicates();
        assertThat(most).as("pages within one second").isGreaterThan(1);
    }

    @Test
    @DisplayName("answers queries through lookups, with patterns, sets and empty fields")
    void queries() {
        JsonNode row = client.coql("select Account_Name, Account_Name.Industry, Owner.email from Contacts where "
                        + "(Account_Name.Industry = 'Hospitality' and Last_Name like 'M%') limit 1")
                .json()
                .path("data")
                .get(0);
        assertThat(row.path("Account_Name.Industry").asText()).isEqualTo("Hospitality");
        assertThat(row.path("Account_Name").properties()).hasSize(1);
        assertThat(row.path("Owner.email").asText()).contains("@example.com");
        assertThat(client.coql("select id from Leads where Email is null")
                        .json()
                        .path("info")
                        .path("count")
                        .asInt())
                .isPositive();
        assertThat(client.coql("select id from Leads where Last_Name in ('No such name', 'O''Such')")
                        .status())
                .isEqualTo(204);
        assertThat(client.coql("select Nothing from Leads where id is not null").code())
                .isEqualTo("INVALID_QUERY");
        assertThat(client.coql("select id from Leads where Modified_Time > 'yesterday'")
                        .code())
                .isEqualTo("INVALID_QUERY");
        assertThat(client.coql("select id from Nothing where id is not null").code())
                .isEqualTo("INVALID_MODULE");
        assertThat(client.coql("select COUNT(id) from Memberships where id is not null")
                        .json()
                        .path("data")
                        .get(0)
                        .path("COUNT(id)")
                        .asInt())
                .isEqualTo(1_200);
    }

    @Test
    @DisplayName("describes every field that its records have")
    void metadata() {
        for (String module :
                List.of("Leads", "Contacts", "Accounts", "Deals", "Campaigns", "Memberships", "Projects")) {
            Set<String> names = new HashSet<>(client.get("/crm/v8/settings/fields?module=" + module)
                    .json()
                    .path("fields")
                    .findValuesAsText("api_name"));
            String id = client.coql("select id from " + module + " where id is not null limit 1")
                    .json()
                    .path("data")
                    .get(0)
                    .path("id")
                    .asText();
            client.get("/crm/v8/" + module + "/" + id + "?converted=both")
                    .json()
                    .path("data")
                    .get(0)
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(name.startsWith("$") || names.contains(name))
                            .isTrue());
        }
        assertThat(client.get("/crm/v8/org")
                        .json()
                        .path("org")
                        .get(0)
                        .path("privacy_settings")
                        .asBoolean())
                .isTrue();
        assertThat(client.get("/crm/v8/users?type=CurrentUser").json().path("users"))
                .hasSize(1);
    }

    @Test
    @DisplayName("selects by custom view")
    void views() {
        JsonNode views =
                client.get("/crm/v8/settings/custom_views?module=Leads").json().path("custom_views");
        String hot = "";
        for (JsonNode view : views) {
            hot = view.path("name").asText().equals("Hot leads")
                    ? view.path("id").asText()
                    : hot;
        }
        JsonNode data = client.get("/crm/v8/Leads?fields=Rating,Annual_Revenue&cvid=" + hot)
                .json()
                .path("data");
        assertThat(data).isNotEmpty().allSatisfy(lead -> {
            assertThat(lead.path("Rating").asText()).isEqualTo("Active");
            assertThat(lead.path("Annual_Revenue").asDouble()).isGreaterThan(5_000_000);
        });
        assertThat(client.get("/crm/v8/Leads?fields=id&cvid=1").code()).isEqualTo("INVALID_DATA");
        assertThat(client.get("/crm/v8/Leads/actions/count")
                        .json()
                        .path("count")
                        .asInt())
                .isBetween(5_000, 6_000);
    }

    @Test
    @DisplayName("lists what was deleted, by kind and since a time")
    void deleted() {
        assertThat(client.get("/crm/v8/Leads/deleted?type=permanent")
                        .json()
                        .at("/data/0/display_name")
                        .isNull())
                .isTrue();
        assertThat(client.get("/crm/v8/Leads/deleted?type=soon").code()).isEqualTo("PATTERN_NOT_MATCHED");
        // Of its own, because other tests count the records.
        try (Sandbox fresh =
                Sandbox.start(SandboxOptions.defaults().withPeople(12_000).withoutQuotas())) {
            Client other = new Client(fresh);
            other.json("POST", "/sandbox/records/Memberships/delete", Map.of("count", 2, "seed", 3));
            assertThat(other.get("/crm/v8/Memberships/deleted").json().path("data"))
                    .hasSize(5);
        }
    }

    @Test
    @DisplayName("hands over a module in bulk as a zipped table")
    void bulk() throws java.io.IOException {
        Map<String, Object> criteria =
                Map.of("field", Map.of("api_name", "Email_Opt_Out"), "comparator", "equal", "value", false);
        Map<String, Object> query = Map.of(
                "module", Map.of("api_name", "Contacts"),
                "fields", List.of("Email", "Account_Name.Industry"),
                "criteria", criteria);
        var added = client.json("POST", "/crm/bulk/v8/read", Map.of("query", query));
        assertThat(added.status()).isEqualTo(201);
        String path =
                "/crm/bulk/v8/read/" + added.json().at("/data/0/details/id").asText();
        assertThat(client.get(path).json().at("/data/0/state").asText()).isEqualTo("IN PROGRESS");
        JsonNode result = client.get(path).json().at("/data/0/result");
        assertThat(result.path("count").asInt()).isBetween(4_500, 4_800);
        try (var zip =
                new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(client.bytes(path + "/result")))) {
            assertThat(zip.getNextEntry().getName()).endsWith(".csv");
            String table = new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(table).startsWith("Id,Email,Account_Name.Industry\n");
            assertThat(table.lines().count()).isEqualTo(result.path("count").asInt() + 1);
        }
        assertThat(client.get("/crm/bulk/v8/read/1").status()).isEqualTo(404);
    }
}
