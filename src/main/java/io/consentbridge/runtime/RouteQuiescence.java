package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.outbox.DeliveryPoller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Brings what passes through the routes to rest where nothing is lost, so that they can be replaced: no trigger fires, runs
 * are given back at their next page, and no delivery is claimed. Afterwards everything goes on, on whichever routes there
 * are then.
 */
final class RouteQuiescence {

    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(10);

    private final CamelContext context;
    private final RunFlow runs;
    private final DeliveryPoller claims;
    private final Duration patience;
    private final Runnable resumeRuns;

    /**
     * @param patience how long to wait for what is under way
     * @param resumeRuns goes on with the runs that were given back
     */
    RouteQuiescence(CamelContext context, RunFlow runs, DeliveryPoller claims, Duration patience, Runnable resumeRuns) {
        this.context = context;
        this.runs = runs;
        this.claims = claims;
        this.patience = patience;
        this.resumeRuns = resumeRuns;
    }

    /** Makes the change while nothing moves, and returns its problems; makes none when something does not come to rest. */
    List<Problem> during(Supplier<List<Problem>> change) {
        runs.pause();
        claims.pause();
        eachTrigger(ServiceHelper::suspendService);
        try {
            return comesToRest() ? change.get() : List.of(tooBusy());
        } finally {
            claims.goOn();
            runs.goOn();
            eachTrigger(ServiceHelper::resumeService);
            resumeRuns.run();
        }
    }

    private boolean comesToRest() {
        long end = System.nanoTime() + patience.toNanos();
        while (!moving().isEmpty()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY);
        }
        return true;
    }

    private List<String> moving() {
        return LiveRoutes.replaceable(context)
                .map(Route::getRouteId)
                .filter(route -> context.getInflightRepository().size(route) > 0)
                .toList();
    }

    private Problem tooBusy() {
        return new Problem(
                "routes",
                0,
                0,
                "nothing was reloaded, because these routes are still busy after " + patience.toSeconds() + " seconds: "
                        + moving().stream().sorted().collect(Collectors.joining(", ")),
                "reload again later; the previous configuration stays active");
    }

    /** Whatever begins by itself: timers, schedules, and what an integrator added; the others are only called. */
    private void eachTrigger(Consumer<Object> what) {
        LiveRoutes.replaceable(context)
                .filter(route -> !route.getEndpoint().getEndpointUri().startsWith("direct:"))
                .filter(route -> context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .forEach(route -> what.accept(route.getConsumer()));
    }
}
