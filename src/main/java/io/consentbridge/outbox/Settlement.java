package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Outcome;
import java.time.Instant;

/** The result of one claimed delivery; settled in batches, one transaction each. */
public sealed interface Settlement {

    Delivery delivery();

    /** Whether it may have reached Campaigns, by a try whose reply was lost. */
    boolean perhapsSent();

    /**
     * Campaigns took it; the record's outcome is {@code outcome} and the fingerprint is remembered.
     *
     * @param there false where the list turned out to be gone, so that nobody was taken off it
     */
    record Delivered(Delivery delivery, Outcome outcome, boolean there) implements Settlement {

        public Delivered(Delivery delivery, Outcome outcome) {
            this(delivery, outcome, true);
        }

        /** Whether Campaigns only asked the person to confirm, which makes nobody a member. */
        boolean asked() {
            return delivery.action() == Action.SUBSCRIBE
                    && outcome instanceof Outcome.Ignored ignored
                    && ignored.reason() == IgnoreReason.CONSENT_REQUESTED;
        }

        @Override
        public boolean perhapsSent() {
            return false;
        }
    }

    /**
     * Campaigns will not take this person; the record's outcome is ignored for that reason.
     *
     * @param suppress whether the person is remembered as one who must not be mailed on this connection
     * @param remembered whether Campaigns is not asked about the address again for a while
     */
    record Refused(
            Delivery delivery,
            Outcome.Ignored outcome,
            boolean suppress,
            boolean remembered,
            String code,
            boolean perhapsSent)
            implements Settlement {}

    /** Cannot succeed without a person's help. */
    record Parked(Delivery delivery, String code, String cause, boolean perhapsSent) implements Settlement {}

    /**
     * Did not leave, because this process ends: its row goes back as it was.
     *
     * @param perhapsSent whether an earlier try of it had left
     */
    record Unsent(Delivery delivery, boolean perhapsSent) implements Settlement {}

    /**
     * Perhaps its own fault: given back, counted, and not claimed again before {@code until}, so that others are tried first.
     */
    record Postponed(Delivery delivery, String cause, boolean perhapsSent, Instant until) implements Settlement {}

    /**
     * Not its own fault: given back to be claimed again after a backoff or a lock. It does not count as a failure.
     *
     * @param cause null when it was not tried
     */
    record Released(Delivery delivery, String cause, boolean perhapsSent) implements Settlement {}
}
