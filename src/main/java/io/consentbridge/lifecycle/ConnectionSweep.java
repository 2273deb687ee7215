package io.consentbridge.lifecycle;

import io.consentbridge.audience.Suppression;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.SweepCursor;
import io.consentbridge.decision.Refusers;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.CrmRefusals;
import io.consentbridge.polling.BetweenRuns;
import io.consentbridge.polling.BetweenRuns.Target;
import io.consentbridge.polling.ModuleSweep;
import io.consentbridge.polling.OptOut;
import io.consentbridge.polling.OptOutSweep;
import io.consentbridge.polling.PeopleFields;
import io.consentbridge.polling.PeopleModules;
import io.consentbridge.polling.SweptModule;
import io.consentbridge.polling.SweptPage;
import io.consentbridge.run.ReadingStopped;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.StoppableIterator;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the refusals of a whole connection between runs, one CRM call a module: every {@code opt-outs.every} while the runtime
 * is up, so that members of syncs that run seldom leave in time, and whenever deliveries wait and what is known is older than
 * {@code delivery.recheck}. It is no run, and no limit counts it. Bound as {@code betweenRuns}.
 */
public final class ConnectionSweep implements CrmRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSweep.class);

    // Deliveries wait meanwhile, also where opt-outs are carried over once a day.
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);

    private final Supplier<Configuration> configuration;
    private final SyncModules modules;
    private final SyncActivation states;
    private final ConnectionBackoff backoff;
    private final ServedLists served;
    private final SweepTurns shared;
    private final PeopleModules people;
    private final CrmReader reader;
    private final Cursors cursors;
    private final BetweenRuns pages;
    private final BasisReader words;
    private final InstantSource clock;
    private final Map<String, Lock> turns = new ConcurrentHashMap<>();
    private final SweepRests rests;

    /**
     * @param configuration the one in force now
     * @param modules those that syncs read
     * @param served where people leave
     * @param shared which process reads a connection
     * @param pages keeps what was read
     * @param words reads the words for the lawful basis
     */
    public ConnectionSweep(
            Supplier<Configuration> configuration,
            SyncModules modules,
            SyncActivation states,
            ConnectionBackoff backoff,
            ServedLists served,
            SweepTurns shared,
            PeopleModules people,
            CrmReader reader,
            Cursors cursors,
            BetweenRuns pages,
            BasisReader words,
            InstantSource clock) {
        this.configuration = configuration;
        this.modules = modules;
        this.states = states;
        this.backoff = backoff;
        this.served = served;
        this.shared = shared;
        this.people = people;
        this.reader = reader;
        this.cursors = cursors;
        this.pages = pages;
        this.words = words;
        this.clock = clock;
        this.rests = new SweepRests(clock, LONGEST_REST);
    }

    /** Connections with active syncs whose refusals were read longer ago than {@code opt-outs.every}. */
    public List<Connection> due() {
        Configuration now = configuration.get();
        Map<String, SyncActivation.State> current = states.of(now);
        Set<String> used = now.syncs().values().stream()
                .filter(sync -> current.get(sync.name()).active())
                .map(Sync::connection)
                .collect(Collectors.toSet());
        return now.settings().connections().values().stream()
                .filter(connection -> used.contains(connection.name()))
                .filter(connection -> backoff.current(connection.name()).isEmpty())
                .filter(connection -> !isFresh(connection, freshness().optOuts()))
                .toList();
    }

    /** Reads the refusals in the CRM; people who refuse leave the lists of active syncs as their {@code optedOut} says. */
    public void sweep(@Body Connection connection) {
        refresh(connection, freshness().optOuts());
    }

    @Override
    public boolean known(Connection connection) {
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
            // Another process may have read them just now.
            if (isFresh(connection, within)) {
                return true;
            }
            if (!read(connection, turn)) {
                // It went on with a sweep that had been interrupted, whose first pages are old.
                read(connection, turn);
            }
        } catch (ReadingStopped | ZohoFault.Stopped ends) {
            return false;
        } catch (ZohoFault | RunFault fault) {
            if (rests.failed(connection.name(), now, freshness().optOuts())) {
                LOG.warn(
                        "{}: nobody is subscribed until refusals can be read: {}",
                        connection.name(),
                        fault.getMessage());
            }
            return false;
        } finally {
            shared.giveBack(turn);
        }
        if (rests.succeeded(connection.name())) {
            LOG.info("{}: refusals can be read again, and people are subscribed", connection.name());
        }
        return true;
    }

    /** @return whether everything was read now; otherwise an earlier sweep was brought to its end */
    private boolean read(Connection connection, String turn) {
        Instant began = clock.instant();
        boolean whole = true;
        List<Target> targets = served.targets(connection);
        int leave = 0;
        for (Map.Entry<String, PeopleFields> module :
                people.all(connection, null, modules.of(connection)).entrySet()) {
            Optional<SweptModule> swept = OptOutSweep.swept(module.getKey(), false, module.getValue());
            if (swept.isPresent()) {
                SweepCursor from = cursors.sweep(Cursors.betweenRuns(connection.name()), module.getKey());
                whole &= from.next().isEmpty();
                leave += read(connection, swept.get(), from, targets, turn);
            }
        }
        if (whole) {
            people.swept(connection.name(), began);
        }
        if (leave > 0) {
            LOG.info("{}: removals of people who refuse mail, found between runs: {}", connection.name(), leave);
        }
        return whole;
    }

    private int read(Connection connection, SweptModule module, SweepCursor from, List<Target> targets, String turn) {
        ModuleSweep sweep = new ModuleSweep(
                connection,
                module,
                from,
                freshness().overlap(),
                (condition, position) -> reader.pages(
                        new ReadRequest(connection, null, module.name(), module.columns(), condition, position)));
        StoppableIterator<SweptPage> all = new StoppableIterator<>(sweep, () -> !shared.take(turn));
        int leave = 0;
        while (all.hasNext()) {
            SweptPage page = all.next();
            leave += pages.keep(
                    connection.name(),
                    page,
                    refusals(connection.name(), page),
                    OptOut.withheld(page, words),
                    targets,
                    clock.instant());
        }
        return leave;
    }

    private List<Suppression> refusals(String connection, SweptPage page) {
        Refusers refusers = pages.refusers(connection, page, words);
        List<Suppression> refusals = new ArrayList<>();
        for (CrmRecord record : page.records()) {
            if (FactsReader.read(record.values(), words).refuses()) {
                refusers.of(record, page.module().columns()).stream()
                        .map(person -> new Suppression(
                                connection,
                                person,
                                Suppression.EVERY_LIST,
                                Suppression.crm(page.module().name(), record.id()),
                                IgnoreReason.OPTED_OUT,
                                clock.instant()))
                        .forEach(refusals::add);
            }
        }
        return refusals;
    }

    private Settings.Freshness freshness() {
        return configuration.get().settings().freshness();
    }
}
