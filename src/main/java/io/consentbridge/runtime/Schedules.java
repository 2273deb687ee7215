package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.run.DueRuns;
import io.consentbridge.sync.Schedule;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
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

/**
 * Keeps one trigger route for each active sync, created from the route template {@code scheduled-run} for a cron expression
 * and from {@code timed-run} for a schedule in words.
 */
public final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final String CRON = "scheduled-run";
    private static final String EVERY = "timed-run";

    private final CamelContext context;
    private final SyncActivation states;
    private final DueRuns due;
    private final boolean firing;
    private final Map<String, Trigger> triggers = new HashMap<>();

    /** The properties of a trigger; a change of them needs a new route. */
    private record Trigger(Schedule schedule, String zone) {}

    /**
     * @param due requests the runs that are due by a schedule in words
     * @param firing whether this runtime fires schedules; a runtime that does not creates no triggers
     */
    Schedules(CamelContext context, SyncActivation states, DueRuns due, boolean firing) {
        this.context = context;
        this.states = states;
        this.due = due;
        this.firing = firing;
    }

    /** Creates, renews and removes trigger routes until they match the active syncs. */
    public synchronized void fit(Configuration configuration) {
        if (!firing) {
            return;
        }
        Map<String, Trigger> wanted = new HashMap<>();
        Map<String, SyncActivation.State> current = states.of(configuration);
        for (Sync sync : configuration.syncs().values()) {
            Connection connection = configuration.settings().connections().get(sync.connection());
            if (current.get(sync.name()).active()) {
                sync.schedule()
                        .ifPresent(schedule -> wanted.put(
                                sync.name(),
                                new Trigger(schedule, connection.zone().getId())));
            }
        }
        // Changed routes replace all routes, including the triggers.
        triggers.keySet().removeIf(name -> context.getRoute(routeId(name)) == null);
        Set<String> stale = new HashSet<>(triggers.keySet());
        stale.removeIf(name -> triggers.get(name).equals(wanted.get(name)));
        stale.forEach(this::remove);
        wanted.keySet().stream()
                .filter(name -> !triggers.containsKey(name))
                .forEach(name -> add(name, wanted.get(name)));
    }

    /** Returns when a sync next runs by itself; empty when it is not active or has no schedule. */
    public static Optional<Instant> next(Sync sync, boolean active, Connection connection, Instant now) {
        return active ? sync.schedule().flatMap(schedule -> next(schedule, connection.zone(), now)) : Optional.empty();
    }

    /** Returns the first due time of a schedule after an instant; empty when there is none. */
    static Optional<Instant> next(Schedule schedule, ZoneId zone, Instant after) {
        return schedule instanceof Schedule.Every every
                ? Optional.of(every.next(after, zone))
                : next((Schedule.Cron) schedule, zone, after);
    }

    private static Optional<Instant> next(Schedule.Cron schedule, ZoneId zone, Instant after) {
        try {
            CronExpression cron = new CronExpression(schedule.expression());
            cron.setTimeZone(TimeZone.getTimeZone(zone));
            return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(after)))
                    .map(Date::toInstant);
        } catch (ParseException impossible) {
            throw new IllegalStateException("the schedule was checked when it was read", impossible);
        }
    }

    private void add(String sync, Trigger trigger) {
        try {
            due.begin(sync);
            TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(
                            context, trigger.schedule() instanceof Schedule.Cron ? CRON : EVERY)
                    .routeId(routeId(sync))
                    .parameter("sync", sync);
            if (trigger.schedule() instanceof Schedule.Cron cron) {
                route.parameter("cron", cron.expression()).parameter("zone", trigger.zone());
            }
            route.add();
            triggers.put(sync, trigger);
        } catch (RuntimeException | Error failure) {
            LOG.error("{}: its schedule could not be started: {}", sync, failure.getMessage());
        }
    }

    private void remove(String sync) {
        try {
            context.getRouteController().stopRoute(routeId(sync));
            context.removeRoute(routeId(sync));
            triggers.remove(sync);
            due.end(sync);
        } catch (Exception | Error failure) {
            LOG.error("{}: its schedule could not be stopped: {}", sync, failure.getMessage());
        }
    }

    private static String routeId(String sync) {
        return "schedule-" + sync;
    }
}
