package io.consentbridge.campaigns;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.FormText;
import io.consentbridge.zoho.ZohoFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may be handed over to a workflow, beneath the routes. */
class WorkflowPermitsTest {

    private static final String DETAILS =
            "{\"lead_email\":\"a@example.com,b@example.com\",\"triggerkey\":\"T\",\"listkey\":\"L\"}";

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final WorkflowPermits permits = new WorkflowPermits(now::get);
    private final Connection connection = ZohoStandIn.connection("main", "https://campaigns.example.com");

    private CampaignsCall give(String workflow, String... addresses) {
        return permits.give(connection, workflow, "T", "L", List.of(addresses), NOW.plusSeconds(60));
    }

    private void leaves(String path, String details, Object question) {
        permits.check(
                connection,
                "POST",
                URI.create("https://campaigns.example.com/api/v1.1/" + path),
                ("details=" + FormText.encode(details)).getBytes(StandardCharsets.UTF_8),
                question);
    }

    private void refused(String path, String details, Object question) {
        assertThatThrownBy(() -> leaves(path, details, question)).isInstanceOf(ConsentBreach.class);
    }

    @Test
    @DisplayName("Only the people, the workflow, the trigger and the list of the call leave, while it is permitted")
    void onlyThese() {
        CampaignsCall call = give("W1", "a@example.com", "b@example.com");
        assertThatCode(() -> leaves("workflow/W1/action/trigger", DETAILS, call))
                .doesNotThrowAnyException();

        refused("workflow/W2/action/trigger", DETAILS, call);
        refused("workflow/W1/action/trigger?x=y", DETAILS, call);
        refused("workflow/W1/action/trigger", DETAILS.replace("b@", "c@"), call);
        refused("workflow/W1/action/trigger", DETAILS.replace("\"T\"", "\"U\""), call);
        refused("workflow/W1/action/trigger", DETAILS, new Object());
        permits.withdraw(call);
        refused("workflow/W1/action/trigger", DETAILS, call);
        assertThatThrownBy(() -> give("W1/../x", "a@example.com")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("Nobody is handed over once the claim has ended, since another process may hand them over by then")
    void claimEnded() {
        CampaignsCall call = give("W1", "a@example.com", "b@example.com");
        now.set(NOW.plusSeconds(60));

        assertThatThrownBy(() -> leaves("workflow/W1/action/trigger", DETAILS, call))
                .isInstanceOf(ZohoFault.ClaimEnded.class);
    }
}
