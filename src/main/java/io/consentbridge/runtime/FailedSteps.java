package io.consentbridge.runtime;

import io.consentbridge.zoho.FailedStep;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Marks the failure of each step of a route with the ids of step and route, which messages then name ({@link FailedStep}). */
final class FailedSteps implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return new Marking(target, step.getId(), route(step));
    }

    private static String route(NamedNode step) {
        NamedNode one = step;
        while (one != null && !(one instanceof NamedRoute)) {
            one = one.getParent();
        }
        return one instanceof NamedRoute route ? route.getRouteId() : "";
    }

    private static final class Marking extends DelegateAsyncProcessor {

        private final String step;
        private final String route;

        Marking(Processor target, String step, String route) {
            super(target);
            this.step = step;
            this.route = route;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return super.process(exchange, doneSync -> {
                Exception failure = exchange.getException();
                if (failure != null) {
                    FailedStep.mark(failure, step, route);
                }
                callback.done(doneSync);
            });
        }
    }
}
