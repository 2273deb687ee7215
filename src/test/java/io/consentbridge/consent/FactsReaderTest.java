package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FactsReaderTest {

    @Test
    @DisplayName("B51: the opt-out flag and the time of unsubscribing each count as opting out")
    void eitherFieldOptsOut() {
        assertThat(FactsReader.read(Map.of("Email_Opt_Out", true)).optedOut()).isTrue();
        assertThat(FactsReader.read(Map.of("Email_Opt_Out", "true")).optedOut()).isTrue();
        assertThat(FactsReader.read(Map.of("Unsubscribed_Time", "2026-02-03T04:05:06+01:00"))
                        .optedOut())
                .isTrue();
        assertThat(FactsReader.read(Map.of("Email_Opt_Out", false, "Unsubscribed_Time", ""))
                        .optedOut())
                .isFalse();
    }

    @Test
    @DisplayName("B54: both ways of saying converted are read")
    void converted() {
        assertThat(FactsReader.read(Map.of("Converted__s", true)).converted()).isTrue();
        assertThat(FactsReader.read(Map.of("$converted", true)).converted()).isTrue();
        assertThat(FactsReader.read(Map.of("Email", "jane@example.com")))
                .isEqualTo(new ConsentFacts(new NotStated(), null, false, false, null));
    }

    @Test
    @DisplayName("B11: the details of a single record become its evidence")
    void evidence() {
        ConsentFacts facts = FactsReader.read(Map.of(
                "Data_Processing_Basis",
                "Consent - Obtained",
                "Data_Processing_Basis_Details",
                Map.of(
                        "Data_Processing_Basis", "Obtained",
                        "Contact_Through_Email", true,
                        "Contact_Through_Phone", false,
                        "Consent_Through", "Web Form",
                        "Consent_Date", "2025-10-11",
                        "Consent_Remarks", "Approved.")));

        assertThat(facts.basis()).isEqualTo(new Obtained());
        assertThat(facts.evidence())
                .isEqualTo(new Evidence(true, false, null, "Web Form", LocalDate.of(2025, 10, 11), "Approved."));
    }

    @Test
    @DisplayName("B12: details that say less than the record win")
    void detailsThatSayLessWin() {
        Map<String, Object> record = Map.of("Data_Processing_Basis", "Consent - Obtained");
        ConsentFacts facts = FactsReader.read(record);

        assertThat(FactsReader.withDetails(facts, Map.of("Data_Processing_Basis", "Awaiting"))
                        .basis())
                .isEqualTo(new Unanswered("Awaiting"));
        assertThat(FactsReader.withDetails(facts, Map.of("Data_Processing_Basis", "Rejected"))
                        .basis())
                .isEqualTo(new Refused("Rejected"));
        assertThat(FactsReader.withDetails(facts, null)).isEqualTo(facts);
    }

    @Test
    @DisplayName("B14: a record whose processing is stopped counts as refused")
    void stopped() {
        assertThat(FactsReader.read(Map.of("$stop_processing", true)).basis()).isInstanceOf(Refused.class);
    }
}
