package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Decision.Deliver;
import io.consentbridge.consent.Decision.DeliverAsExpressed;
import io.consentbridge.consent.Decision.RequestConsent;
import io.consentbridge.consent.Decision.Suppress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever a purpose, a sync and a record say. */
class ConsentPropertiesTest {

    @Property
    @Label(
            "B51: a person who opted out, refused or is remembered is neither delivered nor asked, whatever else is said")
    void whoOptedOutIsNeitherDeliveredNorAsked(
            @ForAll("terms") ConsentTerms terms, @ForAll("facts") ConsentFacts facts) {
        Assume.that(facts.optedOut() || facts.remembered() != null || facts.basis() instanceof RecordedBasis.Refused);

        assertThat(ConsentPolicy.decide(terms, facts)).isInstanceOf(Suppress.class);
    }

    @Property
    @Label("B51: a record that says opted out is suppressed, whatever its basis says")
    void whoOptedOutInTheRecordIsSuppressedWhateverElseItSays(
            @ForAll("terms") ConsentTerms terms, @ForAll String word, @ForAll boolean byTime) {
        Map<String, Object> values = new HashMap<>();
        values.put("Data_Processing_Basis", word);
        values.put("Email_Opt_Out", !byTime);
        values.put("Unsubscribed_Time", byTime ? "2026-02-03T04:05:06+00:00" : null);

        assertThat(ConsentPolicy.decide(terms, FactsReader.read(values, BasisReader.ZOHO)))
                .isInstanceOf(Suppress.class);
    }

    @Property
    @Label("B12: an unknown word neither delivers nor asks, for any lawful basis")
    void anUnknownWordNeverDeliversNorAsks(
            @ForAll("terms") ConsentTerms terms, @ForAll String word, @ForAll("evidence") Evidence evidence) {
        RecordedBasis read = BasisReader.ZOHO.read(word);
        Assume.that(read instanceof RecordedBasis.Unknown);

        assertThat(ConsentPolicy.decide(terms, new ConsentFacts(read, evidence, false, false, null)))
                .isNotInstanceOfAny(Deliver.class, DeliverAsExpressed.class, RequestConsent.class);
    }

    @Property
    @Label("B12: only the known spellings are consent")
    void onlyTheKnownSpellingsAreConsent(@ForAll String word) {
        boolean known = word.strip().toLowerCase(Locale.ROOT).matches("(consent\\s*[-–—:(]?\\s*)?obtained\\)?");

        assertThat(BasisReader.ZOHO.read(word) instanceof RecordedBasis.Obtained)
                .isIn(known, false);
    }

    @Property
    @Label("B11, B12: a consent purpose delivers only on obtained consent, or on a confirmation")
    void aConsentPurposeDeliversOnlyOnObtainedConsent(
            @ForAll("terms") ConsentTerms terms, @ForAll("facts") ConsentFacts facts) {
        Assume.that(terms.purposeBasis() == LawfulBasis.CONSENT);
        Decision decision = ConsentPolicy.decide(terms, facts);

        assertThat(decision).isNotInstanceOf(Deliver.class);
        if (decision instanceof DeliverAsExpressed && !facts.confirmed()) {
            assertThat(facts.basis()).isInstanceOf(RecordedBasis.Obtained.class);
            assertThat(terms.setting()).contains(ConsentSetting.EXPRESSED);
        }
    }

    @Property
    @Label("B12, B14: reading details never undoes a refusal and never makes consent")
    void readingDetailsNeverUndoesARefusal(@ForAll("facts") ConsentFacts facts, @ForAll("words") String state) {
        ConsentFacts read = FactsReader.withDetails(
                facts, Map.of("Data_Processing_Basis", state, "Contact_Through_Email", true), BasisReader.ZOHO);

        if (facts.basis() instanceof RecordedBasis.Refused) {
            assertThat(read.basis()).isInstanceOf(RecordedBasis.Refused.class);
        }
        if (read.basis() instanceof RecordedBasis.Obtained) {
            assertThat(facts.basis()).isInstanceOf(RecordedBasis.Obtained.class);
        }
    }

    @Provide
    Arbitrary<ConsentTerms> terms() {
        return Arbitraries.of(Everything.terms());
    }

    @Provide
    Arbitrary<ConsentFacts> facts() {
        return Arbitraries.of(Everything.facts());
    }

    @Provide
    Arbitrary<Evidence> evidence() {
        return Arbitraries.of(Everything.EVIDENCE);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("Obtained", "Pending", "Awaiting", "Not Responded", "Rejected", "Stop Processing", "?");
    }
}
