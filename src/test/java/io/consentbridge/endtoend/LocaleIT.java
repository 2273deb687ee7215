package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In a country that writes other digits everything is as in English. */
class LocaleIT {

    private final Locale before = Locale.getDefault();

    @BeforeEach
    void travel() {
        Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
    }

    @AfterEach
    void comeHome() {
        Locale.setDefault(before);
    }

    @Test
    @DisplayName("runs, leavers, dead letters, previews and schedules")
    void everything() {
        assertThat("%d".formatted(7)).isNotEqualTo("7");
        try (Bridge bridge = Bridge.openWithTriggers(
                30,
                files -> files.samples()
                        .letters("abroad", "Leads")
                        .sync("daily", "Contacts", "purpose: abroad", "schedule: {every: day, at: \"07:30\"}"))) {
            String email = bridge.newcomer("Leads", Map.of("Annual_Revenue", 1234.5));
            RunView run = bridge.complete("abroad");
            assertThat(run.added()).isPositive();
            assertThat(bridge.zoho().statuses("abroad")).containsEntry(email, "active");
            bridge.preview("abroad", true);
            assertThat(bridge.operations().history("abroad", 10)).hasSize(1);
            assertThat(bridge.operations().check().problems()).isEmpty();
            bridge.run("newsletter-leads");
            assertThat(bridge.operations().sync("daily").nextRun()).isNotNull();
        }
    }
}
