package io.consentbridge.zoho;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Decides whether a throttled call is waited for; bound as {@code patience}. The routes ask {@link #waits} whether to try
 * again, and {@link #process} sets how long Camel pauses before it does.
 */
public final class Patience implements Processor {

    private static final int MOST_WAITS = 20;

    private final Duration patience;
    private final Clock clock;

    /** @param patience the longest pause that a caller is kept waiting for */
    public Patience(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** Whether the exchange failed by a limit that is over within the patience. */
    public boolean waits(Exchange exchange) {
        ZohoFault.Throttled fault = fault(exchange);
        int waited = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        return fault != null
                && waited < MOST_WAITS
                && fault.from(clock.instant()).compareTo(patience) <= 0;
    }

    @Override
    public void process(Exchange exchange) {
        ZohoFault.Throttled fault = fault(exchange);
        if (fault != null) {
            long millis = fault.from(clock.instant()).toMillis() + 1;
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, millis);
        }
    }

    private static ZohoFault.Throttled fault(Exchange exchange) {
        // Asked for by its class, Camel would rather give the failure of an earlier try, which this one carries along.
        Exception now = exchange.getException();
        Exception failure = now == null ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class) : now;
        return failure instanceof ZohoFault.Throttled throttled ? throttled : null;
    }
}
