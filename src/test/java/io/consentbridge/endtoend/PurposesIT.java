package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consent belongs to a purpose, and what the CRM says of it is compared with the purpose anew in every run. */
class PurposesIT extends BridgeFixture {

    private static final Map<String, Object> OBTAINED = Map.of("Data_Processing_Basis", "Consent - Obtained");
    private static final Map<String, Object> CONTRACT = Map.of("Data_Processing_Basis", "Contract");

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                20,
                files -> files.purpose("expressed", "lawfulBasis: consent")
                        .sync("expressed-Leads", "Leads", "purpose: expressed", "consent: expressed", "evidence: basis")
                        .sync(
                                "expressed-Contacts",
                                "Contacts",
                                "purpose: expressed",
                                "consent: expressed",
                                "evidence: basis")
                        .purpose("one", "lawfulBasis: consent")
                        .sync("one", "Leads", "consent: expressed", "evidence: basis")
                        .purpose(
                                "other",
                                "lawfulBasis: consent",
                                "confirmation: {via: zoho, list: Product News Confirmation,"
                                        + " ground: {accepted: {by: Jane Doe, on: 2026-11-01, because: they asked}}}")
                        .sync("other", "Leads", "consent: required"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Leads", "Contacts"})
    @DisplayName("B2: every run compares the bases of purpose and record before any delivery")
    void comparedInEveryRun(String module) {
        String email = "compared@" + module.toLowerCase() + ".example.com";
        String id = bridge.zoho().create(module, Bridge.fields(email, CONTRACT));
        RunView withheld = bridge.complete("expressed-" + module);
        assertThat(withheld.ignored().get("consent-withheld")).isPositive();
        assertThat(bridge.zoho().statuses("expressed")).doesNotContainKey(email);

        bridge.zoho().change(module, id, OBTAINED);
        bridge.complete("expressed-" + module);
        assertThat(bridge.zoho().statuses("expressed")).containsEntry(email, "active");

        bridge.zoho().forgetCalls();
        bridge.zoho().change(module, id, CONTRACT);
        RunView again = bridge.complete("expressed-" + module);
        assertThat(again.ignored().get("consent-withheld")).isEqualTo(1);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).isZero();
    }

    @Test
    @DisplayName("B1, B88: consent for one purpose is requested again for another")
    void onePurposeOnly() {
        String email = bridge.newcomer("Leads", OBTAINED);

        bridge.complete("one");
        bridge.complete("other");

        assertThat(bridge.zoho().statuses("one")).containsEntry(email, "active");
        assertThat(bridge.zoho().statuses("other")).doesNotContainKey(email);
        assertThat(bridge.zoho().statuses("Product News Confirmation")).containsEntry(email, "pending");
    }
}
