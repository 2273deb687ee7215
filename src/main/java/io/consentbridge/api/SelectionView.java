package io.consentbridge.api;

import java.util.List;

/**
 * Which records a sync selects, spelled out.
 *
 * @param pattern how the conditions are joined, with the conditions in it and every join in parentheses; null without
 *     conditions
 * @param warnings what may have an unexpected meaning, or does not fit the module
 * @param conditions the conditions, each with where it is evaluated; empty without conditions
 * @param notes what its later runs detect, and at what cost
 */
public record SelectionView(String pattern, List<String> warnings, List<Part> conditions, List<String> notes) {

    /**
     * One condition.
     *
     * @param number counted from 1
     * @param text in words
     * @param evaluated crm, here, or both; null when it was not determined, or could not be
     * @param because why it is evaluated here; null when it is not
     */
    public record Part(int number, String text, String evaluated, String because) {}
}
