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
 * @param fingerprint what was last delivered; empty when we never delivered
 * @param firstRun the run that first delivered them; empty when we never delivered
 * @param deliveredAt when we last delivered; empty when we never did
 */
public record Member(
        long listId,
        Person person,
        boolean active,
        Optional<String> fingerprint,
        Optional<String> firstRun,
        Optional<Instant> deliveredAt) {}
