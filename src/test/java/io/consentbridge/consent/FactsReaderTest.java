package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FactsReaderTest {

    @Test
    @DisplayName("B51: the opt-out flag and the time of unsubscribing each count as opting out")
    void eitherFieldOptsOut() {
        assertThat(read(Map.of("Email_Opt_Out", true)).optedOut()).isTrue();
        assertThat(read(Map.of("Email_Opt_Out", "true")).optedOut()).isTrue();
        assertThat(read(Map.of("Unsubscribed_Time", "2026-02-03T04:05:06+01:00"))
                        .optedOut())
                .isTrue();
        assertThat(read(Map.of("Email_Opt_Out", false, "Unsubscribed_Time", "")).optedOut())
                .isFalse();
    }

    @Test
    @DisplayName("B54: both ways of saying converted are read")
    void converted() {
        assertThat(read(Map.of("Converted__s", true)).converted()).isTrue();
        assertThat(read(Map.of("$converted", true)).converted()).isTrue();
        assertThat(read(Map.of("Email", "jane@example.com")))
                .isEqualTo(new ConsentFacts(new NotStated(), null, false, false, null));
    }

    @Test
    @DisplayName("B11: the details of a single record become its evidence")
    void evidence() {
        ConsentFacts facts = read(Map.of(
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
                .isEqualTo(new Evidence(true, false, null, "Web Form", LocalDate.of(2025, 10, 11), null, "Approved."));
    }

    @Test
    @DisplayName("B12: details that say less than the record win")
    void detailsThatSayLessWin() {
        Map<String, Object> record = Map.of("Data_Processing_Basis", "Consent - Obtained");
        ConsentFacts facts = read(record);

        assertThat(withDetails(facts, Map.of("Data_Processing_Basis", "Awaiting"))
                        .basis())
                .isEqualTo(new Unanswered("Awaiting"));
        assertThat(withDetails(facts, Map.of("Data_Processing_Basis", "Rejected"))
                        .basis())
                .isEqualTo(new Refused("Rejected"));
        assertThat(withDetails(facts, null)).isEqualTo(facts);
    }

    @Test
    @DisplayName("B14: a record whose processing is stopped counts as refused")
    void stopped() {
        assertThat(read(Map.of("$stop_processing", true)).basis()).isInstanceOf(Refused.class);
    }

    @Test
    @DisplayName("B51: an opt-out field with any value but no means that the person opted out")
    void onlyNoIsNo() {
        assertThat(read(Map.of("Email_Opt_Out", "Ja")).optedOut()).isTrue();
        assertThat(read(Map.of("Email_Opt_Out", 1)).optedOut()).isTrue();
        assertThat(read(Map.of("Email_Opt_Out", "FALSE")).optedOut()).isFalse();
        assertThat(read(Map.of("Email_Opt_Out", " ")).optedOut()).isFalse();
    }

    @Test
    @DisplayName("B12: details with an unknown word mean that nobody consents, even if the record consents")
    void unknownWordInDetails() {
        ConsentFacts obtained = read(Map.of("Data_Processing_Basis", "Consent - Obtained"));
        ConsentFacts contract = read(Map.of("Data_Processing_Basis", "Contract"));
        Map<String, Object> details =
                Map.of("Data_Processing_Basis", "Zur\u00fcckgezogen", "Contact_Through_Email", true);

        assertThat(withDetails(obtained, details).basis()).isInstanceOf(RecordedBasis.Unknown.class);
        assertThat(withDetails(obtained, details).evidence()).isNull();
        assertThat(withDetails(contract, details).unknownWord()).isEqualTo("Zur\u00fcckgezogen");
    }

    @Test
    @DisplayName("B12: a consent that ended yesterday, or that is dated tomorrow, is not valid today")
    void consentHasDays() {
        LocalDate today = LocalDate.of(2026, 11, 27);

        assertThat(obtained(Map.of("Consent_EndsOn", "2026-11-26")).on(today).basis())
                .isInstanceOf(RecordedBasis.Lapsed.class);
        assertThat(obtained(Map.of("Consent_Date", "2026-11-28")).on(today).basis())
                .isInstanceOf(RecordedBasis.Lapsed.class);
        assertThat(obtained(Map.of("Consent_Date", "2026-11-27", "Consent_EndsOn", "2026-11-27"))
                        .on(today)
                        .basis())
                .isInstanceOf(Obtained.class);
        assertThat(obtained(Map.of()).on(today).basis()).isInstanceOf(Obtained.class);
        assertThat(obtained(Map.of("Consent_EndsOn", "31.12.2030")).on(today).basis())
                .isInstanceOf(RecordedBasis.Lapsed.class);
    }

    private static ConsentFacts obtained(Map<String, Object> details) {
        Map<String, Object> all = new HashMap<>(details);
        all.put("Contact_Through_Email", true);
        return withDetails(read(Map.of("Data_Processing_Basis", "Consent - Obtained")), all);
    }

    private static ConsentFacts read(Map<String, Object> values) {
        return FactsReader.read(values, BasisReader.ZOHO);
    }

    private static ConsentFacts withDetails(ConsentFacts facts, Object details) {
        return FactsReader.withDetails(facts, details, BasisReader.ZOHO);
    }
}
