package io.consentbridge.runtime;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Keeps routes out of a context that must not start there, whatever adds them: a file, a template, or Camel's settings. */
final class StartingRoutes {

    private StartingRoutes() {}

    /** Has to be called before the first route is added. */
    static void limit(CamelContext context, Extent extent) {
        if (extent != Extent.WHOLE) {
            Model model = (ModelCamelContext) context;
            model.setRouteFilter(route -> extent.starts(beginning(context, route)));
        }
    }

    // A route that a template makes has placeholders that only the template knows, such as the name of its timer.
    private static String beginning(CamelContext context, RouteDefinition route) {
        String uri = route.getInput() == null ? "" : route.getInput().getEndpointUri();
        int scheme = uri.indexOf(':');
        boolean plain = scheme > 0 && !uri.substring(0, scheme).contains("{{");
        return plain ? uri : context.resolvePropertyPlaceholders(uri);
    }
}
