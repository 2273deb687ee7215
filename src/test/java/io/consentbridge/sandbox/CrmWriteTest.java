package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The CRM of the sandbox, when written to. */
class CrmWriteTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.defaults().withPeople(200).withoutQuotas());
    private final Client client = new Client(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    @DisplayName("answers each record in order: 201 all well, 207 mixed, 400 none")
    void results() {
        Map<String, Object> good = Map.of("Last_Name", "Doe", "Email", "doe@c1.example.com");
        Map<String, Object> bad = Map.of("First_Name", "Nobody");
        assertThat(insert(good).status()).isEqualTo(201);
        var mixed = insert(good, bad, Map.of("Last_Name", "X", "Email", "no address"));
        assertThat(mixed.status()).isEqualTo(207);
        assertThat(mixed.json().path("data").findValuesAsText("code"))
                .containsExactly("SUCCESS", "MANDATORY_NOT_FOUND", "INVALID_DATA");
        assertThat(insert(bad).status()).isEqualTo(400);
        assertThat(client.json("POST", "/crm/v8/Leads", Map.of("data", Collections.nCopies(101, good)))
                        .code())
                .isEqualTo("LIMIT_EXCEEDED");
    }

    @Test
    @DisplayName("moves Modified_Time with every change, so that readers since then find it")
    void modified() {
        client.control("clock", Map.of("now", "2027-03-01T10:00:00Z"));
        client.token(client.refresh().json().path("access_token").asText());
        client.json("POST", "/sandbox/records/Contacts/change", Map.of("count", 3, "seed", 5, "suffix", " II"));
        JsonNode rows = client.coql("select Full_Name, Modified_Time from Contacts where "
                        + "Modified_Time >= '2027-03-01T09:59:59Z' order by Modified_Time asc, id asc")
                .json()
                .path("data");
        assertThat(rows).hasSize(3).allSatisfy(row -> {
            assertThat(row.path("Full_Name").asText()).endsWith(" II");
            assertThat(row.path("Modified_Time").asText()).startsWith("2027-03-01T11:00:0");
        });
    }

    @Test
    @DisplayName("refuses an update of a record that was changed since, and of converted leads")
    void locks() {
        String id = insert(Map.of("Last_Name", "Doe"))
                .json()
                .at("/data/0/details/id")
                .asText();
        var stale = client.send(client.request("/crm/v8/Leads/" + id)
                .header("If-Unmodified-Since", "2020-01-01T00:00:00+00:00")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"data\":[{\"Last_Name\":\"New\"}]}")));
        assertThat(stale.status()).isEqualTo(412);
        client.json("PUT", "/sandbox/records/Leads/" + id, Map.of("Converted__s", true));
        assertThat(client.json("PUT", "/crm/v8/Leads/" + id, Map.of("data", List.of(Map.of("Last_Name", "New"))))
                        .json()
                        .at("/data/0/code")
                        .asText())
                .isEqualTo("CONVERTED_RECORD");
    }

    @Test
    @DisplayName("upserts by address")
    void upserts() {
        Map<String, Object> body = Map.of("data", List.of(Map.of("Last_Name", "Doe", "Email", "up@c1.example.com")));
        assertThat(client.json("POST", "/crm/v8/Leads/upsert", body)
                        .json()
                        .at("/data/0/action")
                        .asText())
                .isEqualTo("insert");
        assertThat(client.json("POST", "/crm/v8/Leads/upsert", body)
                        .json()
                        .at("/data/0/action")
                        .asText())
                .isEqualTo("update");
    }

    private static String id(Client.Answer answer) {
        return answer.json().at("/data/0/details/id").asText();
    }

    @SafeVarargs
    private Client.Answer insert(Map<String, Object>... records) {
        return client.json("POST", "/crm/v8/Leads", Map.of("data", records));
    }

    @Test
    @DisplayName("stores the members of a campaign, page by page, with the Member_Status of each")
    void campaignMembers() {
        String campaign = client.json(
                        "POST", "/crm/v8/Campaigns", Map.of("data", List.of(Map.of("Campaign_Name", "Fair"))))
                .json()
                .path("data")
                .path(0)
                .path("details")
                .path("id")
                .asText();
        String members = "/crm/v8/Campaigns/" + campaign + "/Leads";
        assertThat(client.get(members + "?fields=Email").status()).isEqualTo(204);
        String one = id(insert(Map.of("Last_Name", "One", "Email", "one@c1.example.com")));
        String two = id(insert(Map.of("Last_Name", "Two", "Email", "two@c1.example.com")));
        assertThat(client.json(
                                "PUT",
                                members,
                                Map.of("data", List.of(Map.of("id", one, "Member_Status", "Sent"), Map.of("id", two))))
                        .status())
                .isEqualTo(200);

        JsonNode page = client.get(members + "?fields=Email&per_page=1").json();
        assertThat(page.path("data").path(0).path("Email").asText()).isEqualTo("two@c1.example.com");
        JsonNode rest = client.get(members + "?fields=Email&per_page=1&page_token="
                        + page.path("info").path("next_page_token").asText())
                .json();
        assertThat(rest.path("data").path(0).path("Member_Status").asText()).isEqualTo("Sent");
        assertThat(rest.path("info").path("more_records").asBoolean()).isFalse();

        assertThat(client.json("DELETE", members + "/" + two, Map.of()).status())
                .isEqualTo(200);
        assertThat(client.get(members + "?fields=Email").json().path("data")).hasSize(1);
        assertThat(client.get("/crm/v8/Campaigns/" + campaign + "/Deals?fields=id")
                        .code())
                .isEqualTo("INVALID_DATA");
        assertThat(client.get(members).code()).isEqualTo("REQUIRED_PARAM_MISSING");
    }
}
