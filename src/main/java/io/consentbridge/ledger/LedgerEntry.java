package io.consentbridge.ledger;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An event as the ledger has it.
 *
 * @param sequence its number; empty until it is sequenced
 * @param event what happened
 * @param person to whom
 * @param connection name of the connection; empty for none
 * @param purpose name of the purpose; empty for none
 * @param statementVersion hash of what people were told; empty for none
 * @param rule the row of the consent table that decided; empty for none
 * @param source who said so
 * @param sync name of the sync; empty for none
 * @param recordId the CRM record; empty for none
 * @param runId the run; empty for none
 * @param decision word of the decision; empty for none
 * @param why the reason in words; empty for none
 * @param evidence what proves the event besides; empty for none
 * @param at when it happened
 */
public record LedgerEntry(
        OptionalLong sequence,
        EventKind event,
        Person person,
        String connection,
        String purpose,
        String statementVersion,
        String rule,
        String source,
        String sync,
        String recordId,
        String runId,
        String decision,
        String why,
        Map<String, Object> evidence,
        Instant at) {

    @Override
    public String toString() {
        return event.word() + " of " + purpose;
    }
}
