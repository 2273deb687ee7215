package io.consentbridge.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Serves monitoring, without a token and without personal data: {@code /observe/health} and {@code /observe/metrics}. */
final class ObserveRoutes extends RouteBuilder {

    private static final String OURS = "consentbridge";
    private static final int UP = 200;
    private static final int DOWN = 503;

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        health("health", "", HealthCheckHelper::invoke);
        health("health-live", "/live", HealthCheckHelper::invokeLiveness);
        health("health-ready", "/ready", HealthCheckHelper::invokeReadiness);
        from("platform-http:/observe/metrics?httpMethodRestrict=GET")
                .routeId("api-metrics")
                .routeDescription("Metrics for Prometheus")
                .process(exchange -> answer(exchange, UP, "text/plain; version=0.0.4", scrape(exchange)));
    }

    private interface Checks {
        Collection<HealthCheck.Result> of(CamelContext context);
    }

    private void health(String id, String path, Checks checks) {
        from("platform-http:/observe/health" + path + "?httpMethodRestrict=GET")
                .routeId("api-" + id)
                .routeDescription("The health of the runtime")
                .process(exchange -> {
                    Collection<HealthCheck.Result> results = checks.of(exchange.getContext());
                    boolean up = results.stream().allMatch(result -> result.getState() == HealthCheck.State.UP);
                    answer(exchange, up ? UP : DOWN, "application/json", json(up, results));
                });
    }

    private static String json(boolean up, Collection<HealthCheck.Result> results) throws Exception {
        Map<String, Object> checks = new LinkedHashMap<>();
        Map<String, String> details = new LinkedHashMap<>();
        for (HealthCheck.Result result : results) {
            String id = result.getCheck().getId();
            checks.put(id, result.getState().name());
            // Texts from other checks may quote an address.
            if (OURS.equals(result.getCheck().getGroup())) {
                result.getMessage().ifPresent(message -> details.put(id, message));
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", up ? "UP" : "DOWN");
        document.put("checks", checks);
        if (!details.isEmpty()) {
            document.put("details", details);
        }
        return Json.MAPPER.writeValueAsString(document);
    }

    private static String scrape(Exchange exchange) {
        PrometheusMeterRegistry registry =
                exchange.getContext().getRegistry().findSingleByType(PrometheusMeterRegistry.class);
        return registry == null ? "" : registry.scrape();
    }

    private static void answer(Exchange exchange, int status, String type, String body) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, type);
        exchange.getMessage().setBody(body);
    }
}
