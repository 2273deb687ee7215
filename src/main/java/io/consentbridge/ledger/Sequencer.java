package io.consentbridge.ledger;

import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * Gives events their numbers: one process at a time, in batches, each in one transaction. What has no number yet is what still
 * lies among the appended events, so that a transaction that commits late is not passed over, and a process that dies leaves
 * neither a gap nor a double.
 */
public final class Sequencer {

    /** Events of one transaction, during which nobody else writes to an embedded database. */
    private static final int BATCH = 1000;

    private static final int OTHERS_TURN = -1;

    private final Database database;
    private final Keys keys;
    private final InstantSource clock;
    private final String node;
    private final Duration lease;

    /**
     * @param node the name of this process
     * @param lease after how long without a sign another process goes on
     */
    public Sequencer(Database database, Keys keys, InstantSource clock, String node, Duration lease) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        this.node = node;
        this.lease = lease;
    }

    /**
     * Sequences everything that was appended, with decisions of before there was a ledger, unless another process does.
     *
     * @param until after which no further batch begins
     * @return how many events got a number
     * @throws LedgerFault if this process does not have the master key
     */
    public int run(Instant until) {
        int done = 0;
        while (clock.instant().isBefore(until)) {
            int batch = batch();
            if (batch <= 0) {
                break;
            }
            done += batch;
        }
        return done;
    }

    /** Whether another process sequences, and makes and hands out checkpoints. */
    boolean isOthers() {
        Instant now = clock.instant();
        return database.query(handle -> LogRows.isOthers(handle, node, now));
    }

    /** Lets another process go on before the lease of this one is over. */
    void giveBack() {
        database.change(handle -> LogRows.giveBack(handle, node));
    }

    private int batch() {
        Instant now = clock.instant();
        boolean news = database.query(Sequencer::hasNews);
        if (!news) {
            return 0;
        }
        int done = database.transaction(handle -> {
            if (!LogRows.keepLease(handle, node, now, now.plus(lease))) {
                return OTHERS_TURN;
            }
            if (!keys.isCurrent(handle)) {
                return 0;
            }
            Imports.take(handle, BATCH);
            return new Batch(handle, keys).write(BATCH);
        });
        if (done == 0) {
            keys.resume();
        }
        return done;
    }

    private static boolean hasNews(Handle handle) {
        return handle.createQuery("select 1 from ledger_event where id > 0 fetch first row only")
                        .mapTo(Integer.class)
                        .findFirst()
                        .isPresent()
                || handle.createQuery("select 1 from consent_ledger where id > 0 fetch first row only")
                        .mapTo(Integer.class)
                        .findFirst()
                        .isPresent();
    }
}
