package io.consentbridge.zoho;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in one line that a reading call to Zoho is repeated, and why; bound as {@code retries}. Camel's own line mentions a
 * failed delivery, which has another meaning here.
 */
public final class Retries implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure instanceof ZohoFault.Throttled throttled) {
            LOG.info("{}; waiting for it", throttled.getMessage());
        } else if (failure instanceof ZohoFault fault) {
            LOG.warn("{}; retrying", fault.getMessage());
        }
    }
}
