package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Decision.Deliver;
import io.consentbridge.consent.Decision.DeliverAsExpressed;
import io.consentbridge.consent.Decision.Ignore;
import io.consentbridge.consent.Decision.RequestConsent;
import io.consentbridge.consent.Decision.Suppress;
import io.consentbridge.consent.Decision.Withhold;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentPolicyTest {

    private static final Evidence BY_EMAIL = Everything.saying(true);
    private static final Evidence BY_PHONE_ONLY = Everything.saying(false);

    @ParameterizedTest
    @EnumSource(value = LawfulBasis.class, names = "CONSENT", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("B3, B8: a person without consent is delivered for a purpose that needs none")
    void caseOne(LawfulBasis basis) {
        assertThat(decide(terms(basis, null, true), record("Contract"))).isInstanceOf(Deliver.class);
    }

    @Test
    @DisplayName("B9: a person with consent is delivered for a purpose that needs none")
    void caseTwo() {
        ConsentTerms terms = terms(LawfulBasis.LEGITIMATE_INTEREST, null, true);

        assertThat(decide(terms, record("Consent - Obtained"))).isInstanceOf(Deliver.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Legitimate Interests", "Contract", "", "Not Applicable", "Consent - Pending"})
    @DisplayName("B10: consent required asks a person whose basis is not consent")
    void caseThree(String literal) {
        assertThat(decide(required(), record(literal))).isInstanceOf(RequestConsent.class);
    }

    @Test
    @DisplayName("B11: consent obtained by e-mail is delivered as expressed, with its evidence")
    void caseFour() {
        ConsentFacts facts = record("Consent - Obtained").with(BY_EMAIL, BasisReader.ZOHO.read("Obtained"));

        assertThat(decide(expressed(true), facts))
                .isInstanceOfSatisfying(
                        DeliverAsExpressed.class,
                        delivered -> assertThat(delivered.evidence()).isEqualTo(BY_EMAIL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Consent - Pending",
                "Consent - Waiting",
                "Consent - Not Responded",
                "Contract",
                "",
                "Einwilligung erteilt"
            })
    @DisplayName("B12: consent expressed delivers only those whose consent was obtained")
    void othersAreNotMadeExpressed(String literal) {
        assertThat(decide(expressed(false), record(literal))).isInstanceOf(Withhold.class);
    }

    @Test
    @DisplayName("B12: consent obtained by telephone only is withheld, even where the state alone is enough")
    void consentWithoutEmailIsWithheld() {
        ConsentFacts facts = record("Consent - Obtained").with(BY_PHONE_ONLY, BasisReader.ZOHO.read("Obtained"));

        assertThat(decide(expressed(true), facts)).isInstanceOf(Withhold.class);
        assertThat(decide(expressed(false), facts)).isInstanceOf(Withhold.class);
    }

    @Test
    @DisplayName("B12: consent whose requested details are missing is withheld")
    void missingDetailsAreWithheld() {
        assertThat(decide(expressed(true), record("Consent - Obtained"))).isInstanceOf(Withhold.class);
        assertThat(decide(expressed(false), record("Consent - Obtained"))).isInstanceOf(DeliverAsExpressed.class);
    }

    @Test
    @DisplayName("B1, B13: consent obtained for sales asks again when the sync says required")
    void caseFive() {
        assertThat(decide(required(), record("Consent - Obtained"))).isInstanceOf(RequestConsent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Consent rejected", "Stop Processing", "Delete/erase"})
    @DisplayName("B14: a refusal suppresses, whatever the purpose's basis")
    void refusalSuppresses(String literal) {
        ConsentTerms contract = terms(LawfulBasis.CONTRACT, null, false);

        assertThat(decide(contract, record(literal)))
                .isInstanceOfSatisfying(
                        Suppress.class, told -> assertThat(told.reason()).isEqualTo(IgnoreReason.OPTED_OUT));
    }

    @Test
    @DisplayName("B54: a converted lead is ignored only by a sync that excludes it")
    void convertedLead() {
        ConsentFacts converted = new ConsentFacts(new RecordedBasis.NotStated(), null, false, true, null);
        ConsentTerms excludes = terms(LawfulBasis.CONTRACT, null, false);
        ConsentTerms includes = new ConsentTerms(LawfulBasis.CONTRACT, Optional.empty(), true, false, false);

        assertThat(decide(excludes, converted))
                .isInstanceOfSatisfying(
                        Ignore.class, told -> assertThat(told.reason()).isEqualTo(IgnoreReason.CONVERTED));
        assertThat(decide(includes, converted)).isInstanceOf(Deliver.class);
    }

    @Test
    @DisplayName("B113: the non-marketing subscription is held back")
    void nonMarketingIsHeldBack() {
        ConsentTerms terms = new ConsentTerms(LawfulBasis.CONTRACT, Optional.empty(), false, false, false);

        assertThat(decide(terms, record("Contract"))).isInstanceOf(Withhold.class);
    }

    private static Decision decide(ConsentTerms terms, ConsentFacts facts) {
        return ConsentPolicy.decide(terms, facts);
    }

    private static ConsentTerms required() {
        return terms(LawfulBasis.CONSENT, ConsentSetting.REQUIRED, true);
    }

    private static ConsentTerms expressed(boolean readsDetails) {
        return terms(LawfulBasis.CONSENT, ConsentSetting.EXPRESSED, readsDetails);
    }

    private static ConsentTerms terms(LawfulBasis basis, ConsentSetting setting, boolean readsDetails) {
        return new ConsentTerms(basis, Optional.ofNullable(setting), true, readsDetails, true);
    }

    private static ConsentFacts record(String literal) {
        return new ConsentFacts(BasisReader.ZOHO.read(literal), null, false, false, null);
    }
}
