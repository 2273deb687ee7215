package io.consentbridge.confirmation;

import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Ground;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import java.time.Instant;
import java.util.Optional;

/**
 * A person who is to be asked for consent, as a page of records found them.
 *
 * @param connection name of the connection
 * @param purpose the purpose, which asks for consent
 * @param person who
 * @param address as the CRM has it
 * @param ground why they may be asked
 * @param listId the purpose's list
 * @param askingListId the list through which Campaigns asks; empty by mail
 * @param sync the sync that read the record
 * @param module module of the record
 * @param recordId the record
 * @param runId the run that read it
 * @param content what Campaigns gets after a confirmation, as stored with a delivery
 * @param fingerprint its fingerprint
 * @param at the instant of the request
 */
public record NewRequest(
        String connection,
        Purpose purpose,
        Person person,
        String address,
        Ground ground,
        long listId,
        Optional<Long> askingListId,
        String sync,
        String module,
        String recordId,
        String runId,
        String content,
        String fingerprint,
        Instant at) {

    Confirmation.Via via() {
        return purpose.confirmation().orElseThrow().via();
    }

    /** By mail the product sends it later; through a list of Campaigns the delivery of the same page does. */
    RequestState state() {
        return via() == Confirmation.Via.MAIL ? RequestState.REQUESTED : RequestState.SENDING;
    }

    Instant dueAt() {
        return via() == Confirmation.Via.MAIL ? at : null;
    }

    /** A list of Campaigns asks at once. */
    Instant claimedAt() {
        return via() == Confirmation.Via.ZOHO ? at : null;
    }

    Instant expiresAt() {
        return at.plus(purpose.confirmation().orElseThrow().expires());
    }

    @Override
    public String toString() {
        return "new request of record " + recordId;
    }
}
