package io.consentbridge.decision;

import io.consentbridge.outbox.FieldChange;
import io.consentbridge.sync.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What a run would do about one record.
 *
 * @param position its position among the preview's records; the next page starts after it
 * @param recordId the CRM record
 * @param address the address of the person for whom it stands, or the address as the CRM has it when it stands for nobody;
 *     empty when there is none
 * @param decision word of the decision
 * @param outcome the outcome that the record would have if Campaigns accepts
 * @param why the reason in words
 * @param action word of what would be sent; empty when nothing would be
 * @param list name of the list that it would be sent to; empty when nothing would be sent
 * @param held whether the brake would hold it back
 * @param changes what would change for the person, field by field; empty for people who leave
 * @param formerKnown whether we know what Campaigns has of the person
 * @param counted whether it is the outcome of the record; otherwise it accompanies another delivery
 */
public record PreviewRecord(
        String position,
        String recordId,
        Optional<String> address,
        String decision,
        Outcome outcome,
        Optional<String> why,
        Optional<String> action,
        Optional<String> list,
        boolean held,
        List<FieldChange> changes,
        boolean formerKnown,
        boolean counted) {

    public PreviewRecord {
        changes = List.copyOf(changes);
    }

    @Override
    public String toString() {
        return "record " + recordId;
    }
}
