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
 * @param active whether they are on it, as far as it is known
 * @param unsure whether they may be on it unknown to the product: after a crash, a lost reply, or a confirmation that they
 *     may follow
 * @param last the last delivery; empty if there was none, or if it is not known what arrived
 * @param counted the outcome in the run that last subscribed them; empty if none did
 * @param deliveredAt when the last delivery was; empty if there was none
 * @param askedAt when Campaigns last sent them a confirmation that they are not known to have followed
 * @param missing whether a reading of all active members lacked them, and no second one has confirmed it yet
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
     * A person's outcome in a run.
     *
     * @param runId the run
     * @param as new, re-added or duplicate: what they were when that run first subscribed them
     */
    public record Counted(String runId, Outcome as) {}

    /** The outcome of the person in that run; empty if it did not subscribe them yet. */
    public Optional<Outcome> countedBy(String runId) {
        return counted.filter(by -> by.runId().equals(runId)).map(Counted::as);
    }

    /** Whether they were asked to confirm, and are no member as far as it is known. */
    public boolean onlyAsked() {
        return askedAt.isPresent() && !active;
    }

    /** Whether they must be unsubscribed if they must not be mailed. */
    public boolean perhapsOnList() {
        return active || unsure;
    }

    /** Whether it is only known that a subscription may have reached Campaigns. */
    public boolean onlyUnsure() {
        return unsure && !active && !missing && deliveredAt.isEmpty();
    }
}
