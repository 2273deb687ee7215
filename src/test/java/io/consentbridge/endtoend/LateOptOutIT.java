package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opt-outs that become visible late, out of order, or without a trace in Modified_Time. */
class LateOptOutIT {

    private Bridge bridge;

    @BeforeEach
    void open() {
        bridge = Bridge.open(10, files -> files.letters("news", "Leads"));
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private static String email() {
        return "p" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
    }

    private String create(String module, String email, Map<String, Object> more) {
        return bridge.zoho().create(module, Bridge.fields(email, more));
    }

    private String status(String email) {
        return bridge.zoho().statuses("news").get(email);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Leads", "Contacts"})
    @DisplayName("B52: the next run notices an opt-out that leaves the record's Modified_Time unchanged")
    void quietly(String module) {
        String email = email();
        String lead = create("Leads", email, Map.of());
        String record = module.equals("Leads") ? lead : create(module, email, Map.of());
        bridge.zoho().forward("PT-20M");
        bridge.zoho().change(module, record, Map.of("Last_Name", "Long ago"));
        bridge.zoho().forward("PT20M");
        bridge.complete("news");
        bridge.complete("news");
        assertThat(status(email)).isEqualTo("active");

        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        bridge.zoho().changeQuietly(module, record, Map.of("Unsubscribed_Time", now, "Unsubscribed_Mode", "Manual"));

        assertThat(bridge.complete("news").ignored().get("opted-out")).isPositive();
        assertThat(status(email)).isEqualTo("unsub");
        bridge.zoho().forgetCalls();
        bridge.complete("news");
        assertThat(bridge.zoho().callsOf("json/listunsubscribe")).isEmpty();
    }

    @Test
    @DisplayName(
            "B52: an opt-out that becomes visible 70 seconds late, behind a later change that was read, is noticed by the next run")
    void late() {
        String email = email();
        create("Leads", email, Map.of());
        String contact = create("Contacts", email, Map.of());
        bridge.complete("news");
        assertThat(status(email)).isEqualTo("active");

        bridge.zoho().forward("PT-9M");
        bridge.zoho().lateBy("Contacts", "PT70S");
        bridge.zoho().change("Contacts", contact, Map.of("Email_Opt_Out", true));
        bridge.zoho().forward("PT40S");
        bridge.zoho().lateBy("Contacts", "PT0S");
        create("Contacts", email(), Map.of());
        bridge.complete("news");
        assertThat(status(email)).as("nobody could know").isEqualTo("active");

        bridge.zoho().forward("PT35S");
        bridge.complete("news");
        assertThat(status(email)).isEqualTo("unsub");
    }

    @Test
    @DisplayName(
            "B52: a person who opted back in is free, and one who opted out again is not, for any number of readings of the overlap")
    void backAndForth() {
        String email = email();
        String contact = create("Contacts", email, Map.of("Email_Opt_Out", true));
        String lead = create("Leads", email, Map.of());
        bridge.complete("news");
        assertThat(status(email)).isNull();

        bridge.zoho().forward("PT2S");
        bridge.zoho().change("Contacts", contact, Map.of("Email_Opt_Out", false));
        bridge.zoho().change("Leads", lead, Map.of("Last_Name", "Back"));
        bridge.complete("news");
        bridge.complete("news");
        assertThat(status(email)).isEqualTo("active");

        bridge.zoho().forward("PT2S");
        bridge.zoho().change("Contacts", contact, Map.of("Email_Opt_Out", true));
        bridge.complete("news");
        bridge.complete("news");
        assertThat(status(email)).isEqualTo("unsub");
    }
}
