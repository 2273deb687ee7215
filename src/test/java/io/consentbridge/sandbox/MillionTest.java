package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sandbox of a million people. */
@Tag("long")
class MillionTest {

    @Test
    @DisplayName("starts within seconds and walks a module by keyset without sorting it for each page")
    void starts() {
        Instant begin = Instant.now();
        try (Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withPeople(1_000_000).withoutQuotas())) {
            Client client = new Client(sandbox);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(30));
            Instant walk = Instant.now();
            String time = "2025-01-01T00:00:00+00:00";
            String id = "0";
            for (int i = 0; i < 20; i++) {
                var data = client.coql(("select Email, Modified_Time from Leads where (Modified_Time > '%s' or "
                                        + "(Modified_Time = '%s' and id > '%s')) order by Modified_Time asc, id asc limit 2000")
                                .formatted(time, time, id))
                        .json()
                        .path("data");
                assertThat(data).hasSize(2_000);
                time = data.get(1_999).path("Modified_Time").asText();
                id = data.get(1_999).path("id").asText();
            }
            assertThat(Duration.between(walk, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }
}
