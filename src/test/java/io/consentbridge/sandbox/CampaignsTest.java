package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The Campaigns of the sandbox. */
class CampaignsTest {

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.defaults().withPeople(4_000).withoutQuotas());
    private final Client client = new Client(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    @DisplayName("adds to a private list at once, and answers the same for a person who is already there")
    void privateList() {
        String key = client.list("Product News");
        var first = client.subscribe(key, Client.info("new.one@c1.example.com"));
        var second = client.subscribe(key, Client.info("New.One@c1.example.com"));
        assertThat(first.code()).isEqualTo("0");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(status("Product News", "new.one@c1.example.com")).isEqualTo("active");
    }

    @Test
    @DisplayName("asks the people of a public list first, and only a confirmation makes them members")
    void doubleOptIn() {
        String key = client.list("Product News Confirmation");
        var answer = client.subscribe(key, Client.info("maybe@c1.example.com"));
        assertThat(answer.code()).isEqualTo("0");
        assertThat(answer.json().path("message").asText()).contains("confirmation email");
        assertThat(count(key, "active")).isZero();
        client.control("members/confirm", Map.of("list", "Product News Confirmation", "email", "maybe@c1.example.com"));
        assertThat(count(key, "active")).isEqualTo(1);
    }

    @Test
    @DisplayName("refuses by address with the documented codes")
    void addresses() {
        String key = client.list("Product News");
        assertThat(client.subscribe(key, Client.info("jane@aol")).code()).isEqualTo("2004");
        assertThat(client.subscribe(key, Client.info("ted@zylkercom")).code()).isEqualTo("2004");
        assertThat(client.subscribe(key, Client.info("")).code()).isEqualTo("2004");
        assertThat(client.subscribe(key, Client.info("support@c1.example.com")).code())
                .isEqualTo("2005");
        assertThat(client.subscribe(key, "not json").code()).isEqualTo("2001");
        assertThat(client.subscribe("3znone", Client.info("a@c1.example.com")).code())
                .isEqualTo("2501");
    }

    @Test
    @DisplayName("refuses people it must not mail: do-not-mail, bounced, blocked, complained")
    void barred() {
        String key = client.list("Product News");
        for (String event : new String[] {"do-not-mail", "bounce", "block", "complain"}) {
            String email = event + "@c1.example.com";
            client.subscribe(key, Client.info(email));
            client.control("members/" + event, Map.of("email", email));
            assertThat(client.subscribe(key, Client.info(email)).code())
                    .isEqualTo(event.equals("do-not-mail") ? "2006" : "2007");
        }
    }

    @Test
    @DisplayName("puts back people who left by themselves, and counts it as a violation")
    void resubscribed() {
        String key = client.list("Product News");
        client.subscribe(key, Client.info("left@c1.example.com"));
        client.control("members/unsubscribe", Map.of("list", "Product News", "email", "left@c1.example.com"));
        assertThat(client.subscribe(key, Client.info("left@c1.example.com")).code())
                .isEqualTo("0");
        assertThat(client.state()
                        .path("violations")
                        .path("resubscribed-after-unsubscribe")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("does not object when a person returns that the account itself had unsubscribed")
    void revertible() {
        String key = client.list("Product News");
        client.subscribe(key, Client.info("back@c1.example.com"));
        client.form(
                "/api/v1.1/json/listunsubscribe",
                Map.of("listkey", key, "contactinfo", Client.info("back@c1.example.com")));
        client.subscribe(key, Client.info("back@c1.example.com"));
        assertThat(client.state().path("violations")).isEmpty();
    }

    @Test
    @DisplayName("counts the subscription of a person with an opted-out CRM record as a violation")
    void optedOut() {
        String email = "optout@c1.example.com";
        client.json("POST", "/sandbox/records/Leads", Map.of("Last_Name", "X", "Email", " OptOut@c1.example.com "));
        String key = client.list("Product News");
        client.subscribe(key, Client.info(email));
        assertThat(client.state().path("violations")).isEmpty();
        String id = client.coql("select id from Leads where Last_Name = 'X'")
                .json()
                .path("data")
                .get(0)
                .path("id")
                .asText();
        client.json("PUT", "/sandbox/records/Leads/" + id, Map.of("Email_Opt_Out", true));
        client.subscribe(key, Client.info(email));
        assertThat(client.state()
                        .path("violations")
                        .path("subscribed-opted-out")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("reports for ten addresses in bulk which it ignored, had already, or put back")
    void bulk() {
        String key = client.list("Product News");
        client.subscribe(key, Client.info("there@c1.example.com"));
        JsonNode answer = client.form(
                        "/api/v1.1/addlistsubscribersinbulk",
                        Map.of(
                                "resfmt",
                                "JSON",
                                "listkey",
                                key,
                                "emailids",
                                "there@c1.example.com,info@c1.example.com,fresh@c1.example.com"))
                .json();
        assertThat(answer.path("ignored_contacts").toString()).isEqualTo("[\"info@c1.example.com\"]");
        assertThat(answer.path("existing_contacts").toString()).isEqualTo("[\"there@c1.example.com\"]");
        assertThat(status("Product News", "fresh@c1.example.com")).isEqualTo("active");
    }

    @Test
    @DisplayName("creates a list with contacts once, and finds it among the lists")
    void lists() {
        Map<String, String> list = Map.of(
                "resfmt",
                "JSON",
                "mode",
                "newlist",
                "listname",
                "Fresh list",
                "signupform",
                "private",
                "emailids",
                "one@c1.example.com");
        assertThat(client.form("/api/v1.1/addlistandcontacts", list)
                        .json()
                        .path("listkey")
                        .asText())
                .isEqualTo(client.list("Fresh list"));
        assertThat(client.form("/api/v1.1/addlistandcontacts", list).code()).isEqualTo("2205");
        assertThat(client.get("/api/v1.1/getmailinglists?resfmt=JSON&fromindex=3&range=1")
                        .json()
                        .path("list_of_details"))
                .hasSize(1);
    }

    @Test
    @DisplayName("pages members by 20 unless asked, by 650 at most, and ends with 2502")
    void pages() {
        String key = client.list("Product News Confirmation");
        client.form(
                "/api/v1.1/updatelistdetails",
                Map.of(
                        "resfmt",
                        "JSON",
                        "listkey",
                        key,
                        "newlistname",
                        "Product News Confirmation",
                        "signupform",
                        "private"));
        for (int i = 0; i < 700; i++) {
            client.subscribe(key, Client.info("p" + i + "@c1.example.com"));
        }
        String path = "/api/v1.1/getlistsubscribers?resfmt=JSON&listkey=" + key;
        assertThat(client.get(path).json().path("list_of_details")).hasSize(20);
        assertThat(client.get(path + "&range=5000").json().path("list_of_details"))
                .hasSize(650);
        assertThat(client.get(path + "&range=650&fromindex=651").json().path("list_of_details"))
                .hasSize(50);
        assertThat(client.get(path + "&fromindex=701").code()).isEqualTo("2502");
    }

    @Test
    @DisplayName("answers in XML unless JSON is asked for, and does not read JSON bodies")
    void formats() {
        assertThat(client.get("/api/v1.1/getmailinglists").body()).startsWith("<?xml");
        var wrong = client.get("/api/v1.1/GetMailingLists?resfmt=JSON");
        assertThat(wrong.status()).isEqualTo(200);
        assertThat(wrong.body()).contains("<code>1004</code>");
        assertThat(client.json("POST", "/api/v1.1/json/listsubscribe", Map.of("listkey", "x"))
                        .code())
                .isEqualTo("903");
    }

    @Test
    @DisplayName("knows topics and contact fields, and adds to both once")
    void topicsAndFields() {
        assertThat(client.get("/api/v1.1/topics")
                        .json()
                        .path("topicDetails")
                        .get(0)
                        .path("topicName")
                        .asText())
                .isEqualTo("Product news");
        Map<String, String> topic = Map.of("details", "{\"topic_name\":\"Fairs\",\"topic_desc\":\"x\"}");
        assertThat(client.form("/api/v1.1/topics", topic).code()).isEqualTo("200");
        assertThat(client.form("/api/v1.1/topics", topic).code()).isEqualTo("4013");
        Map<String, String> field = Map.of("type", "json", "fieldname", "Club", "fieldtype", "Text");
        assertThat(client.form("/api/v1.1/custom/add", field)
                        .json()
                        .path("response")
                        .path("code")
                        .asText())
                .isEqualTo("200");
        assertThat(client.form("/api/v1.1/custom/add", field).code()).isEqualTo("916");
        client.subscribe(
                client.list("Product News"),
                "{\"Contact Email\":\"f@c1.example.com\",\"Club\":\"A\",\"Unknown\":\"B\"}");
        assertThat(member("Product News", "f@c1.example.com").path("fields").toString())
                .isEqualTo("{\"Club\":\"A\"}");
    }

    private int count(String key, String status) {
        return client.get("/api/v1.1/listsubscriberscount?resfmt=JSON&listkey=" + key + "&status=" + status)
                .json()
                .path("no_of_contacts")
                .asInt();
    }

    private String status(String list, String email) {
        return member(list, email).path("status").asText();
    }

    private JsonNode member(String list, String email) {
        for (JsonNode member : client.get("/sandbox/members?list=" + list.replace(" ", "%20"))
                .json()
                .path("members")) {
            if (member.path("email").asText().equals(email)) {
                return member;
            }
        }
        throw new AssertionError(email + " is not on " + list);
    }
}
