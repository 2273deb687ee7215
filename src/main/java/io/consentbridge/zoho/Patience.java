package io.consentbridge.zoho;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides whether a throttled call waits and is repeated; bound as {@code patience}. The routes ask {@link #waits} whether
 * to try again, and {@link #process} waits before that, because a pause of Camel's would not end with the process.
 */
public final class Patience implements Processor {

    private static final int MOST_WAITS = 20;

    private final Duration patience;
    private final Clock clock;
    private final CallStop stop;
    private final Consumer<Duration> pause;

    /**
     * @param patience the longest pause for which a caller waits
     * @param stop ends every wait
     */
    public Patience(Duration patience, Clock clock, CallStop stop) {
        this(patience, clock, stop, stop::pause);
    }

    Patience(Duration patience, Clock clock, CallStop stop, Consumer<Duration> pause) {
        this.patience = patience;
        this.clock = clock;
        this.stop = stop;
        this.pause = pause;
    }

    /** Whether the exchange failed by a limit that ends within the patience. */
    public boolean waits(Exchange exchange) {
        ZohoFault.Throttled fault = fault(exchange);
        int waited = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        return fault != null
                && !stop.isStopped()
                && waited < MOST_WAITS
                && fault.from(clock.instant()).compareTo(patience) <= 0;
    }

    @Override
    public void process(Exchange exchange) {
        ZohoFault.Throttled fault = fault(exchange);
        if (fault != null) {
            if (waits(exchange)) {
                pause.accept(fault.from(clock.instant()).plusMillis(1));
            }
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 1L);
        }
    }

    private static ZohoFault.Throttled fault(Exchange exchange) {
        // If it is asked for by class, Camel prefers the failure of an earlier try, which this exchange still carries.
        Exception now = exchange.getException();
        Exception failure = now == null ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) : now;
        return failure instanceof ZohoFault.Throttled throttled ? throttled : null;
    }
}
