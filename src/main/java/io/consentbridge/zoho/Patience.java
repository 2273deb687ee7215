package io.consentbridge.zoho;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides whether a throttled call is waited for; bound as {@code patience}. The routes ask {@link #waits} whether to try
 * again, and {@link #process} waits before it does, because a pause of Camel's would not end with the process.
 */
public final class Patience implements Processor {

    private static final int MOST_WAITS = 20;

    private final Duration patience;
    private final Clock clock;
    private final CallStop stop;
    private final Consumer<Duration> pause;

    /**
     * @param patience the longest pause that a caller is kept waiting for
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

    /** Whether the exchange failed by a limit that is over within the patience. */
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
        // Asked for by its class, Camel would rather give the failure of an earlier try, which this one carries along.
        Exception now = exchange.getException();
        Exception failure = now == null ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) : now;
        return failure instanceof ZohoFault.Throttled throttled ? throttled : null;
    }
}
