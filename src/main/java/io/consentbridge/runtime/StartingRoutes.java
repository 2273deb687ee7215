package io.consentbridge.runtime;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * Keeps routes that must not start in a context out of it, whether a file, a template or Camel's settings add them. The
 * routes that deliver and that ask for consent start with the work.
 */
final class StartingRoutes {

    /** The id of the route that checks whether a delivery is due. */
    static final String DELIVERING = "tick-deliveries";

    /** The route that updates CRM records; folders of routes from before there were updates have none. */
    private static final String UPDATING = "tick-record-updates";

    /** The route that hands people over to workflows. */
    private static final String WORKFLOWS = "tick-workflow-starts";

    /** The id of the route that checks whether somebody may be asked for consent. */
    private static final String ASKING = "tick-confirmations";

    /** The id of the route that reads reports of undeliverable mail. */
    private static final String BOUNCES = "read-bounces";

    /** The routes that start with the work. */
    private static final Set<String> AT_WORK = Set.of(DELIVERING, UPDATING, WORKFLOWS);

    private StartingRoutes() {}

    /** Limits which routes start; has to be called before the first route is added. */
    static void limit(CamelContext context, Extent extent) {
        Model model = (ModelCamelContext) context;
        model.setRouteFilter(route -> {
            if (AT_WORK.contains(route.getRouteId())) {
                return waits(route);
            }
            if (ASKING.equals(route.getRouteId()) || BOUNCES.equals(route.getRouteId())) {
                return extent.serves() && waits(route);
            }
            return extent == Extent.WHOLE || extent.starts(beginning(context, route));
        });
    }

    /**
     * Starts the routes that deliver, which {@link #limit} keeps from starting by themselves: nothing is claimed before the work
     * begins, and commands that only read or check begin no work.
     *
     * @throws RuntimeFault when one does not start
     */
    static void startDelivering(CamelContext context) {
        start(context, DELIVERING);
        startIfThere(context, UPDATING);
        startIfThere(context, WORKFLOWS);
    }

    /**
     * Starts the route that asks people for consent, and the one that reads reports of undeliverable mail if there is a
     * mailbox. People answer on the public page, so they run only where that is served.
     *
     * @throws RuntimeFault when one of them does not start
     */
    static void startAsking(CamelContext context, boolean mailbox) {
        startIfThere(context, ASKING);
        if (mailbox) {
            startIfThere(context, BOUNCES);
        }
    }

    private static void startIfThere(CamelContext context, String route) {
        if (context.getRoute(route) != null) {
            start(context, route);
        }
    }

    private static void start(CamelContext context, String route) {
        try {
            context.getRouteController().startRoute(route);
        } catch (Exception failure) {
            throw new RuntimeFault("the route " + route + " does not start: " + failure.getMessage(), failure);
        }
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
