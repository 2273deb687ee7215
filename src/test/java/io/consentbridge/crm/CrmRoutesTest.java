package io.consentbridge.crm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.consentbridge.ZohoStandIn;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CrmRoutesTest {

    private static final String COQL = "/crm/v8/coql";
    private static ZohoStandIn standIn;

    @BeforeAll
    static void start() {
        standIn = new ZohoStandIn();
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fresh() {
        standIn.fresh();
    }

    @Test
    @DisplayName("Pages follow one another by the last record's time and id, each fetched only when it is asked for")
    void pages() {
        query("id is not null", page(true, "1", "2026-05-01T10:00:00+02:00"));
        query(
                "(Modified_Time > '2026-05-01T08:00:00+00:00' or (Modified_Time = '2026-05-01T08:00:00+00:00' and id > '1'))",
                page(false, "2", "2026-05-02T10:00:00+02:00"));
        Iterator<CrmPage> pages = new CrmReader(standIn.seams).pages(request(null));
        standIn.zoho.verify(0, postRequestedFor(urlPathEqualTo(COQL)));

        CrmPage first = pages.next();
        assertThat(pages.hasNext()).isTrue();
        standIn.zoho.verify(1, postRequestedFor(urlPathEqualTo(COQL)));
        CrmPage second = pages.next();

        assertThat(first.last()).isFalse();
        assertThat(first.readAt()).isEqualTo(Instant.parse("2026-05-03T00:00:00Z"));
        CrmRecord record = first.records().get(0);
        assertThat(record.id()).isEqualTo("1");
        assertThat(record.modified()).isEqualTo(Instant.parse("2026-05-01T08:00:00Z"));
        assertThat(record.text("Account_Name.Industry")).isEqualTo("Software");
        assertThat(second.last()).isTrue();
        assertThat(pages.hasNext()).isFalse();
        assertThat(standIn.counter.drain(RUN).crm()).isEqualTo(2);
    }

    @Test
    @DisplayName("No rows at all are one empty last page")
    void noRows() {
        standIn.zoho.stubFor(post(urlPathEqualTo(COQL)).willReturn(aResponse().withStatus(204)));
        Iterator<CrmPage> pages = new CrmReader(standIn.seams).pages(request(new Cursor(Instant.EPOCH, "")));

        CrmPage page = pages.next();

        assertThat(page.records()).isEmpty();
        assertThat(page.last()).isTrue();
        assertThat(pages.hasNext()).isFalse();
        standIn.zoho.verify(postRequestedFor(urlPathEqualTo(COQL))
                .withRequestBody(containing("where Modified_Time >= '1970-01-01T00:00:00+00:00' order by")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":[]}",
                "{\"info\":{\"more_records\":false}}",
                "{\"data\":null,\"info\":{\"more_records\":false}}"
            })
    @DisplayName("A reply without its records, or without saying whether more follow, never counts as the last page")
    void withoutRows(String reply) {
        standIn.zoho.stubFor(post(urlPathEqualTo(COQL)).willReturn(okJson(reply)));
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Leads/deleted")).willReturn(okJson(reply)));
        Iterator<CrmPage> pages = new CrmReader(standIn.seams).pages(request(null));
        var deleted = new Deletions(standIn.seams).since(standIn.connection, RUN, "Leads", Instant.EPOCH);

        assertThatThrownBy(pages::next).isInstanceOf(ZohoFault.Transient.class).hasMessageContaining("coql of Leads");
        assertThatThrownBy(deleted::hasNext).isInstanceOf(ZohoFault.Transient.class);
    }

    @Test
    @DisplayName("A page that fails twice succeeds at the third try")
    void failsTwice() {
        fault(aResponse().withStatus(500).withBody("<html>"), "scenario", "Started", "second");
        fault(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "scenario", "second", "third");
        fault(okJson(page(false, "1", "2026-05-01T10:00:00+02:00")), "scenario", "third", "third");

        assertThat(new CrmReader(standIn.seams).pages(request(null)).next().records())
                .hasSize(1);
        standIn.zoho.verify(3, postRequestedFor(urlPathEqualTo(COQL)));
    }

    @Test
    @DisplayName("A page that keeps failing is requested four times, and the caller gets the original fault each time")
    void neverComes() {
        for (ResponseDefinitionBuilder reply : List.of(
                aResponse()
                        .withStatus(429)
                        .withBody(
                                "{\"code\":\"TOO_MANY_REQUESTS\",\"details\":{},\"message\":\"x\",\"status\":\"error\"}"),
                aResponse()
                        .withStatus(500)
                        .withBody(
                                "{\"code\":\"INTERNAL_ERROR\",\"details\":{},\"message\":\"x\",\"status\":\"error\"}"),
                aResponse()
                        .withStatus(413)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html>"),
                aResponse().withBody("{\"data\":[{\"id\":\"1\""),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE))) {
            standIn.zoho.resetRequests();
            standIn.zoho.stubFor(post(urlPathEqualTo(COQL)).willReturn(reply));
            Iterator<CrmPage> pages = new CrmReader(standIn.seams).pages(request(null));

            ZohoFault fault = catchThrowableOfType(ZohoFault.Transient.class, pages::next);
            assertThat(pages.hasNext()).isTrue();
            assertThat(catchThrowableOfType(ZohoFault.class, pages::next)).isSameAs(fault);
            assertThat(fault).hasMessageStartingWith("main: ");
            standIn.zoho.verify(4, postRequestedFor(urlPathEqualTo(COQL)));
        }
    }

    @Test
    @DisplayName("A refused request is made once, and the message says what to do")
    void refused() {
        refusedWith(
                        400,
                        "{\"code\":\"INVALID_MODULE\",\"details\":{\"resource_path_index\":0},\"message\":\"x\",\"status\":\"error\"}")
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("knows no module Leads");
        refusedWith(
                        403,
                        "{\"code\":\"NO_PERMISSION\",\"details\":{\"permissions\":[\"Crm_Implied_View_Leads\"]},\"message\":\"x\",\"status\":\"error\"}")
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("Crm_Implied_View_Leads")
                .hasMessageContaining("profile");
        refusedWith(401, "{\"code\":\"OAUTH_SCOPE_MISMATCH\",\"details\":{},\"message\":\"x\",\"status\":\"error\"}")
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("ZohoCRM.coql.READ");
        refusedWith(
                        400,
                        "{\"data\":[{\"code\":\"INVALID_QUERY\",\"details\":{\"column_name\":\"Nope\",\"value\":\"jane@x.com\"},\"message\":\"x\",\"status\":\"error\"}]}")
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("column_name Nope")
                .hasMessageNotContaining("jane");
        refusedWith(
                        400,
                        "{\"code\":\"EXPIRED_VALUE\",\"details\":{\"param_name\":\"page_token\"},\"message\":\"x\",\"status\":\"error\"}")
                .isInstanceOf(ZohoFault.PageLost.class);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refusedWith(int status, String body) {
        standIn.zoho.resetRequests();
        standIn.zoho.stubFor(post(urlPathEqualTo(COQL))
                .willReturn(aResponse().withStatus(status).withBody(body)));
        Iterator<CrmPage> pages = new CrmReader(standIn.seams).pages(request(null));
        var thrown = assertThatThrownBy(pages::next);
        standIn.zoho.verify(1, postRequestedFor(urlPathEqualTo(COQL)));
        return thrown;
    }

    @Test
    @DisplayName("The same records twice are a fault, not an endless loop")
    void sameRecords() {
        standIn.zoho.stubFor(
                post(urlPathEqualTo(COQL)).willReturn(okJson(page(true, "1", "2026-05-01T10:00:00+02:00"))));
        Iterator<CrmPage> pages = new CrmReader(standIn.seams).pages(request(null));

        pages.next();
        assertThatThrownBy(pages::next).isInstanceOf(ZohoFault.PageLost.class).hasMessageStartingWith("main: Leads: ");
    }

    @Test
    @DisplayName("B20: a view that Zoho truncates is a fault that says what to do, and never counts as complete")
    void cutOff() {
        String more = "{\"data\":[{\"id\":\"1\",\"Modified_Time\":\"2026-05-01T10:00:00+02:00\"}],"
                + "\"info\":{\"more_records\":true,\"next_page_token\":null}}";
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Leads")).willReturn(okJson(more)));
        CrmViews views = new CrmViews(standIn.seams, new CrmReader(standIn.seams));
        CustomView view = new CustomView("7", "Hot", "", false);

        assertThatThrownBy(() -> views.page(request(null), view, false, null, null))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("at most 100,000 records")
                .hasMessageContaining("scope: criteria");
    }

    @Test
    @DisplayName("B47: deletions since an instant are read page by page; 304 means none")
    void deletions() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Leads/deleted"))
                .withQueryParam("page", equalTo("1"))
                .withHeader("If-Modified-Since", equalTo("2026-05-01T00:00:00+00:00"))
                .willReturn(okJson(
                        "{\"data\":[{\"id\":\"4\",\"type\":\"recycle\",\"deleted_time\":\"2026-05-02T10:00:00+05:30\"}],"
                                + "\"info\":{\"more_records\":true}}")));
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Leads/deleted"))
                .withQueryParam("page", equalTo("2"))
                .willReturn(aResponse().withStatus(304)));
        Iterator<Deletion> deletions = new Deletions(standIn.seams)
                .since(standIn.connection, RUN, "Leads", Instant.parse("2026-05-01T00:00:00Z"));

        assertThat(deletions).toIterable().containsExactly(new Deletion("4", Instant.parse("2026-05-02T04:30:00Z")));
    }

    @Test
    @DisplayName("B12: the details of a consent are read with the single record, converted leads included")
    void consentDetails() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Leads/77"))
                .withQueryParam("converted", equalTo("both"))
                .willReturn(okJson(
                        "{\"data\":[{\"id\":\"77\",\"Data_Processing_Basis_Details\":{\"Data_Processing_Basis\":\"Obtained\","
                                + "\"Contact_Through_Email\":true,\"Contact_Through_Phone\":false,\"Consent_Through\":\"Web Form\","
                                + "\"Consent_Date\":\"2023-10-11\",\"Consent_Remarks\":null}}]}")));
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Contacts/78"))
                .withQueryParam("converted", absent())
                .willReturn(okJson(
                        "{\"data\":[{\"id\":\"78\",\"Data_Processing_Basis_Details\":{\"Data_Processing_Basis\":\"Pending\","
                                + "\"Contact_Through_Email\":true}}]}")));
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Contacts/79"))
                .willReturn(aResponse().withStatus(204)));
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/Contacts/80"))
                .willReturn(okJson("{\"data\":[{\"id\":\"80\",\"Data_Processing_Basis_Details\":null}]}")));
        ConsentDetails details = new ConsentDetails(standIn.seams);

        assertThat(details.read(standIn.connection, RUN, "Leads", "77"))
                .containsEntry("Data_Processing_Basis", "Obtained")
                .containsEntry("Contact_Through_Email", true)
                .containsEntry("Consent_Date", "2023-10-11")
                .containsEntry("Consent_Remarks", null);
        assertThat(details.read(standIn.connection, RUN, "Contacts", "78"))
                .containsEntry("Data_Processing_Basis", "Pending");
        assertThat(details.read(standIn.connection, RUN, "Contacts", "79")).isEmpty();
        assertThat(details.read(standIn.connection, RUN, "Contacts", "80")).isEmpty();
        assertThatThrownBy(() -> details.read(standIn.connection, RUN, "Contacts", "1?x=y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "The fields of a module are read once an hour, with the module that a lookup points to, what people see of a"
                    + " choice, and the type of a formula's result")
    void fields() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/settings/fields"))
                .withQueryParam("module", equalTo("Contacts"))
                .willReturn(okJson(
                        "{\"fields\":[{\"api_name\":\"Email\",\"field_label\":\"E-mail\",\"data_type\":\"email\",\"lookup\":{}},"
                                + "{\"api_name\":\"Account_Name\",\"field_label\":\"Account\",\"data_type\":\"lookup\","
                                + "\"lookup\":{\"module\":{\"api_name\":\"Accounts\",\"id\":\"5\"}}},"
                                + "{\"api_name\":\"Payment\",\"data_type\":\"picklist\",\"length\":120,\"pick_list_values\":["
                                + "{\"actual_value\":\"D\",\"display_value\":\"Direct debit\"},"
                                + "{\"actual_value\":\"Cash\",\"display_value\":\"Cash\"}]},"
                                + "{\"api_name\":\"Until\",\"data_type\":\"formula\",\"formula\":{\"return_type\":\"date\"}}"
                                + "]}")));
        CrmFields fields = new CrmFields(standIn.seams, standIn.clock);

        assertThat(fields.of(standIn.connection, RUN, "Contacts").values())
                .containsExactly(
                        new CrmField("Email", "E-mail", "email", null),
                        new CrmField("Account_Name", "Account", "lookup", "Accounts"),
                        new CrmField("Payment", "Payment", "picklist", null, 120, Map.of("D", "Direct debit")),
                        new CrmField("Until", "Until", "date", null));
        fields.of(standIn.connection, RUN, "Contacts");
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo("/crm/v8/settings/fields")));
    }

    @Test
    @DisplayName(
            "B104: where an organisation has another word for active campaigns, the result is a fault and not zero campaigns")
    void activeInAnotherLanguage() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/crm/v8/settings/fields"))
                .withQueryParam("module", equalTo("Campaigns"))
                .willReturn(
                        okJson("{\"fields\":[{\"api_name\":\"Status\",\"data_type\":\"picklist\",\"pick_list_values\":["
                                + "{\"actual_value\":\"Aktiv\"},{\"actual_value\":\"Beendet\"}]}]}")));
        CrmCampaigns campaigns =
                new CrmCampaigns(new CrmReader(standIn.seams), new CrmFields(standIn.seams, standIn.clock));

        assertThatThrownBy(() -> campaigns.all(standIn.connection, RUN, true))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("no choice Active (but Aktiv, Beendet)");
    }

    private static ReadRequest request(Cursor from) {
        return new ReadRequest(standIn.connection, RUN, "Leads", List.of("Email", "Account_Name.Industry"), null, from);
    }

    private static void query(String where, String page) {
        String query = "select id, Modified_Time, Email, Account_Name.Industry from Leads where " + where
                + " order by Modified_Time asc, id asc limit 2000";
        standIn.zoho.stubFor(post(urlPathEqualTo(COQL))
                .withHeader("Content-Type", containing("application/json"))
                .withHeader("Authorization", equalTo("Zoho-oauthtoken token-1"))
                .withRequestBody(equalToJson("{\"select_query\":\"" + query + "\",\"include_meta\":[\"fields\"]}"))
                .willReturn(okJson(page).withHeader("Date", "Sun, 03 May 2026 00:00:00 GMT")));
    }

    private static void fault(ResponseDefinitionBuilder reply, String scenario, String when, String then) {
        standIn.zoho.stubFor(post(urlPathEqualTo(COQL))
                .inScenario(scenario)
                .whenScenarioStateIs(when)
                .willSetStateTo(then)
                .willReturn(reply));
    }

    private static String page(boolean more, String id, String modified) {
        return "{\"data\":[{\"id\":\"" + id + "\",\"Modified_Time\":\"" + modified
                + "\",\"Email\":\"a@b.c\",\"Account_Name.Industry\":\"Software\"}],\"info\":{\"count\":1,\"more_records\":"
                + more + "}}";
    }
}
