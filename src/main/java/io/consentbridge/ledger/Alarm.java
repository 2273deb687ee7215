package io.consentbridge.ledger;

import io.consentbridge.proof.BrokenProof;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a ledger in which something does not fit: nobody is subscribed until an operator acknowledges it. People go on
 * leaving.
 */
public final class Alarm {

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final int LONGEST = 1000;

    private final Database database;
    private final InstantSource clock;

    Alarm(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Why nobody is subscribed.
     *
     * @param because what does not fit
     */
    public record Raised(String because, Instant since) {}

    /** Whether nobody may be subscribed now; for the transaction of a claim. */
    public static boolean isRaised(Handle handle) {
        return handle.createQuery("select 1 from ledger_log where alarm is not null")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    Optional<Raised> raised() {
        return database.query(handle -> handle.createQuery(
                        "select alarm, alarm_at from ledger_log where alarm is not null")
                .map((row, context) -> new Raised(row.getString("alarm"), Columns.instant(row, "alarm_at")))
                .findOne());
    }

    /** Raises the alarm, unless it is raised, or an operator has acknowledged exactly this; returns whether it is raised. */
    boolean raise(String flaw) {
        String because = Columns.clip(flaw, LONGEST);
        Instant now = clock.instant();
        int news = database.transaction(handle -> handle.createUpdate("""
                        update ledger_log set alarm = :because, alarm_at = :now
                        where id = 1 and alarm is null and (acknowledged is null or acknowledged <> :because)
                        """)
                .bind("because", because)
                .bind("now", now)
                .execute());
        if (news == 1) {
            LOG.error(
                    "The ledger was tampered with, or its database is an old copy: {} Nobody is subscribed until somebody has"
                            + " looked into it and ends this by: consentbridge ledger acknowledge --because TEXT",
                    flaw);
        }
        return raised().isPresent();
    }

    /** Does what reads the log, and raises the alarm when it does not fit; returns whether it did fit. */
    boolean watch(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (BrokenProof flaw) {
            return !raise(flaw.getMessage());
        }
    }

    /**
     * Ends the alarm, and puts that into the ledger.
     *
     * @param because why it may end, in the operator's words
     * @param seal is put on the checkpoints as they are now
     * @return what did not fit; empty if there was no alarm
     */
    Optional<String> acknowledge(String because, CheckpointSeal seal) {
        Instant now = clock.instant();
        return database.transaction(handle -> {
            Optional<String> alarm = handle.createQuery("select alarm from ledger_log where alarm is not null")
                    .mapTo(String.class)
                    .findOne();
            alarm.ifPresent(flaw -> {
                handle.createUpdate("""
                                update ledger_log
                                set acknowledged = alarm, acknowledged_at = :now, alarm = null, alarm_at = null
                                where id = 1
                                """).bind("now", now).execute();
                CheckpointRows.keepNewest(handle);
                seal.renew(handle);
                LedgerRows.append(
                        handle,
                        List.of(LedgerEvent.byOperator(
                                EventKind.ACKNOWLEDGED, null, "", Map.of("because", because, "alarm", flaw), now)));
            });
            return alarm;
        });
    }
}
