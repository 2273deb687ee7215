package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.run.SyncStates;
import io.consentbridge.sync.Schedule;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.quartz.CronExpression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one trigger route for each active sync, made from the route template {@code scheduled-run}. */
public final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final String TEMPLATE = "scheduled-run";

    private final CamelContext context;
    private final SyncStates states;
    private final boolean firing;
    private final Map<String, Trigger> triggers = new HashMap<>();

    /** What a trigger was made from; another one needs another route. */
    private record Trigger(String cron, String zone) {}

    /** @param firing whether this runtime fires schedules; one that does not makes no triggers */
    Schedules(CamelContext context, SyncStates states, boolean firing) {
        this.context = context;
        this.states = states;
        this.firing = firing;
    }

    /** Makes, renews and removes trigger routes until they fit the syncs that are active. */
    public synchronized void fit(Configuration configuration) {
        if (!firing) {
            return;
        }
        Map<String, Trigger> wanted = new HashMap<>();
        Map<String, SyncStates.Standing> standings = states.of(configuration);
        for (Sync sync : configuration.syncs().values()) {
            Connection connection = configuration.settings().connections().get(sync.connection());
            if (standings.get(sync.name()).active()) {
                sync.schedule()
                        .ifPresent(schedule -> wanted.put(
                                sync.name(),
                                new Trigger(schedule.cron(), connection.zone().getId())));
            }
        }
        // Changed routes take the place of all routes, the triggers included.
        triggers.keySet().removeIf(name -> context.getRoute(routeId(name)) == null);
        Set<String> stale = new HashSet<>(triggers.keySet());
        stale.removeIf(name -> triggers.get(name).equals(wanted.get(name)));
        stale.forEach(this::remove);
        wanted.keySet().stream()
                .filter(name -> !triggers.containsKey(name))
                .forEach(name -> add(name, wanted.get(name)));
    }

    /** When a sync runs next by itself; empty when it is not active or has no schedule. */
    public static Optional<Instant> next(Sync sync, boolean active, Connection connection, Instant now) {
        return active ? sync.schedule().flatMap(schedule -> next(schedule, connection, now)) : Optional.empty();
    }

    private static Optional<Instant> next(Schedule schedule, Connection connection, Instant now) {
        try {
            CronExpression cron = new CronExpression(schedule.cron());
            cron.setTimeZone(TimeZone.getTimeZone(connection.zone()));
            return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(now)))
                    .map(Date::toInstant);
        } catch (ParseException impossible) {
            throw new IllegalStateException("the schedule was checked when it was read", impossible);
        }
    }

    private void add(String sync, Trigger trigger) {
        try {
            TemplatedRouteBuilder.builder(context, TEMPLATE)
                    .routeId(routeId(sync))
                    .parameter("sync", sync)
                    .parameter("cron", trigger.cron())
                    .parameter("zone", trigger.zone())
                    .add();
            triggers.put(sync, trigger);
        } catch (RuntimeException failure) {
            LOG.error("{}: its schedule could not be started: {}", sync, failure.getMessage());
        }
    }

    private void remove(String sync) {
        try {
            context.getRouteController().stopRoute(routeId(sync));
            context.removeRoute(routeId(sync));
            triggers.remove(sync);
        } catch (Exception failure) {
            LOG.error("{}: its schedule could not be stopped: {}", sync, failure.getMessage());
        }
    }

    private static String routeId(String sync) {
        return "schedule-" + sync;
    }
}
