package io.consentbridge.audience;

import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a person on a list.
 *
 * @param listId row of the list
 * @param person who
 * @param active whether they are on it, as far as we know
 * @param unsure whether they may be on it without our knowing: a crash, a lost reply, a confirmation that they may follow
 * @param last what was last delivered; empty when we never delivered, or do not know what arrived
 * @param counted how the run that last subscribed them counted them; empty when none did
 * @param deliveredAt when we last delivered; empty when we never did
 * @param askedAt when Campaigns last sent them a confirmation that they are not known to have followed
 * @param missing whether a reading of everybody who is active did not bring them, and none has confirmed it yet
 */
public record Member(
        long listId,
        Person person,
        boolean active,
        boolean unsure,
        Optional<LastDelivered> last,
        Optional<Counted> counted,
        Optional<Instant> deliveredAt,
        Optional<Instant> askedAt,
        boolean missing) {

    /**
     * How a run counted a person.
     *
     * @param runId the run
     * @param as new, re-added or duplicate: what they were when that run first subscribed them
     */
    public record Counted(String runId, Outcome as) {}

    /** As what that run has counted the person already; empty when it did not subscribe them yet. */
    public Optional<Outcome> countedBy(String runId) {
        return counted.filter(by -> by.runId().equals(runId)).map(Counted::as);
    }

    /** Whether they were asked to confirm, and are no member as far as we know. */
    public boolean onlyAsked() {
        return askedAt.isPresent() && !active;
    }

    /** Whether somebody who must not be mailed has to be taken off the list. */
    public boolean perhapsOnList() {
        return active || unsure;
    }

    /** Whether we know of them only that a subscription may have reached Campaigns. */
    public boolean onlyUnsure() {
        return unsure && !active && !missing && deliveredAt.isEmpty();
    }
}
