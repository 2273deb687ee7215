package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the CRM's words and days of a consent mean, from the record to the list. */
class ConsentWordsIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("words", "Leads")
                        .letters("own-words", "Leads")
                        .letters("persons", "Leads")
                        .letters("explained", "Leads")
                        .purpose("days", "lawfulBasis: consent")
                        .sync("days", "Contacts", "consent: expressed", "evidence: details")
                        .set("CONSENT_WORDS_CONTRACT", "Vertrag")
                        .set("CONSENT_WORDS_REFUSED", "Nicht gewollt"));
    }

    @Test
    @DisplayName(
            "B12: a purpose that needs no consent withholds people with an unknown word, which may be a refusal, and names the word")
    void unknownWordsWithhold() {
        List<String> withheld = new ArrayList<>();
        for (String word :
                List.of("Einwilligung - Abgelehnt", "Retir\u00e9", "Rechazado", "Consent - Lapsed", "Retir\u00e9")) {
            withheld.add(bridge.newcomer("Leads", Map.of("Data_Processing_Basis", word)));
        }
        String known = bridge.newcomer("Leads", Map.of("Data_Processing_Basis", "Contract"));

        RunView run = bridge.complete("words");

        assertThat(bridge.zoho().statuses("words").keySet()).contains(known).doesNotContainAnyElementsOf(withheld);
        assertThat(run.ignored().get("consent-withheld")).isGreaterThanOrEqualTo(5);
        assertThat(run.message())
                .contains(
                        "\"Retir\u00e9\" (2)",
                        "\"Einwilligung - Abgelehnt\" (1)",
                        "\"Rechazado\" (1)",
                        "\"Consent - Lapsed\" (1)",
                        "consent.words.BASIS")
                .doesNotContain("@");
        assertThat(bridge.operations().check().checked())
                .anyMatch(line -> line.contains("module Leads") && line.contains("\"Retir\u00e9\" (2)"));
    }

    @Test
    @DisplayName("B12: an unknown word of one record in any module withholds the person until the word changes")
    void onePersonWithTwoRecords() {
        String elsewhere = "somebody.else@c3.example.com";
        String contact =
                bridge.zoho().create("Contacts", Bridge.fields(elsewhere, Map.of("Data_Processing_Basis", "Perdu")));
        String lead =
                bridge.zoho().create("Leads", Bridge.fields(elsewhere, Map.of("Data_Processing_Basis", "Contract")));
        String beside = bridge.newcomer("Leads", Map.of("Data_Processing_Basis", "Perdu"));
        bridge.zoho().create("Leads", Bridge.fields(beside, Map.of("Data_Processing_Basis", "Contract")));

        bridge.complete("persons");

        assertThat(bridge.zoho().statuses("persons")).doesNotContainKeys(elsewhere, beside);
        bridge.zoho().change("Leads", lead, Map.of("Company", "Another"));
        bridge.complete("persons");
        assertThat(bridge.zoho().statuses("persons")).doesNotContainKeys(elsewhere, beside);
        long withheld = bridge.operations().status().connections().get(0).unknownWords();

        bridge.zoho().change("Contacts", contact, Map.of("Data_Processing_Basis", "Contract"));
        bridge.zoho().change("Leads", lead, Map.of("Company", "Third"));
        bridge.complete("persons");
        assertThat(bridge.zoho().statuses("persons")).containsKey(elsewhere);
        assertThat(bridge.operations().status().connections().get(0).unknownWords())
                .as("status counts the people")
                .isPositive()
                .isEqualTo(withheld - 1);
    }

    @Test
    @DisplayName(
            "B8, B12: once an organisation defines a word, the next run frees the people withheld for it in any module")
    void wordThatWasExplained() {
        String email = "explained@c3.example.com";
        bridge.zoho().create("Contacts", Bridge.fields(email, Map.of("Data_Processing_Basis", "Ailleurs")));
        bridge.zoho().create("Leads", Bridge.fields(email, Map.of("Data_Processing_Basis", "Contract")));
        bridge.complete("explained");
        assertThat(bridge.zoho().statuses("explained")).doesNotContainKey(email);

        bridge.files().set("CONSENT_WORDS_NONE", "Ailleurs");
        bridge.reopen();
        bridge.complete("explained");

        assertThat(bridge.zoho().statuses("explained")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("B8, B14: an organisation's own words deliver and refuse as it defines")
    void ownWords() {
        String contract = bridge.newcomer("Leads", Map.of("Data_Processing_Basis", "VERTRAG"));
        String refused = bridge.newcomer("Leads", Map.of("Data_Processing_Basis", "Nicht gewollt"));

        RunView run = bridge.complete("own-words");

        assertThat(bridge.zoho().statuses("own-words")).containsKey(contract).doesNotContainKey(refused);
        assertThat(run.ignored().get("opted-out")).isPositive();
    }

    @Test
    @DisplayName(
            "B12: a consent that ended yesterday or is dated tomorrow is no consent, and a full run reads the details again")
    void consentHasDays() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String ended = consenting(Map.of("Consent_EndsOn", today.minusDays(1).toString()));
        String ahead = consenting(Map.of("Consent_Date", today.plusDays(1).toString()));
        String holds = consenting(Map.of(
                "Consent_Date", today.minusDays(1).toString(),
                "Consent_EndsOn", today.plusDays(300).toString()));

        RunView run = bridge.complete("days");

        assertThat(bridge.zoho().statuses("days").keySet()).contains(holds).doesNotContain(ended, ahead);
        assertThat(run.ignored().get("consent-withheld")).isGreaterThanOrEqualTo(2);
        bridge.zoho().forgetCalls();
        RunView full = bridge.runInFull("days");
        assertThat(bridge.zoho().calls("GET /crm/v8/Contacts/{id}")).isGreaterThanOrEqualTo(3);
        assertThat(full.ignored().get("consent-withheld")).isGreaterThanOrEqualTo(2);
    }

    private static String consenting(Map<String, Object> days) {
        Map<String, Object> details = new HashMap<>(days);
        details.put("Data_Processing_Basis", "Obtained");
        details.put("Contact_Through_Email", true);
        return bridge.newcomer(
                "Contacts",
                Map.of("Data_Processing_Basis", "Consent - Obtained", "Data_Processing_Basis_Details", details));
    }
}
