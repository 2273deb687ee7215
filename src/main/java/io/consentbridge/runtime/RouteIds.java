package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * The ids of routes, templates and configurations in files. Camel takes the last file that has an id and drops what another one
 * has under it, without a word.
 */
final class RouteIds {

    private RouteIds() {}

    /**
     * Sees that no id is in two files.
     *
     * @param builders those of the files, after Camel has read them
     * @throws RuntimeFault names both files
     */
    static void requireDistinct(List<RoutesBuilder> builders) {
        Map<String, String> files = new HashMap<>();
        for (RoutesBuilder each : builders) {
            if (each instanceof RouteConfigurationBuilder builder) {
                String file = file(builder);
                ids(builder).distinct().forEach(id -> {
                    String other = files.putIfAbsent(id, file);
                    if (other != null) {
                        throw new RuntimeFault(clash(id, other, file), null);
                    }
                });
            }
        }
    }

    private static Problem clash(String id, String other, String file) {
        return new Problem(
                file,
                0,
                0,
                "the " + id + " is in " + other + " too",
                "give yours an id of its own, or keep it in a file with the name of the file that it replaces");
    }

    private static String file(RouteConfigurationBuilder builder) {
        return builder.getResource().getLocation().substring("file:".length());
    }

    private static Stream<String> ids(RouteConfigurationBuilder builder) {
        return Stream.of(
                        ids("route", builder.getRouteCollection().getRoutes()),
                        ids(
                                "route template",
                                builder.getRouteTemplateCollection().getRouteTemplates()),
                        ids(
                                "route configuration",
                                builder.getRouteConfigurationCollection().getRouteConfigurations()))
                .flatMap(kind -> kind);
    }

    private static Stream<String> ids(String kind, List<? extends NamedNode> nodes) {
        return nodes.stream().map(NamedNode::getId).filter(id -> id != null).map(id -> kind + " " + id);
    }
}
