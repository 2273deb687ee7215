package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running routes, and the files from which they came. Replaces them as a whole and falls back to the last good ones. */
final class LiveRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
    private static final int PATIENCE_SECONDS = 30;

    private final CamelContext context;
    private volatile RouteFiles good;

    LiveRoutes(CamelContext context, RouteFiles good) {
        this.context = context;
        this.good = good;
    }

    CamelContext context() {
        return context;
    }

    /** Returns the files whose routes run. */
    RouteFiles inForce() {
        return good;
    }

    /** Returns what differs from the files whose routes run, one line each. */
    List<String> differences(RouteFiles files) {
        Set<String> all = new TreeSet<>(good.files().keySet());
        all.addAll(files.files().keySet());
        return all.stream()
                .map(name ->
                        difference(name, good.files().get(name), files.files().get(name)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> difference(String name, RouteFiles.Read before, RouteFiles.Read after) {
        if (before != null && after != null && before.text().equals(after.text())) {
            return Optional.empty();
        }
        boolean moved = before != null && after != null && !before.path().equals(after.path());
        return Optional.of("routes in " + name + ": " + Reload.verb(before != null, after != null)
                + (moved ? ", now from " + after.path() : ""));
    }

    /** Replaces the running routes by those of the files; when that fails the last good ones run again. */
    List<Problem> replace(RouteFiles files) {
        try {
            removeAll();
            load(files);
            good = files;
            return List.of();
        } catch (Exception | Error failure) {
            LOG.error("Changed routes could not be loaded; the previous ones stay active: {}", failure.getMessage());
            restore();
            return List.of(new Problem(
                    "routes", 0, 0, "the routes could not be replaced: " + failure.getMessage(), "check the log"));
        }
    }

    /** Returns the routes that came from files; those of the API always stay. */
    static Stream<Route> replaceable(CamelContext context) {
        return context.getRoutes().stream().filter(route -> !ofTheApi(route.getRouteId()));
    }

    private static boolean ofTheApi(String routeId) {
        return routeId.startsWith("api-");
    }

    private void restore() {
        try {
            removeAll();
            load(good);
        } catch (Exception | Error lost) {
            throw new RuntimeFault("the previous routes could not be started again. Restart the runtime", lost);
        }
    }

    private void load(RouteFiles files) throws Exception {
        files.addTo(context);
    }

    private void removeAll() throws Exception {
        ModelCamelContext model = (ModelCamelContext) context;
        List<RouteDefinition> definitions = model.getRouteDefinitions().stream()
                .filter(definition -> !ofTheApi(definition.getRouteId()))
                .toList();
        for (RouteDefinition definition : definitions) {
            context.getRouteController().stopRoute(definition.getRouteId(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        for (RouteDefinition definition : definitions) {
            context.removeRoute(definition.getRouteId());
        }
        model.removeRouteTemplateDefinitions("*");
        for (var configuration : List.copyOf(model.getRouteConfigurationDefinitions())) {
            model.removeRouteConfiguration(configuration);
        }
    }
}
