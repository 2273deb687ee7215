package io.consentbridge.run;

import io.consentbridge.consent.ConsentBreach;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;

/**
 * The run that an exchange carries out, stored where no step of a route reaches it. Routes read the variable {@code run},
 * which an edit can replace; the run stored here is the one that fails or ends. All copies of the exchange share it.
 */
public final class Carried implements SafeCopyProperty {

    private static final String KEY = "consentbridge.run";

    private final AtomicReference<ActiveRun> run;

    private Carried(ActiveRun run) {
        this.run = new AtomicReference<>(run);
    }

    @Override
    public Carried safeCopy() {
        return this;
    }

    /** Prepares an exchange for the run that is admitted in it, if any. */
    public static Carried place(Exchange exchange) {
        Carried carried = new Carried(null);
        carried.placeIn(exchange);
        return carried;
    }

    /** Sets the run that an exchange carries out. */
    public static Carried place(Exchange exchange, ActiveRun run) {
        Carried carried = new Carried(run);
        carried.placeIn(exchange);
        exchange.setVariable(ActiveRun.VARIABLE, run);
        return carried;
    }

    private void placeIn(Exchange exchange) {
        exchange.getExchangeExtension().setSafeCopyProperty(KEY, this);
    }

    /** @throws ConsentBreach when that exchange already has an admitted run */
    public static void requireNone(Exchange exchange) {
        Carried carried = of(exchange);
        if (carried != null && carried.run.get() != null) {
            throw new ConsentBreach("a run is admitted twice");
        }
        exchange.removeVariable(ActiveRun.VARIABLE);
    }

    /** Sets the run that was admitted in an exchange. */
    public static void admitted(Exchange exchange, ActiveRun run) {
        Carried carried = of(exchange);
        if (carried == null) {
            place(exchange, run);
        } else {
            carried.run.set(run);
            exchange.setVariable(ActiveRun.VARIABLE, run);
        }
    }

    /** Clears the run that an exchange carries out. */
    public static void none(Exchange exchange) {
        exchange.getExchangeExtension().setSafeCopyProperty(KEY, null);
        exchange.removeVariable(ActiveRun.VARIABLE);
    }

    /** The run; empty while none is admitted. */
    public Optional<ActiveRun> run() {
        return Optional.ofNullable(run.get());
    }

    /** The run of an exchange; empty when it carries out none. */
    public static Optional<ActiveRun> in(Exchange exchange) {
        Carried carried = of(exchange);
        return carried == null ? Optional.ofNullable(variable(exchange)) : carried.run();
    }

    private static Carried of(Exchange exchange) {
        return exchange.getExchangeExtension().getSafeCopyProperty(KEY, Carried.class);
    }

    /**
     * The reason why that run failed. Where the run's variable holds something else, the reason is the edit of the route
     * that put it there.
     *
     * @param failure the exception that came out of the routes; null when there was none
     */
    public static Throwable cause(Exchange exchange, ActiveRun run, Throwable failure) {
        ActiveRun variable = variable(exchange);
        return variable != null && variable.id().equals(run.id()) || failure instanceof ConsentBreach
                ? failure
                : new ConsentBreach("the variable run holds something else than the run");
    }

    private static ActiveRun variable(Exchange exchange) {
        return exchange.getVariable(ActiveRun.VARIABLE) instanceof ActiveRun run ? run : null;
    }
}
