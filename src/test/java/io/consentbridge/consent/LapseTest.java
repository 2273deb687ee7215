package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.RecordedBasis.Lapsed;
import io.consentbridge.consent.RecordedBasis.NotConsent;
import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import io.consentbridge.consent.RecordedBasis.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a decision ends a membership. */
class LapseTest {

    private static final ConsentTerms REQUIRED = consent(ConsentSetting.REQUIRED);
    private static final ConsentTerms EXPRESSED = consent(ConsentSetting.EXPRESSED);
    private static final ConsentTerms CONTRACT = terms(LawfulBasis.CONTRACT, null, true);
    private static final ConsentTerms NON_MARKETING = terms(LawfulBasis.CONTRACT, null, false);

    @Test
    @DisplayName("Everybody that the policy withholds or asks leaves once their basis was read")
    void basisRead() {
        for (RecordedBasis basis :
                List.of(new Lapsed(), new NotStated(), new Unanswered("Pending"), new Unknown("Perhaps"))) {
            assertThat(ends(REQUIRED, saying(basis), true)).as("%s", basis).isTrue();
            assertThat(ends(EXPRESSED, saying(basis), true)).as("%s", basis).isTrue();
        }
        assertThat(ends(REQUIRED, saying(new Obtained()), true)).isTrue();
        assertThat(ends(CONTRACT, saying(new Unknown("Perhaps")), true)).isTrue();
    }

    @Test
    @DisplayName("A basis that was not read ends no membership")
    void basisNotRead() {
        assertThat(ends(REQUIRED, saying(new NotStated()), false)).isFalse();
        assertThat(ends(EXPRESSED, saying(new NotStated()), false)).isFalse();
        assertThat(ends(CONTRACT, saying(new Unknown("Perhaps")), false)).isFalse();
    }

    @Test
    @DisplayName(
            "An obtained consent ends only where its details say no to e-mail, not where they are silent or unread")
    void obtainedConsent() {
        assertThat(ends(EXPRESSED, obtained(Everything.saying(false)), true)).isTrue();
        assertThat(ends(EXPRESSED, obtained(Everything.saying(null)), true)).isFalse();
        assertThat(ends(EXPRESSED, obtained(null), true)).isFalse();
        assertThat(ends(EXPRESSED, obtained(Everything.saying(true)), true)).isFalse();
    }

    @Test
    @DisplayName("The non-marketing subscription ends every membership, whatever was read")
    void nonMarketing() {
        assertThat(ends(NON_MARKETING, saying(new NotStated()), false)).isTrue();
        assertThat(ends(NON_MARKETING, obtained(Everything.saying(true)), true)).isTrue();
    }

    @Test
    @DisplayName("People who are delivered stay; suppressed or ignored people leave by other rules")
    void otherDecisions() {
        assertThat(ends(CONTRACT, saying(new NotStated()), true)).isFalse();
        assertThat(ends(REQUIRED, saying(new Refused("Rejected")), true)).isFalse();
        assertThat(ends(
                        NON_MARKETING,
                        new ConsentFacts(new NotStated(), null, true, false, IgnoreReason.OPTED_OUT),
                        true))
                .isFalse();
        ConsentTerms withoutConverted = new ConsentTerms(LawfulBasis.CONTRACT, Optional.empty(), true, false, true);
        assertThat(ends(withoutConverted, new ConsentFacts(new NotStated(), null, false, true, null), true))
                .isFalse();
    }

    @Test
    @DisplayName("Each kind of basis is remembered by a word of its own")
    void words() {
        assertThat(Stream.of(
                                new Obtained(),
                                new Lapsed(),
                                new Unanswered("Pending"),
                                new NotConsent(LawfulBasis.CONTRACT),
                                new NotStated(),
                                new Refused("Rejected"),
                                new Unknown("Perhaps"))
                        .map(Lapse::word))
                .containsExactly("obtained", "lapsed", "unanswered", "other", "none", "refused", "unknown");
    }

    @Test
    @DisplayName("The words that end a membership without another reading are those that the terms never deliver")
    void wordsOfTerms() {
        assertThat(Lapse.words(REQUIRED))
                .hasValueSatisfying(words -> assertThat(words)
                        .containsExactlyInAnyOrder("obtained", "lapsed", "unanswered", "other", "none", "unknown"));
        assertThat(Lapse.words(EXPRESSED))
                .hasValueSatisfying(words -> assertThat(words)
                        .containsExactlyInAnyOrder("lapsed", "unanswered", "other", "none", "unknown"));
        assertThat(Lapse.words(CONTRACT))
                .hasValueSatisfying(words -> assertThat(words).containsExactly("unknown"));
    }

    @Test
    @DisplayName("Terms that deliver nobody name no words")
    void termsThatDeliverNobody() {
        assertThat(Lapse.words(NON_MARKETING)).isEmpty();
    }

    private static boolean ends(ConsentTerms terms, ConsentFacts facts, boolean basisRead) {
        return Lapse.ends(terms, facts, basisRead, ConsentPolicy.decide(terms, facts));
    }

    private static ConsentFacts saying(RecordedBasis basis) {
        return new ConsentFacts(basis, null, false, false, null);
    }

    private static ConsentFacts obtained(Evidence evidence) {
        return new ConsentFacts(new Obtained(), evidence, false, false, null);
    }

    private static ConsentTerms consent(ConsentSetting setting) {
        return terms(LawfulBasis.CONSENT, setting, true);
    }

    private static ConsentTerms terms(LawfulBasis basis, ConsentSetting setting, boolean marketing) {
        return new ConsentTerms(basis, Optional.ofNullable(setting), marketing, true, false);
    }
}
