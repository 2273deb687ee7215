package io.consentbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Counters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunViewTest {

    @Test
    @DisplayName("B70, B74: a run prints the fixed document, with every reason and in the fixed order")
    void documentIsFixed() throws Exception {
        Counters counters = new Counters(8, 1, 1, 2, 1, 3, 1, 1, 0, Map.of(IgnoreReason.OPTED_OUT, 2L));
        RunView run = RunView.of(
                new RunView.Header(
                        "r-1",
                        "customers",
                        "completed",
                        "main",
                        "command",
                        false,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        false,
                        null,
                        null,
                        "Customers"),
                counters,
                new Calls(1, 2, 3),
                List.of(),
                List.of(),
                null);

        assertThat(Json.MAPPER.writeValueAsString(run))
                .startsWith("{\"run\":\"r-1\",\"sync\":\"customers\",\"state\":\"completed\",\"total\":8,\"new\":1,"
                        + "\"readded\":1,\"duplicate\":2,\"updated\":1,\"left\":3,\"deleted\":1,\"deadLettered\":1,"
                        + "\"ignored\":{\"bounced\":0,\"blocked\":0,\"do-not-mail\":0,\"group-email\":0,"
                        + "\"file-duplicate\":0,\"invalid-pattern\":0,\"empty-email\":0,\"opted-out\":2,"
                        + "\"converted\":0,\"consent-withheld\":0,\"consent-requested\":0,\"other\":0},"
                        + "\"calls\":{\"accounts\":1,\"crm\":2,\"campaigns\":3},");
        ObjectNode document = Json.MAPPER.valueToTree(run);
        assertThat(document.get("startedAt").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(document.has("ignoredTotal")).isFalse();
    }

    @Test
    @DisplayName("what was written as JSON is read back the same")
    void roundTrip() throws Exception {
        RunView run = Samples.run("r-1", "customers", "completed");

        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(run), RunView.class))
                .isEqualTo(run);
    }
}
