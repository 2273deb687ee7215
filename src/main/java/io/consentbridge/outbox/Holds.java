package io.consentbridge.outbox;

import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * While Zoho is out of reach a connection is held: nothing of it is claimed. Each hold that follows another without a
 * success between them is twice as long.
 */
public final class Holds {

    /**
     * A hold in force.
     *
     * @param until its end
     * @param because why, without personal data
     */
    public record Hold(Instant until, String because) {}

    /**
     * @param first length of the first hold
     * @param most length that no hold exceeds
     */
    public Holds(Database database, InstantSource clock, Duration first, Duration most) {}

    /** Holds the connection; while it is held already nothing changes. Returns the hold in force. */
    public Hold hold(String connection, String because) {
        throw new UnsupportedOperationException();
    }

    /** Holds the connection until an instant that Zoho gave, if that is later than the hold in force. */
    public Hold holdUntil(String connection, Instant until, String because) {
        throw new UnsupportedOperationException();
    }

    /** A call succeeded: no hold any more, and the next one is a first one. Costs one look when there was none. */
    public void succeeded(String connection) {
        throw new UnsupportedOperationException();
    }

    /** The hold in force; empty when the connection may be used. */
    public Optional<Hold> current(String connection) {
        throw new UnsupportedOperationException();
    }
}
