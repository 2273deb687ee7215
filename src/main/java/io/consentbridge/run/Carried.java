package io.consentbridge.run;

import io.consentbridge.consent.ConsentBreach;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;

/**
 * The run that an exchange carries out, where no step of a route reaches it. Routes read the variable {@code run}, which an edit can
 * replace; what fails or ends is the run that stands here. Each copy of the exchange has it too.
 */
public record Carried(ActiveRun run) implements SafeCopyProperty {

    private static final String KEY = "consentbridge.run";

    @Override
    public Carried safeCopy() {
        return this;
    }

    /** Lets an exchange carry out a run. */
    public static void begin(Exchange exchange, ActiveRun run) {
        exchange.getExchangeExtension().setSafeCopyProperty(KEY, new Carried(run));
        exchange.setVariable(ActiveRun.VARIABLE, run);
    }

    /** Lets an exchange carry out none. */
    static void none(Exchange exchange) {
        exchange.getExchangeExtension().setSafeCopyProperty(KEY, null);
        exchange.removeVariable(ActiveRun.VARIABLE);
    }

    /** The run of an exchange; empty when it carries out none. */
    public static Optional<ActiveRun> in(Exchange exchange) {
        Carried carried = exchange.getExchangeExtension().getSafeCopyProperty(KEY, Carried.class);
        return Optional.ofNullable(carried == null ? variable(exchange) : carried.run());
    }

    /**
     * Why that run failed: where its variable holds something else, the edit of the route that put it there.
     *
     * @param failure what came out of the routes; null when nothing did
     */
    public static Throwable cause(Exchange exchange, ActiveRun run, Throwable failure) {
        ActiveRun variable = variable(exchange);
        return variable != null && variable.id().equals(run.id())
                ? failure
                : new ConsentBreach("the variable run holds something else than the run");
    }

    private static ActiveRun variable(Exchange exchange) {
        return exchange.getVariable(ActiveRun.VARIABLE) instanceof ActiveRun run ? run : null;
    }
}
