package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Who must not be mailed. A person may be suppressed by several origins at once and is free when none is left.
 *
 * <p>A full reading of those who left a list is {@link #beginReading}, any number of {@link #listed}, {@link
 * #finishReading}.
 */
public final class Suppressions {

    public Suppressions(Database database, InstantSource clock) {}

    /**
     * What forbids to mail these people on that list: rows of the list and of the whole connection, the gravest reason
     * first and otherwise in the order of their origins. People who may be mailed are absent.
     */
    public Map<Person, List<Suppression>> of(String connection, long listId, Collection<Person> people) {
        throw new UnsupportedOperationException();
    }

    /** {@link #of(String, long, Collection)} within the caller's transaction. */
    public Map<Person, List<Suppression>> of(Handle handle, String connection, long listId, Collection<Person> people) {
        throw new UnsupportedOperationException();
    }

    /** Everything that is remembered against a person, on every connection and list; for explanations. */
    public List<Suppression> of(Person person) {
        throw new UnsupportedOperationException();
    }

    /** Adds each, or gives the row of the same person, list and origin a new reason; {@code since} is kept then. */
    public void add(Collection<Suppression> suppressions) {
        throw new UnsupportedOperationException();
    }

    /** {@link #add(Collection)} within the caller's transaction. */
    public void add(Handle handle, Collection<Suppression> suppressions) {
        throw new UnsupportedOperationException();
    }

    /** Takes back what these origins said about anybody on the connection. */
    public void remove(String connection, Collection<String> origins) {
        throw new UnsupportedOperationException();
    }

    /** {@link #remove(String, Collection)} within the caller's transaction. */
    public void remove(Handle handle, String connection, Collection<String> origins) {
        throw new UnsupportedOperationException();
    }

    /** Begins a reading of those who left a list; the result stands for it. */
    public Instant beginReading(long listId) {
        throw new UnsupportedOperationException();
    }

    /** Campaigns listed these people as gone, for that reason. May be repeated; any number of people. */
    public void listed(long listId, Instant reading, IgnoreReason reason, Collection<Person> people) {
        throw new UnsupportedOperationException();
    }

    /**
     * Everybody was read: what a reading said earlier of people who were not listed this time is taken back, and the
     * list's refusals count as read. What other origins say stays.
     *
     * @return how many rows were taken back
     */
    public int finishReading(long listId, Instant reading) {
        throw new UnsupportedOperationException();
    }
}
