package io.consentbridge.runtime;

import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line when the database is lost and one when it is back, on behalf of everything that needs it. The process waits
 * for a server. A damaged file, or one that cannot be used for several seconds, does not recover by itself, so the process
 * has to be started anew from outside. Checks only when called; not thread-safe.
 */
final class StoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** A file that fails some statements and answers others from memory has not recovered between two of them. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Database database;
    private final InstantSource clock;
    private final Runnable lost;
    private Instant since;
    private Instant latest;
    private long faults;
    private boolean ended;

    /** @param lost ends the process; called once */
    StoreWatch(Database database, InstantSource clock, Runnable lost) {
        this.database = database;
        this.clock = clock;
        this.lost = lost;
    }

    void look() {
        if (ended) {
            return;
        }
        Instant now = clock.instant();
        boolean well = database.embedded() ? fileIsWell() : database.trouble().isEmpty() || database.answers();
        if (database.damage().isPresent()) {
            end(database.damage().get());
        } else if (!well) {
            if (since == null) {
                since = now;
                LOG.error(
                        "{} ConsentBridge waits until it is back.",
                        database.trouble().orElse("The database file cannot be opened."));
            }
            latest = now;
            if (database.embedded() && !since.plus(PATIENCE).isAfter(now)) {
                end("The database file does not come back by itself.");
            }
        } else if (since != null && (!database.embedded() || !latest.plus(QUIET).isAfter(now))) {
            since = null;
            LOG.warn("The database answers again");
        }
    }

    /** Returns whether no statement has failed because of the file since the last check, and the file can be opened. */
    private boolean fileIsWell() {
        long before = faults;
        faults = database.storeFaults();
        return database.fileUsable() && faults == before;
    }

    private void end(String why) {
        ended = true;
        LOG.error("{} This process ends with status 3", why);
        lost.run();
    }
}
