package io.consentbridge.consent;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the consent table reads for a decision, as words that tell nothing of a person but that. */
public final class ConsentInputs {

    private static final String YES = "yes";
    private static final String NO = "no";

    private ConsentInputs() {}

    /** The words; what is usual is left out. */
    public static Map<String, String> of(ConsentTerms terms, ConsentFacts facts) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("purpose", word(terms.purposeBasis()));
        inputs.put("state", Lapse.word(facts.basis()));
        terms.setting().ifPresent(setting -> {
            inputs.put("consent", word(setting));
            inputs.put("evidence", terms.readsDetails() ? "details" : "basis");
        });
        if (!terms.marketing()) {
            inputs.put("marketing", NO);
        }
        if (facts.optedOut()) {
            inputs.put("optedOut", YES);
        }
        if (facts.converted()) {
            inputs.put("converted", terms.excludesConverted() ? "excluded" : YES);
        }
        if (facts.confirmed()) {
            inputs.put("confirmed", YES);
        }
        if (facts.remembered() != null) {
            inputs.put("remembered", facts.remembered().word());
        }
        if (facts.evidence() != null) {
            Boolean byEmail = facts.evidence().byEmail();
            inputs.put("byEmail", byEmail == null ? "unsaid" : byEmail ? YES : NO);
        }
        return inputs;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
