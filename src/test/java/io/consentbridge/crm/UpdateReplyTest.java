package io.consentbridge.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.crm.UpdateReply.Kind;
import io.consentbridge.crm.UpdateReply.Row;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoJson;
import io.consentbridge.zoho.ZohoReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies to updates, row by row. */
class UpdateReplyTest {

    private static final String WELL = "{'code':'SUCCESS','details':{'id':'%s'},'message':'x','status':'success'}";
    private static final String LOCKED =
            "{'code':'RECORD_LOCKED','details':{'id':'%s','action':'x'},'message':'x','status':'error'}";

    private static UpdateReply read(int status, String json, String... ids) {
        List<Map<String, Object>> records = List.of(ids).stream()
                .map(id -> Map.<String, Object>of("id", id))
                .toList();
        CrmCall call = new CrmCall(null, CrmCall.UPDATE, "Leads", "Leads", Map.of(), Map.of("data", records), null);
        try {
            Map<String, Object> read = ZohoJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            return UpdateReply.read("main", call, new ZohoReply(status, null, read), "42", Instant.EPOCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String data(String... rows) {
        return "{'data':[" + String.join(",", rows) + "]}";
    }

    private static List<Kind> kinds(UpdateReply reply) {
        return reply.rows().stream().map(Row::kind).toList();
    }

    @Test
    @DisplayName(
            "A call that is refused as a whole for one modified record names it, and leaves the others for the next call")
    void modified() {
        String row = "{'code':'ALREADY_MODIFIED','details':{'id':'2','Modified_Time':'2026-11-28T10:00:00Z'},"
                + "'message':'','status':'error'}";
        UpdateReply reply = read(412, data(row), "1", "2", "3");

        assertThat(kinds(reply)).containsExactly(Kind.UNANSWERED, Kind.REFUSED, Kind.UNANSWERED);
        assertThat(reply.rows().get(1).code()).isEqualTo("ALREADY_MODIFIED");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 207, 400})
    @DisplayName("Each record has its own outcome, whatever the status says of all")
    void rowByRow(int status) {
        UpdateReply reply = read(status, data(WELL.formatted("1"), LOCKED.formatted("2")), "1", "2");

        assertThat(kinds(reply)).containsExactly(Kind.WRITTEN, Kind.REFUSED);
        assertThat(reply.rows().get(1).code()).isEqualTo("RECORD_LOCKED");
        assertThat(reply.creditsLeft()).hasValue(42);
    }

    @Test
    @DisplayName("Rows in another order, too few or too many settle only the records that they name")
    void strangeOrder() {
        assertThat(kinds(read(207, data(LOCKED.formatted("2"), WELL.formatted("1")), "1", "2")))
                .containsExactly(Kind.WRITTEN, Kind.REFUSED);
        assertThat(kinds(read(200, data(WELL.formatted("2")), "1", "2")))
                .containsExactly(Kind.UNANSWERED, Kind.WRITTEN);
        assertThat(kinds(read(200, data(WELL.formatted("1"), WELL.formatted("9")), "1", "2")))
                .containsExactly(Kind.WRITTEN, Kind.UNANSWERED);
        assertThat(kinds(read(200, data(), "1"))).containsExactly(Kind.UNANSWERED);
        assertThat(kinds(read(200, data("{'status':'success'}"), "1"))).containsExactly(Kind.UNANSWERED);
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "INVALID_DATA; {'id':'1'}; GONE",
                "INVALID_DATA; {'api_name':'id','json_path':'$.data[0].id'}; GONE",
                "INVALID_DATA; {'api_name':'Club','json_path':'$.data[0].Club'}; REFUSED",
                "INVALID_DATA; {'expected_data_type':'bigint','api_name':'id'}; REFUSED",
                "MANDATORY_NOT_FOUND; {'api_name':'Club'}; REFUSED",
                "DUPLICATE_DATA; {'api_name':'Club','id':'77'}; REFUSED",
                "NOT_FOUND; {}; GONE",
                "A_NEW_CODE; {}; REFUSED"
            })
    @DisplayName("A record that is gone is told from one that is refused, by its code and details alone")
    void gone(String code, String details, Kind kind) {
        String row = "{'code':'" + code + "','details':" + details + ",'message':'x','status':'error'}";
        assertThat(kinds(read(400, data(row), "1"))).containsExactly(kind);
    }

    @Test
    @DisplayName("A call that is refused as a whole is a fault, flat or in a list, and never an outcome of its records")
    void whole() {
        String denied = "{'code':'NO_PERMISSION','details':{},'message':'x','status':'error'}";
        assertThatThrownBy(() -> read(403, denied, "1", "2")).isInstanceOf(ZohoFault.Rejected.class);
        assertThatThrownBy(() -> read(403, data(denied), "1")).isInstanceOf(ZohoFault.Rejected.class);
        assertThatThrownBy(() -> read(400, data(denied), "1", "2")).isInstanceOf(ZohoFault.Rejected.class);
        assertThatThrownBy(() -> read(401, "{'code':'OAUTH_SCOPE_MISMATCH','details':{},'status':'error'}", "1"))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("ZohoCRM.modules.leads.UPDATE");
        assertThatThrownBy(() -> read(429, "{'code':'TOO_MANY_REQUESTS','details':{},'status':'error'}", "1"))
                .isInstanceOf(ZohoFault.Transient.class);
        assertThatThrownBy(() -> read(500, "{}", "1")).isInstanceOf(ZohoFault.Transient.class);
        assertThatThrownBy(() -> read(200, "{}", "1")).isInstanceOf(ZohoFault.Transient.class);
    }
}
