package io.consentbridge.confirmation;

import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Appends events of requests to the ledger, within the transaction that makes them true. */
final class RequestEvents {

    private static final String CONFIRMED = "confirmed";

    private RequestEvents() {}

    /**
     * Appends one event.
     *
     * @param source page, mail, campaigns or product
     * @param because what made it true, as a word
     * @param evidence what proves it; personal data is allowed
     */
    static void append(
            Handle handle,
            Request request,
            RequestState state,
            String source,
            String because,
            Map<String, Object> evidence,
            Instant at) {
        LedgerRows.append(
                handle,
                List.of(new LedgerEvent(
                        EventKind.of(state.word()),
                        request.person(),
                        request.connection(),
                        request.purpose(),
                        request.statementVersion(),
                        state == RequestState.GIVEN ? CONFIRMED : "",
                        source,
                        Map.of("because", because, "via", request.via()),
                        request.recordId(),
                        request.runId(),
                        evidence,
                        at,
                        new LedgerEvent.Told(request.sync(), "", ""))));
    }
}
