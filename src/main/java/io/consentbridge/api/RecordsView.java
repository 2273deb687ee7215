package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A page of the records of a run (B69): the people behind its numbers.
 *
 * @param run its id
 * @param sync name of its sync
 * @param connection name of its connection
 * @param records by record id
 * @param next what to ask for the next page with; left out on the last one
 */
public record RecordsView(
        String run,
        String sync,
        String connection,
        List<OfRecord> records,
        @JsonInclude(JsonInclude.Include.NON_NULL) String next) {

    /**
     * What became of one record.
     *
     * @param record the CRM record
     * @param email the address behind it, malformed ones as the CRM has them; null when it has none
     * @param outcome new, readded, duplicate, deleted, ignored, dead-lettered, or pending while it is under way
     * @param reason of an ignored one; null for others
     * @param updated whether something about a duplicate changed
     * @param decision what consent decided
     * @param detail more about it; null when there is nothing to say
     * @param name first and last name as they were delivered; null of whom none was
     */
    public record OfRecord(
            String record,
            String email,
            String outcome,
            String reason,
            boolean updated,
            String decision,
            String detail,
            String name) {}

    /**
     * Which records are asked for.
     *
     * @param outcome only these; "updated" for the duplicates that changed; null for all
     * @param reason only those that were ignored for it; null for all
     * @param after the {@code next} of the page before; null to begin
     * @param limit how many at most
     */
    public record Asked(String outcome, String reason, String after, int limit) {}
}
