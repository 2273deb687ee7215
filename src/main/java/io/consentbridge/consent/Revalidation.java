package io.consentbridge.consent;

import java.time.Period;
import java.util.List;

/**
 * How a purpose asks people again who have been silent for long, and what follows if they stay silent
 * (docs/confirmation.md, "Silent people").
 *
 * @param silentFor how long a person gives no sign before they count as silent
 * @param fields API names of CRM fields with a date or a time that is a sign of the person beside their clicks, such as that of
 *     the last purchase; empty if only clicks count
 * @param then what follows if the person does not answer
 */
public record Revalidation(Period silentFor, List<String> fields, Then then) {

    public Revalidation {
        fields = List.copyOf(fields);
    }

    /** What follows if a silent person does not answer. */
    public enum Then {
        /** They leave the list. */
        UNSUBSCRIBE,
        /** They stay on the list, and are asked again after the same time. */
        KEEP
    }

    /** What is measured, in words. */
    public String measure() {
        return fields.isEmpty() ? "no click" : "no click, and nothing in " + String.join(", ", fields);
    }
}
