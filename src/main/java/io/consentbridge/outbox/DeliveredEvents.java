package io.consentbridge.outbox;

import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The events of the ledger that subscriptions are which put somebody on a list; mere updates of fields are none. */
final class DeliveredEvents {

    private final Handle handle;
    private final Instant now;
    private final Function<String, Optional<Purpose>> purposes;
    private final Map<String, Reason> reasons = new HashMap<>();

    /**
     * Why a run delivers.
     *
     * @param sync empty if it is gone
     * @param purpose name of the purpose; empty if the sync has none any more
     * @param statementVersion of that purpose; empty for none
     */
    private record Reason(String sync, String purpose, String statementVersion) {}

    /** @param purposes what a sync mails its people for, by the name of the sync */
    DeliveredEvents(Handle handle, Instant now, Function<String, Optional<Purpose>> purposes) {
        this.handle = handle;
        this.now = now;
        this.purposes = purposes;
    }

    /** Whether it put the person on the list. */
    static boolean puts(Settlement.Delivered sent) {
        return sent.delivery().action() == Action.SUBSCRIBE
                && !sent.asked()
                && (sent.outcome() instanceof Outcome.New || sent.outcome() instanceof Outcome.Readded);
    }

    /** @param people the numbers of at least the people who were delivered */
    void append(List<Settlement.Delivered> settled, PersonNumbers people) {
        LedgerRows.append(handle, settled.stream().map(this::event).toList(), people);
    }

    private LedgerEvent event(Settlement.Delivered sent) {
        Delivery delivery = sent.delivery();
        Reason reason = reasons.computeIfAbsent(delivery.runId(), this::reason);
        return new LedgerEvent(
                EventKind.DELIVERED,
                delivery.person(),
                delivery.connection(),
                reason.purpose(),
                reason.statementVersion(),
                "",
                LedgerEvent.PRODUCT,
                Map.of("outcome", sent.outcome().word()),
                delivery.recordId(),
                delivery.runId(),
                Map.of(),
                now,
                new LedgerEvent.Told(reason.sync(), "", "The person was put on the list."));
    }

    private Reason reason(String runId) {
        Optional<String> sync = handle.createQuery("select sync from run where id = :run")
                .bind("run", runId)
                .mapTo(String.class)
                .findOne();
        Optional<Purpose> purpose = sync.flatMap(purposes);
        return new Reason(
                sync.orElse(""),
                purpose.map(Purpose::name).orElse(""),
                purpose.map(Purpose::statementVersion).orElse(""));
    }
}
