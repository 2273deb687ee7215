package io.consentbridge.outbox;

import io.consentbridge.sync.Outcome;

/**
 * The body of the seam {@code direct:delivery-events} for other systems: one settled delivery, in plain texts. It names a
 * person: the route that passes it on is responsible for that.
 *
 * @param connection name of the connection
 * @param list name of the mailing list
 * @param email the person's address
 * @param action subscribe, unsubscribe or do-not-mail
 * @param result delivered, refused, parked, or released when it is tried again later
 * @param reason why it was not delivered; empty when it was
 * @param run the run that decided it
 * @param record id of the CRM record that it was decided for
 */
public record DeliveryEvent(
        String connection,
        String list,
        String email,
        String action,
        String result,
        String reason,
        String run,
        String record) {

    static DeliveryEvent of(Settlement settlement) {
        if (settlement instanceof Settlement.Refused refused) {
            return of(settlement, "refused", reason(refused.outcome()));
        }
        if (settlement instanceof Settlement.Parked parked) {
            return of(settlement, "parked", parked.cause());
        }
        if (settlement instanceof Settlement.Released released) {
            return of(settlement, "released", released.cause() == null ? "" : released.cause());
        }
        if (settlement instanceof Settlement.Postponed postponed) {
            return of(settlement, "released", postponed.cause());
        }
        if (settlement instanceof Settlement.Unsent) {
            return of(settlement, "released", "the process that was to send it ended");
        }
        return of(settlement, "delivered", "");
    }

    private static String reason(Outcome.Ignored outcome) {
        return outcome.reason().word();
    }

    private static DeliveryEvent of(Settlement settlement, String result, String reason) {
        Delivery delivery = settlement.delivery();
        return new DeliveryEvent(
                delivery.connection(),
                delivery.listName(),
                delivery.person().address(),
                delivery.action().word(),
                result,
                reason,
                delivery.runId(),
                delivery.recordId());
    }

    /** Names nobody, so that a log that prints it does not either. */
    @Override
    public String toString() {
        return action + " " + result;
    }
}
