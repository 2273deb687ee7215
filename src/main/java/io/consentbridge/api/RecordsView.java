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
 * @param next the argument of the request for the next page; left out on the last page
 */
public record RecordsView(
        String run,
        String sync,
        String connection,
        List<OfRecord> records,
        @JsonInclude(JsonInclude.Include.NON_NULL) String next) {

    /**
     * What happened to one record.
     *
     * @param record the CRM record
     * @param email its address, as in the CRM if malformed; null when it has none
     * @param outcome new, readded, duplicate, deleted, ignored, dead-lettered, or pending while it is under way
     * @param reason the reason of an ignored record; null for others
     * @param updated whether something about a duplicate changed
     * @param decision the consent decision
     * @param detail more about it; null when there is no more
     * @param name first and last name as delivered; null for people of whom none was delivered
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
     * The filter of requested records.
     *
     * @param outcome only these; "updated" for the duplicates that changed; null for all
     * @param reason only those that were ignored for this reason; null for all
     * @param after the {@code next} of the page before; null for the first page
     * @param limit the maximum number
     */
    public record Asked(String outcome, String reason, String after, int limit) {}
}
