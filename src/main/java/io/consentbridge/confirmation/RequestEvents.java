package io.consentbridge.confirmation;

import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Appends events of requests to the ledger, within the transaction that makes them true. */
final class RequestEvents {

    private RequestEvents() {}

    /**
     * Appends one event.
     *
     * @param source page, mail, campaigns or product
     * @param rule what made it true, as a word
     * @param evidence what proves it; personal data is allowed
     */
    static void append(
            Handle handle,
            Request request,
            RequestState state,
            String source,
            String rule,
            Map<String, Object> evidence,
            Instant at) {}
}
