package io.consentbridge.consent;

import io.consentbridge.consent.Decision.Deliver;
import io.consentbridge.consent.Decision.DeliverAsExpressed;
import io.consentbridge.consent.Decision.Ignore;
import io.consentbridge.consent.Decision.RequestConsent;
import io.consentbridge.consent.Decision.Suppress;
import io.consentbridge.consent.Decision.Withhold;
import io.consentbridge.consent.RecordedBasis.Lapsed;
import io.consentbridge.consent.RecordedBasis.NotConsent;
import io.consentbridge.consent.RecordedBasis.NotStated;
import io.consentbridge.consent.RecordedBasis.Obtained;
import io.consentbridge.consent.RecordedBasis.Refused;
import io.consentbridge.consent.RecordedBasis.Unanswered;
import io.consentbridge.consent.RecordedBasis.Unknown;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides whether a person may be mailed for a purpose: the table of {@code docs/consent.md}, row by row (B8-B15).
 *
 * <p>The policy is pure: the same terms and facts always give the same decision. A test compares every row with the
 * document.
 */
public final class ConsentPolicy {

    private static final Predicate<ConsentTerms> CONSENT = terms -> terms.purposeBasis() == LawfulBasis.CONSENT;
    private static final Predicate<ConsentTerms> NOT_CONSENT = CONSENT.negate();
    private static final Predicate<ConsentTerms> ANY = terms -> true;
    private static final Predicate<ConsentTerms> REQUIRED = is(ConsentSetting.REQUIRED);
    private static final Predicate<ConsentTerms> EXPRESSED = is(ConsentSetting.EXPRESSED);
    private static final Predicate<ConsentTerms> BY_STATE = EXPRESSED.and(terms -> !terms.readsDetails());
    private static final Predicate<ConsentTerms> EXCLUDES_CONVERTED = ConsentTerms::excludesConverted;
    private static final Predicate<ConsentTerms> NON_MARKETING = terms -> !terms.marketing();

    private static final Predicate<ConsentFacts> ANYTHING = facts -> true;
    private static final Predicate<ConsentFacts> OPTED_OUT = ConsentFacts::optedOut;
    private static final Predicate<ConsentFacts> REFUSED = says(Refused.class);
    private static final Predicate<ConsentFacts> REMEMBERED = facts -> facts.remembered() != null;
    private static final Predicate<ConsentFacts> CONVERTED = ConsentFacts::converted;
    private static final Predicate<ConsentFacts> OBTAINED = says(Obtained.class);
    private static final Predicate<ConsentFacts> UNREAD = OBTAINED.and(facts -> facts.evidence() == null);
    private static final Predicate<ConsentFacts> BY_EMAIL = OBTAINED.and(ConsentPolicy::agreedToEmail);
    private static final Predicate<ConsentFacts> NOT_EMAIL = OBTAINED.and(facts -> facts.evidence() != null);
    private static final Predicate<ConsentFacts> CONFIRMED = ConsentFacts::confirmed;
    private static final Predicate<ConsentFacts> LAPSED = says(Lapsed.class);
    private static final Predicate<ConsentFacts> UNANSWERED = says(Unanswered.class);
    private static final Predicate<ConsentFacts> OTHER_BASIS = says(NotConsent.class);
    private static final Predicate<ConsentFacts> NO_BASIS = says(NotStated.class);
    private static final Predicate<ConsentFacts> UNKNOWN = says(Unknown.class);

    // Read from the top; the first matching row decides. Refusals come first, so that no later row can undo them, and
    // the
    // last row delivers nobody.
    private static final List<Row> TABLE = List.of(
            // the purpose, the CRM record, the sync, the decision
            row(ANY, OPTED_OUT, ANY, suppress(Why.OPTED_OUT)),
            row(ANY, REFUSED, ANY, suppress(Why.REFUSED)),
            row(ANY, REMEMBERED, ANY, suppressAsRemembered()),
            row(ANY, CONVERTED, EXCLUDES_CONVERTED, ignore(Why.CONVERTED)),
            row(ANY, ANYTHING, NON_MARKETING, withhold(Why.NON_MARKETING)),
            row(ANY, UNKNOWN, ANY, withhold(Why.UNKNOWN)),
            row(NOT_CONSENT, ANYTHING, ANY, deliver(Why.NOT_NEEDED)),
            row(CONSENT, CONFIRMED, ANY, express(Why.CONFIRMED)),
            row(CONSENT, OBTAINED, REQUIRED, request(Why.FOR_SALES)),
            row(CONSENT, LAPSED, REQUIRED, request(Why.LAPSED)),
            row(CONSENT, OTHER_BASIS, REQUIRED, request(Why.OTHER_BASIS)),
            row(CONSENT, NO_BASIS, REQUIRED, request(Why.NO_BASIS)),
            row(CONSENT, UNANSWERED, REQUIRED, request(Why.UNANSWERED)),
            row(CONSENT, BY_EMAIL, EXPRESSED, express(Why.BY_EMAIL)),
            row(CONSENT, NOT_EMAIL, EXPRESSED, withhold(Why.NOT_EMAIL)),
            row(CONSENT, UNREAD, BY_STATE, express(Why.BY_STATE)),
            row(CONSENT, UNREAD, EXPRESSED, withhold(Why.UNREAD)),
            row(CONSENT, LAPSED, EXPRESSED, withhold(Why.LAPSED)),
            row(CONSENT, OTHER_BASIS, EXPRESSED, withhold(Why.OTHER_BASIS)),
            row(CONSENT, NO_BASIS, EXPRESSED, withhold(Why.NO_BASIS)),
            row(CONSENT, UNANSWERED, EXPRESSED, withhold(Why.UNANSWERED)),
            row(ANY, ANYTHING, ANY, withhold(Why.NO_RULE)));

    private ConsentPolicy() {}

    /**
     * Decides about a person for a purpose.
     *
     * @param terms the terms of the purpose and the sync
     * @param facts the facts about the person
     */
    public static Decision decide(ConsentTerms terms, ConsentFacts facts) {
        return TABLE.stream()
                .filter(row -> row.fits(terms, facts))
                .findFirst()
                .orElseThrow()
                .decision()
                .apply(facts);
    }

    private record Row(
            Predicate<ConsentTerms> purpose,
            Predicate<ConsentFacts> said,
            Predicate<ConsentTerms> sync,
            Function<ConsentFacts, Decision> decision) {

        boolean fits(ConsentTerms terms, ConsentFacts facts) {
            return purpose.test(terms) && said.test(facts) && sync.test(terms);
        }
    }

    private static Row row(
            Predicate<ConsentTerms> purpose,
            Predicate<ConsentFacts> said,
            Predicate<ConsentTerms> sync,
            Function<ConsentFacts, Decision> decision) {
        return new Row(purpose, said, sync, decision);
    }

    private static Predicate<ConsentTerms> is(ConsentSetting setting) {
        return terms -> terms.setting().filter(setting::equals).isPresent();
    }

    private static Predicate<ConsentFacts> says(Class<? extends RecordedBasis> kind) {
        return facts -> kind.isInstance(facts.basis());
    }

    private static boolean agreedToEmail(ConsentFacts facts) {
        return facts.evidence() != null && Boolean.TRUE.equals(facts.evidence().byEmail());
    }

    private static Function<ConsentFacts, Decision> suppressAsRemembered() {
        return facts -> new Suppress(
                facts.remembered(), Why.REMEMBERED + facts.remembered().word() + ".");
    }

    private static Function<ConsentFacts, Decision> deliver(String why) {
        return facts -> new Deliver(why);
    }

    private static Function<ConsentFacts, Decision> express(String why) {
        return facts -> new DeliverAsExpressed(facts.evidence(), why);
    }

    private static Function<ConsentFacts, Decision> request(String why) {
        return facts -> new RequestConsent(why);
    }

    private static Function<ConsentFacts, Decision> withhold(String why) {
        return facts -> new Withhold(why);
    }

    private static Function<ConsentFacts, Decision> suppress(String why) {
        return facts -> new Suppress(IgnoreReason.OPTED_OUT, why);
    }

    private static Function<ConsentFacts, Decision> ignore(String why) {
        return facts -> new Ignore(IgnoreReason.CONVERTED, why);
    }
}
