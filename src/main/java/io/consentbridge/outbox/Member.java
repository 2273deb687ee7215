package io.consentbridge.outbox;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a person on a list.
 *
 * @param listId row of the list
 * @param person who
 * @param active whether they are on it, as far as we know
 * @param unsure whether a subscription of theirs may have reached Campaigns without our hearing of it: a crash, a lost reply
 * @param fingerprint what was last delivered; empty when we never delivered
 * @param firstRun the run that first delivered them; empty when we never delivered
 * @param deliveredAt when we last delivered; empty when we never did
 */
public record Member(
        long listId,
        Person person,
        boolean active,
        boolean unsure,
        Optional<String> fingerprint,
        Optional<String> firstRun,
        Optional<Instant> deliveredAt) {

    /** Whether somebody who must not be mailed has to be taken off the list. */
    public boolean perhapsOnList() {
        return active || unsure;
    }

    /** Whether we know of them only that a subscription may have reached Campaigns. */
    public boolean onlyUnsure() {
        return unsure && !active && deliveredAt.isEmpty();
    }
}
