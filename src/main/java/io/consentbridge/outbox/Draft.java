package io.consentbridge.outbox;

import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;

/**
 * A delivery that a decision asks for, before the outbox takes it in.
 *
 * @param listId row of the mailing list
 * @param person who
 * @param action what is done
 * @param priority 0 people who leave, 1 new people, 2 updates
 * @param content what is said
 * @param fingerprint hash of action and content
 * @param runId the run that decided it
 * @param recordId the CRM record it was decided for; its outcome in the run is pending
 * @param onSuccess the record's outcome once Campaigns accepted
 */
public record Draft(
        long listId,
        Person person,
        Action action,
        int priority,
        Content content,
        String fingerprint,
        String runId,
        String recordId,
        Outcome onSuccess) {

    /** Somebody leaves a list, before anybody is put on one. */
    public static Draft leaving(long listId, Person person, String runId, String recordId, Outcome onSuccess) {
        Content content = Content.leaving(person);
        String fingerprint = Fingerprint.of(Action.UNSUBSCRIBE, content);
        return new Draft(listId, person, Action.UNSUBSCRIBE, 0, content, fingerprint, runId, recordId, onSuccess);
    }
}
