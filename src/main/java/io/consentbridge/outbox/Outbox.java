package io.consentbridge.outbox;

import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The deliveries that are due: at most one waits or flies per person and list.
 *
 * <p>Threads and processes may share it. Every change may be repeated after a crash.
 */
public final class Outbox {

    public Outbox(Database database, InstantSource clock) {}

    /**
     * Takes deliveries in, due at once. The newest per person and list wins: it replaces what waits, whose record, when
     * it is another one, is settled as ignored (other, or file duplicate within one run); one that flies keeps its
     * claim and is delivered anew afterwards. A dead letter of the person and list is dropped as superseded.
     */
    public void enqueue(Collection<Draft> drafts) {
        throw new UnsupportedOperationException();
    }

    /** {@link #enqueue(Collection)} within the caller's transaction. */
    public void enqueue(Handle handle, Collection<Draft> drafts) {
        throw new UnsupportedOperationException();
    }

    /**
     * Claims what is due, people who leave first, then by priority and age. Nobody else gets these until the lease ends,
     * they are settled, or handed back. Empty while the connection is held.
     *
     * <p>Of a list without a key one delivery at a time is given, so that one caller creates the list. A subscription
     * of somebody who is suppressed by now is not given: its record is settled as ignored for that reason.
     *
     * @param owner names the claiming process and worker
     * @param max how many at most
     */
    public List<Delivery> claim(String connection, Action action, String owner, int max, Duration lease) {
        throw new UnsupportedOperationException();
    }

    /** Settles claimed deliveries in one transaction; repeating it changes nothing. */
    public void settle(List<Settlement> settlements) {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives back, unchanged, whatever that owner has claimed; for an orderly end.
     *
     * @return how many
     */
    public int handBack(String owner) {
        throw new UnsupportedOperationException();
    }

    /** What waits on a connection, one figure for each action, in the order of {@link Action}. */
    public List<Waiting> waiting(String connection) {
        throw new UnsupportedOperationException();
    }

    /** When the next claim can succeed as far as the outbox knows; empty when nothing waits or flies. */
    public Optional<Instant> nextDue(String connection, Action action) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes dead letters of everything that waits for a list, without a call: the list is gone. What flies is settled
     * by its claimant.
     *
     * @return how many
     */
    public int parkAll(long listId, String code, String cause) {
        throw new UnsupportedOperationException();
    }
}
