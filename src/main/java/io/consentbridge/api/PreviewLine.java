package io.consentbridge.api;

import java.util.List;

/**
 * What would happen to one record.
 *
 * @param record the CRM record
 * @param person the address, usable or not; null when there is none
 * @param decision the word of the consent decision
 * @param reason why, in words
 * @param outcome how it would be counted: new, readded, duplicate, deleted, ignored; pending when the brake would hold it
 * @param ignored the word of the reason of an ignored record; null for others
 * @param action subscribe, unsubscribe or do-not-mail; null when nothing would be sent
 * @param list the list to which it would be sent; null when nothing would be sent
 * @param braked whether the brake would hold it back
 * @param formerKnown whether the person's present values in Campaigns are known
 * @param counted whether it is the outcome of the record; false when it accompanies another line
 * @param fields the old and new value of every field; empty for people who leave
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
     * @param was the value last delivered; null when there is none, or it is unknown
     * @param becomes the value that would be sent; null when the field is not sent and keeps its value, empty when it is
     *     erased
     * @param changes whether the value in Campaigns would change
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
