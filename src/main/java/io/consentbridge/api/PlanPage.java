package io.consentbridge.api;

import java.util.List;

/**
 * A page of a plan.
 *
 * @param lines by record id
 * @param next where the next page begins; null for the last page
 */
public record PlanPage(List<Line> lines, String next) {

    /**
     * The plan for one record, without data about its person.
     *
     * @param record the CRM record
     * @param decision word of the decision
     * @param action the word of the action that is sent; null when nothing is sent
     * @param fingerprint hash of what is sent; null when nothing is sent
     * @param reason the word of the reason of an ignored record; null for others
     */
    public record Line(String record, String decision, String action, String fingerprint, String reason) {}

    public PlanPage {
        lines = List.copyOf(lines);
    }
}
