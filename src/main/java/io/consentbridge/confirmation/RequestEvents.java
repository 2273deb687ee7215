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

    /** What explain says of an event; the word that made it true where there is nothing to add. */
    private static final Map<String, String> WHY = Map.of(
            "sent mail request", "The mail with the wording was handed over to the mail server.",
            "sent mail reminder", "The one reminder was handed over to the mail server.",
            "given page confirmed", "The person agreed by the button of the page.",
            "given campaigns confirmed",
                    "The person confirmed the mail of Campaigns: its list has them as active since they were asked.",
            "refused page refused", "The person said no by the button of the page.",
            "withdrawn page refused", "The person took the consent back by the button of the page.",
            "bounced mail bounced", "The mail could not be delivered.",
            "expired product no-answer", "The person did not answer in time.");

    private RequestEvents() {}

    /** Who refused in another way than by a link. */
    private static final Map<String, String> REFUSED = Map.of(
            "crm", "A record of the CRM refuses mail",
            "campaigns", "Campaigns says that the person left the list, complained, or is in Do-Not-Mail",
            "operator", "An operator suppressed the person",
            "page", "The person said no by the link of another mail");

    private static String why(RequestState state, String source, String because) {
        if (because.equals(RequestRows.SUPPRESSED) && REFUSED.containsKey(source)) {
            return REFUSED.get(source)
                    + (state == RequestState.WITHDRAWN
                            ? ", which takes the consent back."
                            : ", which ends the request.");
        }
        return WHY.getOrDefault(state.word() + " " + source + " " + because, because);
    }

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
                        new LedgerEvent.Told(request.sync(), "", why(state, source, because)))));
    }
}
