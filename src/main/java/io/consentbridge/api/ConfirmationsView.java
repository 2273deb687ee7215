package io.consentbridge.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The requests for consent of one purpose, counted by what became of them.
 *
 * @param purpose name of the purpose
 * @param requested all of them
 * @param waiting people whose mail is not sent yet
 * @param sent people who have a mail and have not answered
 * @param confirmed people who agreed
 * @param refused people who refused, at once or later
 * @param expired requests without an answer in time, and consents that have ended
 * @param bounced people whose mail came back
 */
@JsonPropertyOrder({"purpose", "requested", "waiting", "sent", "confirmed", "refused", "expired", "bounced"})
public record ConfirmationsView(
        String purpose,
        long requested,
        long waiting,
        long sent,
        long confirmed,
        long refused,
        long expired,
        long bounced) {}
