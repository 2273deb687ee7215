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
 * Stops everything that passes through the routes at points where nothing is lost, so that the routes can be replaced: no
 * trigger fires, runs are given back at their next page, and no delivery is claimed. Afterwards everything continues on the
 * routes of that time.
 */
final class RouteQuiescence {

    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(10);

    private final CamelContext context;
    private final RunFlow runs;
    private final DeliveryPoller claims;
    private final Duration patience;
    private final Runnable resumeRuns;

    /**
     * @param patience how long to wait for work under way
     * @param resumeRuns continues the runs that were given back
     */
    RouteQuiescence(CamelContext context, RunFlow runs, DeliveryPoller claims, Duration patience, Runnable resumeRuns) {
        this.context = context;
        this.runs = runs;
        this.claims = claims;
        this.patience = patience;
        this.resumeRuns = resumeRuns;
    }

    /**
     * Makes the change while nothing moves, and returns its problems; makes no change if something does not come to rest.
     */
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

    /**
     * Visits every route that starts by itself: timers, schedules, and an integrator's additions; other routes are only
     * called.
     */
    private void eachTrigger(Consumer<Object> what) {
        LiveRoutes.replaceable(context)
                .filter(route -> !route.getEndpoint().getEndpointUri().startsWith("direct:"))
                .filter(route -> context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted())
                .forEach(route -> what.accept(route.getConsumer()));
    }
}
