package io.consentbridge.outbox;

import io.consentbridge.audience.Content;
import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * A delivery that cannot succeed without a person's help.
 *
 * @param id its number; a replay that fails again keeps it
 * @param connection name of the connection
 * @param listId row of the list
 * @param listName its name
 * @param person who
 * @param sync the sync that asked for it
 * @param runId the run that decided it
 * @param recordId the CRM record it was decided for
 * @param action what was to be done
 * @param content what was to be said
 * @param code Zoho's code; empty if there was none
 * @param cause why, in a sentence without personal data
 * @param history what was tried, a line each, the oldest first; empty text when nothing was
 * @param parkedAt when it was parked
 * @param replayed how often it failed again after a replay
 * @param replaying whether it is in the outbox now
 */
public record DeadLetter(
        long id,
        String connection,
        long listId,
        String listName,
        Person person,
        String sync,
        String runId,
        String recordId,
        Action action,
        Content content,
        Optional<String> code,
        String cause,
        String history,
        Instant parkedAt,
        int replayed,
        boolean replaying) {

    @Override
    public String toString() {
        return "dead letter " + id;
    }
}
