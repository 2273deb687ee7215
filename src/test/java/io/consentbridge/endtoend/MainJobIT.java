package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job on the sample configuration, and the five cases of consent. */
class MainJobIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(200, TestConfig::samples);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"customer-contacts", "event-leads", "members", "newsletter-contacts", "newsletter-leads"})
    @DisplayName(
            "Every sample sync completes, its figures balance, and nobody is mailed who must not be (B55, B70, B117)")
    void everySampleRuns(String sync) {
        RunView run = bridge.runInFull(sync);

        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(run.total()).isPositive();
        assertThat(run.deadLettered() + run.pending()).isZero();
        assertThat(run.calls().campaigns()).isPositive();
        assertThat(bridge.zoho().violations()).isEmpty();
        assertThat(run.calls().crm()).isPositive();
    }

    @Test
    @DisplayName("A purpose that needs no consent delivers on any basis that the CRM records (cases 1 and 2: B8, B9)")
    void deliversWithoutConsent() {
        String contract = bridge.newcomer("Contacts", Map.of("Data_Processing_Basis", "Contract"));
        String consent = bridge.newcomer("Contacts", Map.of("Data_Processing_Basis", "Consent - Obtained"));
        String refused = bridge.newcomer("Contacts", Map.of("Data_Processing_Basis", "Consent rejected"));

        bridge.complete("customer-contacts");

        assertThat(bridge.zoho().statuses("Customer Letter"))
                .containsEntry(contract, "active")
                .containsEntry(consent, "active")
                .doesNotContainKey(refused);
    }

    @Test
    @DisplayName("Expressed consent delivers only people who gave it with e-mail among its channels (case 4: B11, B12)")
    void deliversExpressedConsent() {
        String byMail = bridge.newcomer("Contacts", obtained(true));
        String byPhone = bridge.newcomer("Contacts", obtained(false));
        String none = bridge.newcomer("Contacts", Map.of());

        RunView run = bridge.complete("newsletter-contacts");

        assertThat(run.ignored().get("consent-withheld")).isGreaterThanOrEqualTo(2);
        assertThat(bridge.zoho().statuses("Product News"))
                .containsEntry(byMail, "active")
                .doesNotContainKey(byPhone)
                .doesNotContainKey(none);
    }

    @Test
    @DisplayName(
            "The public list asks once for required consent; the person waits there until they confirm (B10, B13, B14, B89, B91)")
    void asksForConsent() {
        String obtained = bridge.newcomer("Leads", obtained(true));
        String none = bridge.newcomer("Leads", Map.of());
        RunView run = bridge.complete("newsletter-leads");
        assertThat(run.ignored().get("consent-requested")).isGreaterThanOrEqualTo(2);
        assertThat(bridge.zoho().statuses("Product News Confirmation"))
                .containsEntry(obtained, "pending")
                .containsEntry(none, "pending");
        assertThat(bridge.zoho().statuses("Product News")).doesNotContainKeys(obtained, none);

        bridge.zoho().happens("confirm", "Product News Confirmation", none);
        bridge.zoho().forgetCalls();
        RunView after = bridge.runInFull("newsletter-leads");

        assertThat(after.state()).isEqualTo("completed");
        assertThat(bridge.zoho().calls("json/listsubscribe")).isOne();
        assertThat(bridge.zoho().statuses("Product News Confirmation")).containsEntry(none, "active");
        assertThat(bridge.zoho().statuses("Product News"))
                .containsEntry(none, "active")
                .doesNotContainKey(obtained);
    }

    @Test
    @DisplayName("A person who must be asked is held and counted where there is no confirmation list (B14, ruling 12)")
    void holdsWithoutConfirmationList() {
        bridge.files().purpose("held", "lawfulBasis: consent").sync("held", "Leads", "consent: required");
        bridge.reload();

        RunView run = bridge.complete("held");

        assertThat(run.ignored().get("consent-requested")).isPositive();
        assertThat(run.added()).isZero();
        assertThat(bridge.zoho().statuses("held")).isEmpty();
    }

    private static Map<String, Object> obtained(boolean byMail) {
        return Map.of(
                "Data_Processing_Basis",
                "Consent - Obtained",
                "Data_Processing_Basis_Details",
                Map.of("Data_Processing_Basis", "Obtained", "Contact_Through_Email", byMail));
    }
}
