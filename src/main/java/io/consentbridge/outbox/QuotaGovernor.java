package io.consentbridge.outbox;

import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps the calls of all processes of an installation within Zoho's windows, and honours its locks.
 *
 * <p>Calls are counted in slots of a twelfth of each window; twelve full slots and the running one together stay within
 * the limit, so neither a sliding nor a fixed window can be overrun. What was reserved is to be sent within a slot of
 * the shortest window (5 seconds of a minute); what was not sent stays counted.
 */
public final class QuotaGovernor {

    public QuotaGovernor(Database database, InstantSource clock, Quota.Settings settings) {}

    /**
     * Reserves calls.
     *
     * @return how many of {@code wanted} may be made now, from 0
     */
    public int reserve(String connection, String method, int wanted) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reserves one call.
     *
     * @throws io.consentbridge.zoho.ZohoFault.Throttled when it may not be made now; it says when it may
     */
    public void admit(String connection, String method) {
        throw new UnsupportedOperationException();
    }

    /** Zoho said that this method is locked: nothing is granted before {@code until}. A longer lock stays. */
    public void lock(String connection, String method, Instant until, String because) {
        throw new UnsupportedOperationException();
    }

    /** When one call would be granted; now when it would be. */
    public Instant freeAt(String connection, String method) {
        throw new UnsupportedOperationException();
    }

    /** What is used now. */
    public QuotaUse usage(String connection, String method) {
        throw new UnsupportedOperationException();
    }

    /** When the last of {@code waiting} calls can be made at the earliest, as the windows stand; now when none waits. */
    public Instant throughAt(String connection, String method, long waiting) {
        throw new UnsupportedOperationException();
    }
}
