package io.consentbridge.runtime;

import io.consentbridge.config.Settings;
import io.consentbridge.confirmation.EndedRequests;
import io.consentbridge.person.PeopleRetention;
import io.consentbridge.person.PeopleRetention.Position;
import io.consentbridge.store.Database;
import io.consentbridge.writeback.SettledRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes once a day what the settings {@code retention.*} do not keep any longer, and says how much that was. For one thread. */
final class DailyRetention {

    private static final Logger LOG = LoggerFactory.getLogger(DailyRetention.class);
    private static final Duration EVERY = Duration.ofDays(1);

    /** Leases of runs are renewed by the same thread. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private final Supplier<Settings.Retention> settings;
    private final PeopleRetention people;
    private final EndedRequests requests;
    private final SettledRows settled;
    private final ToIntFunction<Instant> checkpointsBefore;
    private final InstantSource clock;
    private Instant begun = Instant.EPOCH;
    private Position position = new Position(0, 0, true);
    private int emptied;
    private int updates;
    private int starts;
    private int checkpoints;

    /**
     * @param settings how long is kept, as it is configured now
     * @param checkpointsBefore deletes checkpoints of the ledger that are older than an instant, and returns how many
     */
    DailyRetention(
            Supplier<Settings.Retention> settings,
            Database database,
            PeopleRetention people,
            ToIntFunction<Instant> checkpointsBefore,
            InstantSource clock) {
        this.settings = settings;
        this.checkpointsBefore = checkpointsBefore;
        this.people = people;
        this.requests = new EndedRequests(database);
        this.settled = new SettledRows(database);
        this.clock = clock;
    }

    /**
     * Does one turn: the job of a day takes several of them if there are many people.
     *
     * @return whether the job of this day has come to its end with this turn, and deleted something
     */
    boolean turn() {
        Settings.Retention keeps = settings.get();
        Instant now = clock.instant();
        if (position.end()) {
            if (!begun.plus(EVERY).isBefore(now)) {
                return false;
            }
            begun = now;
            emptied = keeps.confirmations() > 0 ? requests.empty(before(now, keeps.confirmations())) : 0;
            updates = keeps.updates() > 0 ? settled.deleteUpdates(before(now, keeps.updates())) : 0;
            starts = keeps.updates() > 0 ? settled.deleteStarts(before(now, keeps.updates())) : 0;
            checkpoints = keeps.checkpoints() > 0 ? checkpointsBefore.applyAsInt(before(now, keeps.checkpoints())) : 0;
            position = Position.BEGINNING;
        }
        if (keeps.people() > 0) {
            forget(now, before(now, keeps.people()));
        } else {
            position = new Position(position.after(), position.forgotten(), true);
        }
        return position.end() && say();
    }

    private static Instant before(Instant now, int days) {
        return now.minus(Duration.ofDays(days));
    }

    private void forget(Instant now, Instant before) {
        Position last;
        do {
            last = position;
            position = people.forget(last, before);
        } while (!position.end()
                && position.after() > last.after()
                && clock.instant().isBefore(now.plus(TURN)));
    }

    private boolean say() {
        boolean any = position.forgotten() + emptied + updates + starts + checkpoints > 0;
        if (any) {
            LOG.info(
                    "retention: people forgotten: {}, ended requests for consent emptied: {}, updates of CRM records deleted: {},"
                            + " starts of workflows deleted: {}, checkpoints of the ledger deleted: {}",
                    position.forgotten(),
                    emptied,
                    updates,
                    starts,
                    checkpoints);
        }
        return any;
    }
}
