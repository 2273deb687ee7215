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
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Decides whether a person may be mailed for a purpose: the table of {@code docs/consent.md}, row by row (B8-B15).
 *
 * <p>The policy is pure: the same terms and facts always give the same decision. A test compares every row with the
 * document.
 */
public final class ConsentPolicy {

    private static final Terms ANY = new Terms("any", terms -> true);
    private static final Terms CONSENT = new Terms("consent", terms -> terms.purposeBasis() == LawfulBasis.CONSENT);
    private static final Terms NOT_CONSENT =
            new Terms("not consent", CONSENT.fit().negate());
    private static final Terms REQUIRED = new Terms("consent: required", is(ConsentSetting.REQUIRED));
    private static final Terms EXPRESSED = new Terms("consent: expressed", is(ConsentSetting.EXPRESSED));
    private static final Terms BY_STATE =
            new Terms("consent: expressed, evidence: basis", EXPRESSED.fit().and(terms -> !terms.readsDetails()));
    private static final Terms BY_DETAILS =
            new Terms("consent: expressed, evidence: details", EXPRESSED.fit().and(ConsentTerms::readsDetails));
    private static final Terms EXCLUDES_CONVERTED =
            new Terms("convertedLeads: exclude", ConsentTerms::excludesConverted);
    private static final Terms NON_MARKETING = new Terms("subscription: non-marketing", terms -> !terms.marketing());

    private static final Facts ANYTHING = new Facts("anything", facts -> true);
    private static final Facts OPTED_OUT = new Facts("opted out of e-mail", ConsentFacts::optedOut);
    private static final Facts REFUSED = new Facts("consent refused, or processing stopped", says(Refused.class));
    private static final Facts REMEMBERED =
            new Facts("anything, and the connector remembers a refusal", facts -> facts.remembered() != null);
    private static final Facts CONVERTED = new Facts("a lead that was converted", ConsentFacts::converted);
    private static final Facts CONFIRMED =
            new Facts("anything, and the person confirmed the present wording", ConsentFacts::confirmed);
    private static final Facts OBTAINED = new Facts("consent obtained", says(Obtained.class));
    private static final Facts UNREAD = OBTAINED.with("not read", facts -> facts.evidence() == null);
    private static final Facts BY_EMAIL = OBTAINED.with("e-mail is among its channels", ConsentPolicy::agreedToEmail);
    private static final Facts NOT_EMAIL =
            OBTAINED.with("e-mail is not among its channels", facts -> facts.evidence() != null);
    private static final Facts LAPSED = new Facts("consent that has ended, or lies ahead", says(Lapsed.class));
    private static final Facts UNANSWERED = new Facts("no answer yet", says(Unanswered.class));
    private static final Facts OTHER_BASIS = new Facts("a basis other than consent", says(NotConsent.class));
    private static final Facts NO_BASIS = new Facts("no basis", says(NotStated.class));
    private static final Facts UNKNOWN = new Facts("an unknown word", says(Unknown.class));

    // Read from the top; the first matching row decides. Refusals come first, so that no later row can undo them, and
    // the last
    // row delivers nobody. The names of rows are in ledgers, and never change their meaning.
    private static final List<Row> TABLE = List.of(
            // its name, the purpose, the CRM record, the sync, the decision
            new Row(ConsentRule.OPTED_OUT, ANY, OPTED_OUT, ANY, suppress(Why.OPTED_OUT)),
            new Row(ConsentRule.REFUSED, ANY, REFUSED, ANY, suppress(Why.REFUSED)),
            new Row("remembered", ANY, REMEMBERED, ANY, suppressAsRemembered()),
            new Row("converted", ANY, CONVERTED, EXCLUDES_CONVERTED, ignore(Why.CONVERTED)),
            new Row("non-marketing", ANY, ANYTHING, NON_MARKETING, withhold(Why.NON_MARKETING)),
            new Row("unknown-word", ANY, UNKNOWN, ANY, withhold(Why.UNKNOWN)),
            new Row("not-consent", NOT_CONSENT, ANYTHING, ANY, deliver(Why.NOT_NEEDED)),
            new Row(ConsentRule.CONFIRMED, CONSENT, CONFIRMED, ANY, express(Why.CONFIRMED)),
            new Row("required-obtained", CONSENT, OBTAINED, REQUIRED, request(Why.FOR_SALES)),
            new Row(ConsentRule.REQUIRED_LAPSED, CONSENT, LAPSED, REQUIRED, request(Why.LAPSED)),
            new Row("required-other-basis", CONSENT, OTHER_BASIS, REQUIRED, request(Why.OTHER_BASIS)),
            new Row("required-no-basis", CONSENT, NO_BASIS, REQUIRED, request(Why.NO_BASIS)),
            new Row("required-unanswered", CONSENT, UNANSWERED, REQUIRED, request(Why.UNANSWERED)),
            new Row("expressed-by-email", CONSENT, BY_EMAIL, EXPRESSED, express(Why.BY_EMAIL)),
            new Row("expressed-not-email", CONSENT, NOT_EMAIL, EXPRESSED, withhold(Why.NOT_EMAIL)),
            new Row("expressed-by-state", CONSENT, UNREAD, BY_STATE, express(Why.BY_STATE)),
            new Row("expressed-unread", CONSENT, UNREAD, BY_DETAILS, withhold(Why.UNREAD)),
            new Row(ConsentRule.LAPSED, CONSENT, LAPSED, EXPRESSED, withhold(Why.LAPSED)),
            new Row("expressed-other-basis", CONSENT, OTHER_BASIS, EXPRESSED, withhold(Why.OTHER_BASIS)),
            new Row("expressed-no-basis", CONSENT, NO_BASIS, EXPRESSED, withhold(Why.NO_BASIS)),
            new Row("expressed-unanswered", CONSENT, UNANSWERED, EXPRESSED, withhold(Why.UNANSWERED)),
            new Row("no-rule", ANY, ANYTHING, ANY, withhold(Why.NO_RULE)));

    private static final List<ConsentRule> RULES = TABLE.stream().map(Row::rule).toList();
    private static final String VERSION = ConsentRule.version(RULES);

    private ConsentPolicy() {}

    /**
     * Decides about a person for a purpose.
     *
     * @param terms the terms of the purpose and the sync
     * @param facts the facts about the person
     */
    public static Decision decide(ConsentTerms terms, ConsentFacts facts) {
        Row row =
                TABLE.stream().filter(one -> one.fits(terms, facts)).findFirst().orElseThrow();
        return row.ruling().decision().apply(row.name(), facts);
    }

    /** The rows of the table in the order in which they are read. */
    public static List<ConsentRule> table() {
        return RULES;
    }

    /** Stands for the table: another one for every change of a row. */
    public static String version() {
        return VERSION;
    }

    /** What a row asks of the purpose or of the sync, and how documents say it. */
    private record Terms(String words, Predicate<ConsentTerms> fit) {}

    /** What a row asks of the CRM record and of the details of its consent, and how documents say it. */
    private record Facts(String words, String details, Predicate<ConsentFacts> fit) {

        Facts(String words, Predicate<ConsentFacts> fit) {
            this(words, "any", fit);
        }

        Facts with(String read, Predicate<ConsentFacts> also) {
            return new Facts(words, read, fit.and(also));
        }
    }

    /** What a row decides; the function gets the row's name. */
    private record Ruling(String word, String why, BiFunction<String, ConsentFacts, Decision> decision) {}

    private record Row(String name, Terms purpose, Facts said, Terms sync, Ruling ruling) {

        boolean fits(ConsentTerms terms, ConsentFacts facts) {
            return purpose.fit().test(terms)
                    && said.fit().test(facts)
                    && sync.fit().test(terms);
        }

        ConsentRule rule() {
            return new ConsentRule(
                    name, purpose.words(), said.words(), said.details(), sync.words(), ruling.word(), ruling.why());
        }
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

    private static Ruling suppressAsRemembered() {
        return new Ruling(
                Decision.SUPPRESS,
                Why.REMEMBERED + "as remembered.",
                (rule, facts) -> new Suppress(
                        facts.remembered(), Why.REMEMBERED + facts.remembered().word() + ".", rule));
    }

    private static Ruling deliver(String why) {
        return new Ruling(Decision.DELIVER, why, (rule, facts) -> new Deliver(why, rule));
    }

    private static Ruling express(String why) {
        return new Ruling(
                Decision.DELIVER_AS_EXPRESSED,
                why,
                (rule, facts) -> new DeliverAsExpressed(facts.evidence(), why, rule));
    }

    private static Ruling request(String why) {
        return new Ruling(Decision.REQUEST_CONSENT, why, (rule, facts) -> new RequestConsent(why, rule));
    }

    private static Ruling withhold(String why) {
        return new Ruling(Decision.WITHHOLD, why, (rule, facts) -> new Withhold(why, rule));
    }

    private static Ruling suppress(String why) {
        return new Ruling(Decision.SUPPRESS, why, (rule, facts) -> new Suppress(IgnoreReason.OPTED_OUT, why, rule));
    }

    private static Ruling ignore(String why) {
        return new Ruling(Decision.IGNORE, why, (rule, facts) -> new Ignore(IgnoreReason.CONVERTED, why, rule));
    }
}
