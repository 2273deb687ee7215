package io.consentbridge.runtime;

import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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
    private Optional<DatabaseFault> fault = Optional.empty();
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
        Optional<String> trouble = database.embedded() ? fileTrouble() : serverTrouble();
        if (database.damage().isPresent()) {
            end(database.damage().get());
        } else if (trouble.isPresent()) {
            if (since == null) {
                since = now;
                LOG.error("{} ConsentBridge waits until it is back.", trouble.get());
            }
            latest = now;
            if (database.embedded() && !since.plus(PATIENCE).isAfter(now)) {
                end(trouble.get());
            }
        } else if (since != null && (!database.embedded() || !latest.plus(QUIET).isAfter(now))) {
            since = null;
            LOG.warn("The database answers again");
        }
    }

    private Optional<String> serverTrouble() {
        return database.trouble().filter(trouble -> !database.answers());
    }

    /**
     * The failure of a statement or of a new connection because of the file, since the last check. During an outage also a
     * disk without room: on a full one reads succeed, and so do small writes into what the log has room for.
     */
    private Optional<String> fileTrouble() {
        Optional<DatabaseFault> before = fault;
        boolean usable = database.fileUsable();
        fault = database.fileFault();
        if (usable && fault.equals(before) && (since == null || database.hasRoom())) {
            return Optional.empty();
        }
        return fault.map(DatabaseFault::getMessage);
    }

    private void end(String why) {
        ended = true;
        LOG.error("{} This process ends with status 3", why);
        lost.run();
    }
}
