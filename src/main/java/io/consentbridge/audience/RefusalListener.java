package io.consentbridge.audience;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Is told of people who refuse mail in Campaigns, within the transaction that suppresses them: of those who unsubscribed from a
 * list, and of those whom a reply calls complaining or moved to Do-Not-Mail. A bounce, a blocked address and a removal by the
 * product are no refusals of the person.
 */
@FunctionalInterface
public interface RefusalListener {

    /** Nobody is told. */
    RefusalListener NONE = (handle, connection, purpose, people, at) -> {};

    /**
     * May be told the same again.
     *
     * @param purpose the purpose of the list that the people left, by its name; empty for every purpose of the connection
     * @param at when it became known
     */
    void refused(Handle handle, String connection, Optional<String> purpose, Collection<Person> people, Instant at);
}
