package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.config.Settings;
import io.consentbridge.mailing.Campaign;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.CrmRefusals;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.run.ReadingStopped;
import io.consentbridge.run.RunFault;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the refusals of a whole connection between runs, with one CRM call for each module: every {@code opt-outs.every}
 * while the runtime is up, so that members of syncs that seldom run leave in time, and whenever deliveries wait and the last
 * reading is older than {@code delivery.recheck}. A sweep is not a run, and no limit counts it. Bound as {@code
 * connectionSweep}.
 */
public final class ConnectionSweep implements CrmRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSweep.class);

    // Deliveries wait in the meantime, even where opt-outs are carried over once a day.
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);

    private final Supplier<Configuration> configuration;
    private final SyncActivation states;
    private final ConnectionBackoff backoff;
    private final SweepTurns shared;
    private final PeopleModules people;
    private final RefusalReading reading;
    private final InstantSource clock;
    private final Map<String, Lock> turns = new ConcurrentHashMap<>();
    private final SweepRests rests;

    /**
     * @param configuration the current configuration
     * @param shared decides which process reads a connection
     */
    public ConnectionSweep(
            Supplier<Configuration> configuration,
            SyncActivation states,
            ConnectionBackoff backoff,
            SweepTurns shared,
            PeopleModules people,
            RefusalReading reading,
            InstantSource clock) {
        this.configuration = configuration;
        this.states = states;
        this.backoff = backoff;
        this.shared = shared;
        this.people = people;
        this.reading = reading;
        this.clock = clock;
        this.rests = new SweepRests(clock, LONGEST_REST);
    }

    /** Returns the connections with active syncs or campaigns whose refusals were last read longer ago than {@code opt-outs.every}. */
    public List<Connection> due() {
        Configuration now = configuration.get();
        Map<String, SyncActivation.State> current = states.of(now);
        Set<String> used = Stream.concat(
                        now.syncs().values().stream()
                                .filter(sync -> current.get(sync.name()).active())
                                .map(Sync::connection),
                        now.campaigns().values().stream().map(Campaign::connection))
                .collect(Collectors.toSet());
        return now.settings().connections().values().stream()
                .filter(connection -> used.contains(connection.name()))
                .filter(connection -> backoff.current(connection.name()).isEmpty())
                .filter(connection -> !isFresh(connection, freshness().optOuts()))
                .toList();
    }

    /**
     * Reads the refusals in the CRM; people who refuse leave the lists of active syncs as each sync's {@code optedOut} says.
     */
    public void sweep(@Body Connection connection) {
        refresh(connection, freshness().optOuts());
    }

    @Override
    public boolean readIfOld(Connection connection) {
        return refresh(connection, freshness().recheck());
    }

    private boolean refresh(Connection connection, Duration within) {
        if (isFresh(connection, within)) {
            return true;
        }
        Lock turn = turns.computeIfAbsent(connection.name(), name -> new ReentrantLock());
        turn.lock();
        try {
            return isFresh(connection, within) || attempt(connection, within);
        } finally {
            turn.unlock();
        }
    }

    private boolean isFresh(Connection connection, Duration within) {
        return people.sweptAt(connection.name())
                .filter(at -> at.plus(within).isAfter(clock.instant()))
                .isPresent();
    }

    private boolean attempt(Connection connection, Duration within) {
        Configuration now = configuration.get();
        if (rests.isResting(connection.name(), now)) {
            return false;
        }
        String turn = "refusals of " + connection.name();
        if (!shared.take(turn)) {
            return false;
        }
        try {
            // Another process may just have read them.
            if (isFresh(connection, within)) {
                return true;
            }
            if (!reading.read(connection, turn)) {
                // This sweep continued an interrupted one, whose first pages are old.
                reading.read(connection, turn);
            }
        } catch (ReadingStopped | ZohoFault.Stopped ends) {
            return false;
        } catch (ZohoFault | RunFault fault) {
            if (rests.failed(connection.name(), now, freshness().optOuts())) {
                LOG.warn(
                        "{}: subscriptions wait until refusals can be read: {}", connection.name(), fault.getMessage());
            }
            return false;
        } finally {
            shared.giveBack(turn);
        }
        if (rests.succeeded(connection.name())) {
            LOG.info("{}: refusals can be read again; subscriptions resume", connection.name());
        }
        return true;
    }

    private Settings.Freshness freshness() {
        return configuration.get().settings().freshness();
    }
}
