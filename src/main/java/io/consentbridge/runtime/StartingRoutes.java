package io.consentbridge.runtime;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * Keeps routes that must not start in a context out of it, whether a file, a template or Camel's settings add them. The
 * route that delivers starts with the work.
 */
final class StartingRoutes {

    /** The id of the route that checks whether a delivery is due. */
    static final String DELIVERING = "tick-deliveries";

    /** The route that updates CRM records; folders of routes from before there were updates have none. */
    private static final String UPDATING = "tick-record-updates";

    private StartingRoutes() {}

    /** Limits which routes start; has to be called before the first route is added. */
    static void limit(CamelContext context, Extent extent) {
        Model model = (ModelCamelContext) context;
        model.setRouteFilter(route -> isDelivering(route)
                ? waits(route)
                : extent == Extent.WHOLE || extent.starts(beginning(context, route)));
    }

    /**
     * Starts the routes that deliver, which {@link #limit} keeps from starting by themselves: nothing is claimed before the work
     * begins, and commands that only read or check begin no work.
     *
     * @throws RuntimeFault when one does not start
     */
    static void startDelivering(CamelContext context) {
        start(context, DELIVERING);
        if (context.getRoute(UPDATING) != null) {
            start(context, UPDATING);
        }
    }

    private static void start(CamelContext context, String route) {
        try {
            context.getRouteController().startRoute(route);
        } catch (Exception failure) {
            throw new RuntimeFault("the route " + route + " does not start: " + failure.getMessage(), failure);
        }
    }

    private static boolean isDelivering(RouteDefinition route) {
        return DELIVERING.equals(route.getRouteId()) || UPDATING.equals(route.getRouteId());
    }

    // This overrides what an edited file says about it.
    private static boolean waits(RouteDefinition route) {
        route.setAutoStartup("false");
        return true;
    }

    // A route from a template has placeholders that only the template knows, such as the name of its timer.
    private static String beginning(CamelContext context, RouteDefinition route) {
        String uri = route.getInput() == null ? "" : route.getInput().getEndpointUri();
        int scheme = uri.indexOf(':');
        boolean plain = scheme > 0 && !uri.substring(0, scheme).contains("{{");
        return plain ? uri : context.resolvePropertyPlaceholders(uri);
    }
}
