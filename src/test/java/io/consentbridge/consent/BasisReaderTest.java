package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.RecordedBasis.NotConsent;
import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import io.consentbridge.consent.RecordedBasis.Unknown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasisReaderTest {

    @ParameterizedTest
    @CsvSource({
        "Legitimate Interests, LEGITIMATE_INTEREST",
        "legitimate interest, LEGITIMATE_INTEREST",
        "Contract, CONTRACT",
        "Legal Obligation, LEGAL_OBLIGATION",
        "Vital Interests, VITAL_INTEREST",
        "Public Interests, PUBLIC_TASK",
        "'  public  interests ', PUBLIC_TASK",
        "Public Task, PUBLIC_TASK"
    })
    @DisplayName("B3: each of the five bases is recognised in the CRM's spelling")
    void otherBases(String literal, LawfulBasis basis) {
        assertThat(BasisReader.ZOHO.read(literal)).isEqualTo(new NotConsent(basis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Consent - Obtained", "Obtained", " CONSENT - OBTAINED ", "consent-obtained", "obtained"})
    @DisplayName("B4: obtained consent is recognised in its long and its short spelling")
    void obtained(String literal) {
        assertThat(BasisReader.ZOHO.read(literal)).isEqualTo(new Obtained());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Consent - Pending",
                "Consent - Waiting",
                "Consent - Awaiting",
                "Consent - Not Responded",
                "Pending",
                "Waiting",
                "Awaiting",
                "Not Responded",
                "Consent"
            })
    @DisplayName("B12: consent that has not been answered is not consent")
    void unanswered(String literal) {
        assertThat(BasisReader.ZOHO.read(literal)).isInstanceOf(Unanswered.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Consent rejected",
                "Consent - Rejected",
                "Rejected",
                "Stop Processing",
                "STOP_PROCESSING",
                "Stopped",
                "Delete/erase",
                "Delete / Erase",
                "Consent Withdrawn",
                "Refused"
            })
    @DisplayName("B14: a refusal is recognised in every spelling near the known ones")
    void refused(String literal) {
        assertThat(BasisReader.ZOHO.read(literal)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "Not Applicable", "not applicable", "-None-"})
    @DisplayName("An empty or inapplicable basis is none")
    void notStated(String literal) {
        assertThat(BasisReader.ZOHO.read(literal)).isEqualTo(new NotStated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Consent - Not Obtained",
                "Consentobtained",
                "Obtained?",
                "Consent - Expired",
                "Einwilligung",
                "yes",
                "true",
                "Consent - Obtained (partly)"
            })
    @DisplayName("B12: a word outside the known ones is unknown")
    void unknown(String literal) {
        assertThat(BasisReader.ZOHO.read(literal)).isEqualTo(new Unknown(literal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Einwilligung - Abgelehnt", "Retir\u00e9", "Rechazado", "Consent - Lapsed"})
    @DisplayName("B12: a refusal in another language, or in an organisation's own words, is unknown")
    void unknownLanguages(String literal) {
        assertThat(BasisReader.ZOHO.read(literal)).isEqualTo(new Unknown(literal));
    }

    @Test
    @DisplayName("B4, B12, B14: an organisation's own words have the meaning that it sets, in any spelling")
    void ownWords() {
        BasisReader reader = new BasisReader(Map.of(
                "refused", List.of("Retir\u00e9", "Einwilligung - Abgelehnt"),
                "obtained", List.of("Einwilligung - Erteilt", "No objection"),
                "legitimate-interest", List.of("Berechtigtes Interesse"),
                "unanswered", List.of("Angefragt"),
                "none", List.of("Unbekannt")));

        assertThat(reader.read("RETIRE\u0301 ")).isInstanceOf(Refused.class);
        assertThat(reader.read("Einwilligung\u00a0- abgelehnt")).isInstanceOf(Refused.class);
        assertThat(reader.read("einwilligung_- erteilt")).isEqualTo(new Obtained());
        assertThat(reader.read("No objection")).isEqualTo(new Obtained());
        assertThat(reader.read("Berechtigtes  Interesse")).isEqualTo(new NotConsent(LawfulBasis.LEGITIMATE_INTEREST));
        assertThat(reader.read("Angefragt")).isEqualTo(new Unanswered("Angefragt"));
        assertThat(reader.read("unbekannt")).isEqualTo(new NotStated());
        assertThat(reader.read("Rechazado")).isEqualTo(new Unknown("Rechazado"));
    }

    @Test
    @DisplayName("B14: Zoho's own words keep their meaning whatever an organisation configures")
    void zohosWordsStay() {
        BasisReader reader = new BasisReader(Map.of("obtained", List.of("Stop Processing", "Consent - Pending")));

        assertThat(reader.read("Stop Processing")).isInstanceOf(Refused.class);
        assertThat(reader.read("Consent - Pending")).isInstanceOf(Unanswered.class);
    }
}
