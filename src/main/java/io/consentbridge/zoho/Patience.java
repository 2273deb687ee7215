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

    private final Duration patience;
    private final Clock clock;

    /** @param patience the longest pause that a caller is kept waiting for */
    public Patience(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /** Whether the exchange failed by a limit that is over within the patience. */
    public boolean waits(Exchange exchange) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void process(Exchange exchange) {
        throw new UnsupportedOperationException(patience.toString() + clock);
    }
}
