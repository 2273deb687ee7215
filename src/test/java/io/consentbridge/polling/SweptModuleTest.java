package io.consentbridge.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.RecordedBasis;
import io.consentbridge.sync.FieldKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SweptModuleTest {

    @Test
    @DisplayName(
            "A query asks for people who opted out, unsubscribed, or have a basis that is not surely harmless (B51)")
    void everySign() {
        SweptModule module = SweptModule.of(
                        "Contacts",
                        false,
                        Set.of("Email", "Email_Opt_Out", "Unsubscribed_Time", "Data_Processing_Basis", "Phone"))
                .orElseThrow();
        assertThat(module.columns())
                .containsExactly("Email", "Email_Opt_Out", "Unsubscribed_Time", "Data_Processing_Basis");
        assertThat(module.refusals().toString())
                .startsWith("((Email_Opt_Out = true or Unsubscribed_Time is not null)"
                        + " or (Data_Processing_Basis is not null and Data_Processing_Basis not in ('Not Applicable', ")
                .contains("'Consent - Obtained'")
                .doesNotContain("Stop", "reject");
    }

    @Test
    @DisplayName("Only fields that the module has are named")
    void fewFields() {
        assertThat(SweptModule.of("Members", true, Set.of("Email", "Email_Opt_Out")))
                .map(module -> module.refusals().toString())
                .contains("Email_Opt_Out = true");
    }

    @Test
    @DisplayName("A module without addresses, or without a refusal field, is not swept")
    void nothingToSweep() {
        assertThat(SweptModule.of("Deals", false, Set.of("Email_Opt_Out"))).isEmpty();
        assertThat(SweptModule.of("Members", true, Set.of("Email", "Name"))).isEmpty();
    }

    @Test
    @DisplayName(
            "B43: a module without a refusal field is swept for changes alone, from its first sweep on, and frees nobody")
    void changesAlone() {
        SweptModule module = SweptModule.changes("Clubs");
        assertThat(module.refusals()).hasToString("id is null");
        assertThat(module.changedSince(Instant.parse("2026-07-01T10:00:00Z")))
                .hasToString("Modified_Time >= '2026-07-01T10:00:00+00:00'");
        assertThat(module.columns()).isEmpty();
        assertThat(module.speaksOfConsent()).isFalse();
    }

    @Test
    @DisplayName("B52: changes are queried by Modified_Time or by Unsubscribed_Time, which may move alone")
    void changed() {
        Set<String> fields = Set.of("Email", "Email_Opt_Out", "Unsubscribed_Time");
        Instant since = Instant.parse("2026-07-01T10:00:00Z");

        assertThat(SweptModule.of("Contacts", false, fields).orElseThrow().changedSince(since))
                .hasToString("(Modified_Time >= '2026-07-01T10:00:00+00:00'"
                        + " or Unsubscribed_Time >= '2026-07-01T10:00:00+00:00')");
        assertThat(SweptModule.of("Leads", true, fields).orElseThrow().changedSince(since))
                .hasToString("((Modified_Time >= '2026-07-01T10:00:00+00:00'"
                        + " and (Email_Opt_Out = true or Unsubscribed_Time is not null))"
                        + " or Unsubscribed_Time >= '2026-07-01T10:00:00+00:00')");
    }

    @Test
    @DisplayName("B51: a field of a kind that differs from Zoho's own is queried in the way of its kind")
    void oddKinds() {
        Set<String> fields = Set.of("Email", "Email_Opt_Out", "Unsubscribed_Time");

        assertThat(odd(fields, Map.of("Email_Opt_Out", FieldKind.CHOICE)).refusals())
                .hasToString("(Email_Opt_Out is not null or Unsubscribed_Time is not null)");
        assertThat(odd(fields, Map.of("Email_Opt_Out", FieldKind.LONG_TEXT)).refusals())
                .hasToString("(id is not null or Unsubscribed_Time is not null)");
        assertThat(odd(fields, Map.of("Unsubscribed_Time", FieldKind.TEXT))
                        .changedSince(Instant.parse("2026-07-01T10:00:00Z")))
                .hasToString("Modified_Time >= '2026-07-01T10:00:00+00:00'");
    }

    private static SweptModule odd(Set<String> fields, Map<String, FieldKind> odd) {
        return SweptModule.of("Clubs", false, new PeopleFields(fields, odd, Set.of()), List.of())
                .orElseThrow();
    }

    @Test
    @DisplayName("The rules treat no word outside the query as a refusal (B12)")
    void harmless() {
        assertThat(BasisReader.HARMLESS)
                .allMatch(word -> !(BasisReader.ZOHO.read(word) instanceof RecordedBasis.Refused)
                        && !(BasisReader.ZOHO.read(word) instanceof RecordedBasis.Unknown));
    }
}
