package io.consentbridge.outbox;

import org.apache.camel.Exchange;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/**
 * Gathers the settlements of a batch; bound as {@code gatherSettlements}.
 *
 * <p>The gathered exchange is the batch's first one. When that delivery was parked, Camel marks it as handled, and would
 * end the route there, before anything is settled; the mark concerns the delivery only and is taken off.
 */
public final class SettlementGatherer extends GroupedBodyAggregationStrategy {

    @Override
    public Exchange aggregate(Exchange before, Exchange settled) {
        Exchange gathered = super.aggregate(before, settled);
        gathered.getExchangeExtension().setErrorHandlerHandled(null);
        return gathered;
    }
}
