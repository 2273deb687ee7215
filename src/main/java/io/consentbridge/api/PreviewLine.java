package io.consentbridge.api;

import java.util.List;

/**
 * What would become of one record.
 *
 * @param record the CRM record
 * @param person the address, usable or not; null when there is none
 * @param decision word of the decision of consent
 * @param reason why, in words
 * @param outcome as what it would count: new, readded, duplicate, deleted, ignored; pending when the brake would hold it
 * @param ignored the reason word of an ignored one; null for others
 * @param action subscribe, unsubscribe or do-not-mail; null when nothing would be sent
 * @param list the list that it would be sent to; null when nothing would be
 * @param braked whether the brake would hold it back
 * @param formerKnown whether we know what Campaigns has of the person
 * @param counted whether it is the outcome of the record; otherwise it goes along with another
 * @param fields old and new of every field; empty for people who leave
 */
public record PreviewLine(
        String record,
        String person,
        String decision,
        String reason,
        String outcome,
        String ignored,
        String action,
        String list,
        boolean braked,
        boolean formerKnown,
        boolean counted,
        List<Field> fields) {

    /**
     * One field of a contact.
     *
     * @param field its name in Campaigns
     * @param was what was delivered last; null when nothing was, or nobody knows
     * @param becomes what would be said; null when the field is not mentioned and keeps what it has, empty when it is
     *     erased
     * @param changes whether Campaigns would have another value
     */
    public record Field(String field, String was, String becomes, boolean changes) {}

    public PreviewLine {
        fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
        return "record " + record;
    }
}
