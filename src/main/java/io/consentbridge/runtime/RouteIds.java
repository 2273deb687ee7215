package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.RouteConfigurationDefinition;

/**
 * Checks the ids of routes, templates and configurations in files. Camel reports neither an id that two files have, of which
 * it drops one, nor a route configuration that is named but missing.
 */
final class RouteIds {

    private RouteIds() {}

    /**
     * Checks that no id is in two files.
     *
     * @param builders the builders of the files, after Camel has read them
     * @throws RuntimeFault when an id is in two files; names both
     */
    static void requireDistinct(List<RoutesBuilder> builders) {
        Map<String, String> files = new HashMap<>();
        each(builders).forEach(builder -> {
            String file = file(builder);
            ids(builder).distinct().forEach(id -> {
                String other = files.putIfAbsent(id, file);
                if (other != null) {
                    throw new RuntimeFault(clash(id, other, file), null);
                }
            });
        });
    }

    /**
     * Checks that every route configuration that a route names exists. Without it Camel would give the route an error
     * handler of its own, which hides failures from the steps that retry or park.
     *
     * @param builders the builders of the files, after Camel has read them
     * @throws RuntimeFault when one is missing; names the file and the route
     */
    static void requireConfigurations(List<RoutesBuilder> builders) {
        Set<String> there = each(builders)
                .flatMap(builder -> builder.getRouteConfigurationCollection().getRouteConfigurations().stream())
                .map(RouteConfigurationDefinition::getId)
                .collect(Collectors.toSet());
        each(builders)
                .forEach(builder -> builder.getRouteCollection().getRoutes().stream()
                        .filter(route -> route.getRouteConfigurationId() != null)
                        .forEach(route -> Stream.of(
                                        route.getRouteConfigurationId().split(","))
                                // A pattern or a setting may match any of them.
                                .filter(named -> named.matches("[\\w-]+") && !there.contains(named))
                                .forEach(named -> {
                                    throw new RuntimeFault(missing(route.getRouteId(), named, file(builder)), null);
                                })));
    }

    /**
     * Checks that a route exists without which the runtime would wait for ever.
     *
     * @param builders the builders of the files, after Camel has read them
     * @throws RuntimeFault when no file has it
     */
    static void require(String id, List<RoutesBuilder> builders) {
        if (each(builders)
                .flatMap(builder -> builder.getRouteCollection().getRoutes().stream())
                .noneMatch(route -> id.equals(route.getRouteId()))) {
            throw new RuntimeFault(
                    new Problem(
                            "routes",
                            0,
                            0,
                            "no file has the route " + id + ", so nothing would be delivered",
                            "keep its id where you edit it; it ships in deliver.camel.yaml"),
                    null);
        }
    }

    private static Stream<RouteConfigurationBuilder> each(List<RoutesBuilder> builders) {
        return builders.stream()
                .filter(RouteConfigurationBuilder.class::isInstance)
                .map(RouteConfigurationBuilder.class::cast);
    }

    private static Problem missing(String route, String named, String file) {
        return new Problem(
                file,
                0,
                0,
                "the route " + route + " names the route configuration " + named + ", and no file has it",
                "name one that is there; the shipped ones are in failures.camel.yaml");
    }

    private static Problem clash(String id, String other, String file) {
        return new Problem(
                file,
                0,
                0,
                "the " + id + " is in " + other + " too",
                "give your route its own id, or keep it in a file with the name of the file that it replaces");
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
