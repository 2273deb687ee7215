package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.RecordedBasis.NotConsent;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unknown;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is known of one person. */
class ConsentFactsTest {

    private static final Evidence EVIDENCE = Everything.saying(true);

    @Test
    @DisplayName("A record refuses only when its person opted out or its basis is a refusal")
    void refuses() {
        assertThat(facts(new Obtained(), true).refuses()).isTrue();
        assertThat(facts(new Refused("Rejected"), false).refuses()).isTrue();
        assertThat(facts(new Obtained(), false).refuses()).isFalse();
        assertThat(facts(new Unknown("Perhaps"), false).refuses()).isFalse();
    }

    @Test
    @DisplayName("An unknown word in another record makes the basis unknown and leaves the rest unchanged")
    void unknownElsewhere() {
        ConsentFacts facts = new ConsentFacts(new Obtained(), EVIDENCE, false, true, IgnoreReason.BOUNCED);

        assertThat(facts.unknownElsewhere())
                .isEqualTo(new ConsentFacts(new Unknown(""), EVIDENCE, false, true, IgnoreReason.BOUNCED));
        assertThat(facts.unknownElsewhere().unknownWord())
                .as("the record itself names none")
                .isNull();
    }

    @Test
    @DisplayName("An unknown word in another record weakens neither a refusal nor an unknown word of the record itself")
    void unknownElsewhereKeepsRefusals() {
        ConsentFacts refused = facts(new Refused("Rejected"), false);
        ConsentFacts optedOut = facts(new NotConsent(LawfulBasis.CONTRACT), true);
        ConsentFacts unknown = facts(new Unknown("Perhaps"), false);

        assertThat(refused.unknownElsewhere()).isEqualTo(refused);
        assertThat(optedOut.unknownElsewhere()).isEqualTo(optedOut);
        assertThat(unknown.unknownElsewhere().unknownWord()).isEqualTo("Perhaps");
    }

    @Test
    @DisplayName("The consent of a converted lead is evaluated without its conversion, and nothing else changes")
    void beforeConversion() {
        ConsentFacts converted = new ConsentFacts(new Refused("Rejected"), EVIDENCE, true, true, IgnoreReason.BLOCKED);

        assertThat(converted.beforeConversion())
                .isEqualTo(new ConsentFacts(new Refused("Rejected"), EVIDENCE, true, false, IgnoreReason.BLOCKED));
    }

    @Test
    @DisplayName("Remembered refusals are added to the record's own")
    void remembering() {
        assertThat(facts(new Obtained(), false).remembering(IgnoreReason.OPTED_OUT))
                .isEqualTo(new ConsentFacts(new Obtained(), EVIDENCE, false, false, IgnoreReason.OPTED_OUT));
    }

    private static ConsentFacts facts(RecordedBasis basis, boolean optedOut) {
        return new ConsentFacts(basis, EVIDENCE, optedOut, false, null);
    }
}
