package io.consentbridge.writeback;

import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.Payment;

/**
 * The credits that the calls of one batch of updates cost: reserved before the batch is claimed, paid as each call leaves, and given
 * back if they are left over. A retry is paid for with further ones. Safe for many threads.
 */
final class BatchCredits {

    /** What it costs to read the addresses of a batch, or the fields of its module (docs/zoho-notes.md, "CRM: COQL pages and credits"). */
    static final int READING = 1;

    /** How many records a credit writes (docs/zoho-notes.md, "CRM: writes"). */
    private static final int RECORDS = 10;

    private final QuotaGovernor quota;
    private final String connection;
    private int left;

    private BatchCredits(QuotaGovernor quota, String connection, int left) {
        this.quota = quota;
        this.connection = connection;
        this.left = left;
    }

    /** Reserves what a batch of so many records needs at most, or what the quota has of it. */
    static BatchCredits reserve(QuotaGovernor quota, String connection, int records) {
        return new BatchCredits(
                quota, connection, quota.reserve(connection, RecordWrites.QUOTA, READING + toWrite(records)));
    }

    /** What it costs to write so many records, in full calls. */
    static int toWrite(int records) {
        return (records + RECORDS - 1) / RECORDS;
    }

    /** How many records can be written after their addresses were read, 0 or more. */
    synchronized int records() {
        return Math.max(0, left - READING) * RECORDS;
    }

    /** Gives back what is more than that. */
    synchronized void keep(int credits) {
        quota.giveBack(connection, RecordWrites.QUOTA, left - credits);
        left = Math.min(left, credits);
    }

    /** Gives back what is left. */
    void close() {
        keep(0);
    }

    /** What pays for calls of that price. */
    Payment of(int credits) {
        return new Payment() {
            @Override
            public void pay() {
                spend(credits);
            }

            @Override
            public void takeBack() {
                spend(-credits);
            }
        };
    }

    private synchronized void spend(int credits) {
        if (credits > left) {
            quota.reserveAll(connection, RecordWrites.QUOTA, credits - left);
            left = credits;
        }
        left -= credits;
    }
}
