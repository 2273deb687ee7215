package io.consentbridge.outbox;

import io.consentbridge.audience.Content;
import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.util.Optional;

/**
 * A delivery that follows from a decision, before it is in the outbox.
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
 * @param counted whether the record's outcome hangs on this delivery; not so when the same record asks for another one too
 * @param held why it waits until the reading of its sync has ended; empty when it is due at once
 * @param returning whether it puts somebody back whom we had taken off the list ourselves, which no other delivery may
 * @param decision the word of the consent decision that lets the person be written to; null of somebody who leaves
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
        Outcome onSuccess,
        boolean counted,
        Optional<Held> held,
        boolean returning,
        String decision) {

    /** The record id of a removal that no record asks for. */
    public static final String NO_RECORD = "-";

    /** A delivery that the record's outcome hangs on, due at once. */
    public Draft(
            long listId,
            Person person,
            Action action,
            int priority,
            Content content,
            String fingerprint,
            String runId,
            String recordId,
            Outcome onSuccess,
            String decision) {
        this(
                listId,
                person,
                action,
                priority,
                content,
                fingerprint,
                runId,
                recordId,
                onSuccess,
                true,
                Optional.empty(),
                false,
                decision);
    }

    /** Somebody leaves a list, before anybody is put on one. */
    public static Draft leaving(long listId, Person person, String runId, String recordId, Outcome onSuccess) {
        return leaving(Action.UNSUBSCRIBE, listId, person, runId, recordId, onSuccess);
    }

    /** Somebody leaves a list by that action, before anybody is put on one. */
    public static Draft leaving(
            Action action, long listId, Person person, String runId, String recordId, Outcome onSuccess) {
        Content content = Content.leaving(person);
        String fingerprint = Fingerprint.of(action, content);
        return new Draft(listId, person, action, 0, content, fingerprint, runId, recordId, onSuccess, null);
    }

    /** The same, while the record's outcome hangs on another delivery. */
    public Draft uncounted() {
        return with(false, held, returning);
    }

    /** The same for somebody whom we had taken off the list ourselves. */
    public Draft putBack() {
        return with(counted, held, true);
    }

    /** The same, held until the reading of that sync has ended. */
    public Draft heldBack(String sync, Held.Cause cause) {
        return with(counted, Optional.of(new Held(sync, cause)), returning);
    }

    /** The same, due at once. */
    Draft due() {
        return with(counted, Optional.empty(), returning);
    }

    private Draft with(boolean isCounted, Optional<Held> isHeld, boolean isReturning) {
        return new Draft(
                listId,
                person,
                action,
                priority,
                content,
                fingerprint,
                runId,
                recordId,
                onSuccess,
                isCounted,
                isHeld,
                isReturning,
                decision);
    }

    /** The same person leaves by the stronger action. */
    Draft barring() {
        Draft stronger = leaving(Action.DO_NOT_MAIL, listId, person, runId, recordId, onSuccess);
        Draft told = counted ? stronger : stronger.uncounted();
        return held.map(why -> told.heldBack(why.sync(), why.cause())).orElse(told);
    }
}
