package io.consentbridge.outbox;

import io.consentbridge.audience.Content;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.SignupForm;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A claimed delivery: one pending change to one person on one list, which this process carries out until the lease ends.
 *
 * @param id row of the outbox
 * @param version counts the decisions that replaced one another in that row
 * @param claimedUntil when the lease ends; together with the row it names the claim
 * @param connection name of the connection
 * @param listId row of the mailing list
 * @param listName its name
 * @param listKey its key; empty while Campaigns does not have the list
 * @param createAs the sign-up form with which a missing list is created; empty when it must not be
 * @param personId the person's number
 * @param person who
 * @param action what is done
 * @param content what is said
 * @param fingerprint hash of action and content
 * @param runId the run that decided it
 * @param recordId the CRM record it was decided for
 * @param outcomeId row of that record's outcome in the run; null when the run does not count the record
 * @param onSuccess the record's outcome once Campaigns accepted
 * @param rounds how many of its own failures were counted so far; an outage counts none
 * @param deadLetter the dead letter it is a replay of
 * @param because by which sync and why somebody leaves who did not refuse; empty for anything else
 * @param returning whether it puts somebody back whom we had taken off the list ourselves
 * @param listedAs the spellings of the address under which Campaigns lists the person, where one is not its one form; empty
 *     for almost everybody
 */
public record Delivery(
        long id,
        int version,
        Instant claimedUntil,
        String connection,
        long listId,
        String listName,
        Optional<String> listKey,
        Optional<SignupForm> createAs,
        long personId,
        Person person,
        Action action,
        Content content,
        String fingerprint,
        String runId,
        String recordId,
        Long outcomeId,
        Outcome onSuccess,
        int rounds,
        Optional<Long> deadLetter,
        Optional<Held> because,
        boolean returning,
        List<String> listedAs) {

    public Delivery {
        listedAs = List.copyOf(listedAs);
    }

    /** The spellings under which Campaigns lists the person, the one form of the address left out. */
    public List<String> otherSpellings() {
        return listedAs.stream()
                .filter(spelling -> !spelling.equals(person.address()))
                .toList();
    }

    /** The spelling to update: a person who is a member under another spelling alone would be a second contact under the one form. */
    public Optional<String> updatedAs() {
        return action == Action.SUBSCRIBE && !listedAs.isEmpty() && !listedAs.contains(person.address())
                ? listedAs.stream().findFirst()
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "delivery " + id;
    }
}
