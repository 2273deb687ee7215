package io.consentbridge.outbox;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Who is on a list, learnt from Campaigns' own listing and from what we delivered.
 *
 * <p>A full reading is {@link #beginReading}, any number of {@link #listed}, {@link #finishReading}. One that is not
 * finished has done no harm; it begins again.
 */
public final class Members {

    public Members(Database database, InstantSource clock) {}

    /** Begins a reading of the active members of a list; the result stands for it. */
    public Instant beginReading(long listId) {
        throw new UnsupportedOperationException();
    }

    /** Campaigns listed these people as active. May be repeated; any number of people. */
    public void listed(long listId, Instant reading, Collection<Person> people) {
        throw new UnsupportedOperationException();
    }

    /**
     * Everybody was read: whoever was neither listed nor delivered since the reading began is no longer active, and the
     * list's members count as read.
     *
     * @return how many became inactive
     */
    public int finishReading(long listId, Instant reading) {
        throw new UnsupportedOperationException();
    }

    /** What is known of these people on the list; people of whom nothing is known are absent. */
    public Map<Person, Member> of(long listId, Collection<Person> people) {
        throw new UnsupportedOperationException();
    }

    /** {@link #of(long, Collection)} within the caller's transaction. */
    public Map<Person, Member> of(Handle handle, long listId, Collection<Person> people) {
        throw new UnsupportedOperationException();
    }
}
