package io.consentbridge.api;

import java.util.List;

/**
 * A part of a plan.
 *
 * @param lines by record id
 * @param next from where the next part goes on; null when this was the last
 */
public record PlanPage(List<Line> lines, String next) {

    /**
     * What the plan says of one record, without anything about its person.
     *
     * @param record the CRM record
     * @param decision word of the decision
     * @param action word of what is sent; null when nothing is
     * @param fingerprint of what is sent; null when nothing is
     * @param reason word of the reason of an ignored record; null for others
     */
    public record Line(String record, String decision, String action, String fingerprint, String reason) {}

    public PlanPage {
        lines = List.copyOf(lines);
    }
}
