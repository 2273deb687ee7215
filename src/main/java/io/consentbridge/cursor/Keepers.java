package io.consentbridge.cursor;

import io.consentbridge.outbox.Held;

/**
 * Decides whether another record keeps a person on a list when their own record is no longer a reason: the table "Who keeps
 * a person on a list" of docs/consent.md, which a test compares with this class. A record belongs to a sync: the same record
 * through another sync is a reason of its own, unless what happened to the record happened for every sync.
 */
public final class Keepers {

    private Keepers() {}

    /**
     * A record as one sync knows it.
     *
     * @param sync name of the sync or part
     * @param recordId the CRM record
     * @param outdated whether the sync that asks has read a newer version of the record
     */
    public record Reason(String sync, String recordId, boolean outdated) {

        public Reason(String sync, String recordId) {
            this(sync, recordId, false);
        }
    }

    /**
     * Whether the person stays. The record that would take them off may itself have been delivered again meanwhile.
     *
     * @param cause what happened to the record
     * @param leaving the record by which the person was on the list
     * @param other a record that is delivered to the same list
     */
    public static boolean keeps(Held.Cause cause, Reason leaving, Reason other) {
        return !leaving.recordId().equals(other.recordId())
                || leaving.sync().equals(other.sync())
                || !isForEverySync(cause) && !isOutdated(cause, other);
    }

    /**
     * Whether the cause holds for every sync. A record is deleted, or gets another address, only once, so what other syncs
     * last read of it is out of date.
     */
    public static boolean isForEverySync(Held.Cause cause) {
        return switch (cause) {
            case DELETED, MOVED -> true;
            case UNMATCHED, CONSENT_LOST -> false;
        };
    }

    // The consent that a record states is the same for every sync. A record that left one selection may still be in
    // another.
    private static boolean isOutdated(Held.Cause cause, Reason other) {
        return cause == Held.Cause.CONSENT_LOST && other.outdated();
    }
}
