package io.consentbridge.routes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;

/**
 * A test of the routes in one file or a few. It needs Camel only, so copy it for routes of your own.
 *
 * <p>Camel starts without the product. A test puts mock endpoints where the routes leave ({@link #mockSteps}), binds what
 * expressions ask for in {@code bindToRegistry}, and calls {@code context.start()}.
 */
abstract class RouteTest extends CamelTestSupport {

    /** The file with the error handlers, which the routes of other files name. */
    static final String FAILURES = "routes/failures.camel.yaml";

    private final List<String> files;
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    /** @param files the route files, such as {@code routes/deliver.camel.yaml} */
    RouteTest(String... files) {
        this.files = List.of(files);
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration camel) {
        super.configureContext(camel);
        Properties settings = new Properties();
        settings.setProperty("retry.times", "2");
        settings.setProperty("retry.delay", "0");
        settings.setProperty("retry.delay.most", "0");
        settings.setProperty("retry.multiplier", "2");
        settings.setProperty("retry.multiplier.reading", "3");
        settings.setProperty("retry.jitter", "0.25");
        settings.setProperty("delivery.every", "1s");
        settings.setProperty("confirmation.every", "10s");
        settings.setProperty("mail.bounces.mailbox", "imaps:none:993");
        settings.setProperty("mail.bounces.folder", "INBOX");
        settings.setProperty("mail.bounces.every", "5m");
        settings.setProperty("mail.bounces.delete", "false");
        camel.withUseOverridePropertiesWithPropertiesComponent(settings);
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() throws Exception {
        context.getManagementStrategy().addEventNotifier(new Notes());
        List<Resource> resources = new ArrayList<>();
        for (String file : files) {
            resources.add(PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
        }
        List<RoutesBuilder> routes =
                new ArrayList<>(PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources));
        routes.add(new Caller());
        return routes.toArray(RoutesBuilder[]::new);
    }

    /**
     * Puts a mock endpoint in the place of each step by which a route leaves: {@code mock:bean.method} for a bean,
     * {@code mock:bean} for a processor, and {@code mock:direct:name} for another route. So each route runs by itself.
     *
     * @param except ids of steps that stay as they are
     */
    void mockSteps(String... except) throws Exception {
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            AdviceWith.adviceWith(
                    context,
                    route.getRouteId(),
                    false,
                    advice ->
                            ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)
                                    .stream()
                                    .filter(step -> step.getId() != null)
                                    .filter(step -> !List.of(except).contains(step.getId()))
                                    .forEach(step -> mockStep(advice, step)));
        }
    }

    private static void mockStep(AdviceWithRouteBuilder advice, ProcessorDefinition<?> step) {
        if (step instanceof BeanDefinition bean) {
            weave(advice, bean).to("mock:" + bean.getRef() + "." + bean.getMethod());
        } else if (step instanceof ProcessDefinition process) {
            weave(advice, process).to("mock:" + process.getRef());
        } else if (step instanceof ToDefinition to && !to.getUri().startsWith("mock:")) {
            ToDefinition mock = new ToDefinition("mock:" + to.getUri());
            mock.setVariableSend(to.getVariableSend());
            mock.setVariableReceive(to.getVariableReceive());
            weave(advice, to).addOutput(mock);
        }
    }

    private static ProcessorDefinition<?> weave(AdviceWithRouteBuilder advice, ProcessorDefinition<?> step) {
        // In a template the id holds a parameter, whose value adviceWith does not know.
        step.setId(step.getId().replace("{{", "").replace("}}", ""));
        return advice.weaveById(step.getId()).replace();
    }

    /** The mock endpoints that were called, in that order, without {@code mock:}. */
    List<String> steps() {
        return List.copyOf(steps);
    }

    /** What a step got, as text. */
    List<String> bodies(String step) {
        return getMockEndpoint("mock:" + step).getExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody())
                .map(body -> body instanceof List<?> list ? new ArrayList<>(list).toString() : String.valueOf(body))
                .toList();
    }

    /** Adds a line to {@link #steps}; for beans that stand in for the product's. */
    void note(String step) {
        steps.add(step);
    }

    /** Hands out items as the product's beans do, one after another, and notes {@code read item} for each. */
    <T> Iterator<T> reading(List<T> items) {
        Iterator<T> each = items.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public T next() {
                T item = each.next();
                note("read " + item);
                return item;
            }
        };
    }

    /** Lets a step fail whenever it is called. */
    void fail(String step, Exception failure) {
        getMockEndpoint("mock:" + step).whenAnyExchangeReceived(exchange -> {
            throw failure;
        });
    }

    /** Sends the body to a route as another route does that tries twice what fails, and then calls {@code mock:failed}. */
    void sendAsCaller(String seam, Object body) {
        template.sendBodyAndHeader("direct:caller", body, "seam", seam);
    }

    private static final class Caller extends RouteBuilder {

        @Override
        public void configure() {
            from("direct:caller")
                    .routeId("caller")
                    .errorHandler(deadLetterChannel("mock:failed")
                            .maximumRedeliveries(1)
                            .redeliveryDelay(0)
                            .logExhausted(false))
                    .toD("direct:${header.seam}");
        }
    }

    /** Notes which mock endpoints are called. */
    private final class Notes extends EventNotifierSupport {

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeSendingEvent sending
                    && sending.getEndpoint() instanceof MockEndpoint mock) {
                steps.add(mock.getName());
            }
        }
    }
}
