package io.consentbridge.crm;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Payment;
import io.consentbridge.zoho.ZohoFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What may leave for the CRM, beneath the routes. */
class RecordPermitsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final URI LEADS = URI.create("https://crm.example.com/crm/v8/Leads");

    private final Connection connection = ZohoStandIn.connection("main", "https://crm.example.com");
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final RecordPermits permits = new RecordPermits(now::get);

    private CrmCall give() {
        return permits.give(
                connection,
                "Leads",
                List.of(Map.of("id", "1", "Statement", "v1")),
                List.of(),
                null,
                NOW.plusSeconds(60),
                Payment.NONE);
    }

    private void leaves(URI address, String body, Object question) {
        permits.check(connection, "PUT", address, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), question);
    }

    private void refused(URI address, String body, Object question) {
        assertThatThrownBy(() -> leaves(address, body, question)).isInstanceOf(ConsentBreach.class);
    }

    @Test
    @DisplayName("Only what a claimed update names leaves: this record, these fields, this module, no workflow")
    void onlyWhatIsNamed() {
        CrmCall call = give();
        String same = "{'trigger':[],'data':[{'Statement':'v1','id':'1'}]}";
        assertThatCode(() -> leaves(LEADS, same, call)).doesNotThrowAnyException();

        refused(LEADS, same, new Object());
        refused(URI.create("https://crm.example.com/crm/v8/Contacts"), same, call);
        refused(URI.create("https://crm.example.com/crm/v8/Leads?x=y"), same, call);
        refused(LEADS, same.replace("v1", "v2"), call);
        refused(LEADS, same.replace("'1'}", "'2'}"), call);
        refused(LEADS, same.replace("'trigger':[],", ""), call);
        refused(LEADS, same.replace("[]", "['workflow']"), call);
        refused(LEADS, same.replace("'Statement'", "'Email_Opt_Out':false,'Statement'"), call);

        permits.withdraw(call);
        refused(LEADS, same, call);
    }

    @Test
    @DisplayName("A refusal is never taken back, whatever asks for it")
    void neverARefusal() {
        for (Map<String, Object> record : List.<Map<String, Object>>of(
                Map.of("id", "1", "Email_Opt_Out", false),
                Map.of("id", "1", "Email_Opt_Out", "no"),
                Map.of("id", "1", "Email", "x@example.com"),
                Map.of("id", "1", "Unsubscribed_Time", ""))) {
            assertThatThrownBy(() -> permits.give(
                            connection, "Leads", List.of(record), List.of(), null, NOW.plusSeconds(60), Payment.NONE))
                    .isInstanceOf(ConsentBreach.class);
        }
        permits.give(
                connection,
                "Leads",
                List.of(Map.of("id", "1", "Email_Opt_Out", true)),
                List.of(),
                null,
                NOW.plusSeconds(60),
                Payment.NONE);
    }

    @Test
    @DisplayName("Nothing leaves once the claim has ended, since another process may write the same record by then")
    void claimEnded() {
        CrmCall call = give();
        now.set(NOW.plusSeconds(60));

        assertThatThrownBy(() -> leaves(LEADS, "{'data':[{'id':'1','Statement':'v1'}],'trigger':[]}", call))
                .isInstanceOf(ZohoFault.ClaimEnded.class);
    }
}
