package io.consentbridge.confirmation;

import io.consentbridge.audience.Contents;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Purpose;
import io.consentbridge.cursor.ConfirmedRecords;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import io.consentbridge.writeback.RecordUpdates;
import io.consentbridge.writeback.WorkflowStart;
import io.consentbridge.writeback.WorkflowStarts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Stores that people consented, and what follows: the subscription, the proof in the record, the workflow. */
final class GivenConsents {

    private final AskedWording wording;
    private final Function<String, ZoneId> zones;
    private final Outbox outbox;
    private final Suppressions suppressions;

    /** @param zones the zone of a connection, by its name */
    GivenConsents(AskedWording wording, Function<String, ZoneId> zones, Outbox outbox, Suppressions suppressions) {
        this.wording = wording;
        this.zones = zones;
        this.outbox = outbox;
        this.suppressions = suppressions;
    }

    /** Whether somebody refuses mail for the person, so that no answer can be taken for a consent. */
    boolean barred(Handle handle, Request request) {
        return suppressions
                .of(
                        handle,
                        request.connection(),
                        request.listId(),
                        PersonNumbers.known(handle, List.of(request.person())))
                .containsKey(request.person());
    }

    /** Stores, within the transaction, that the person consented, and what follows from it. */
    void give(Handle handle, Request request, String source, Map<String, Object> evidence, Instant at) {
        Purpose purpose = wording.purpose(request).orElseThrow();
        ZoneId zone = zones.apply(request.connection());
        Optional<LocalDate> validTo = purpose.disclosure()
                .validity()
                .map(period -> LocalDate.ofInstant(at, zone).plus(period));
        Instant ends = validTo.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant())
                .orElse(null);
        RequestRows.answered(handle, request.id(), RequestState.GIVEN, at, validTo, ends);
        RequestEvents.append(handle, request, RequestState.GIVEN, source, "confirmed", evidence, at);
        // Where the record is gone or says something else now, the run that reads it again decides.
        if (ConfirmedRecords.deliver(
                handle, request.sync(), request.recordId(), request.personId(), validTo.map(day -> day.plusDays(1)))) {
            outbox.enqueue(handle, List.of(subscription(request)));
        }
        ConfirmedRecords.readOthersAgain(handle, request.sync(), request.recordId(), request.personId());
        RecordUpdates.enqueue(
                handle,
                RecordProof.of(request, purpose, at, validTo, zone).stream().toList());
        WorkflowStarts.enqueue(handle, workflow(request, purpose).stream().toList());
    }

    private static Optional<WorkflowStart> workflow(Request request, Purpose purpose) {
        return purpose.confirmation()
                .flatMap(Confirmation::onConfirmed)
                .map(start -> new WorkflowStart(
                        request.connection(),
                        start.workflow(),
                        start.trigger(),
                        request.listId(),
                        request.person(),
                        purpose.name()));
    }

    // The decision that let the person be asked lets them be subscribed once they have confirmed.
    private static Draft subscription(Request request) {
        return new Draft(
                        request.listId(),
                        request.person(),
                        Action.SUBSCRIBE,
                        1,
                        Contents.read(request.content()),
                        request.fingerprint(),
                        request.runId(),
                        request.recordId(),
                        new Outcome.New(),
                        Decision.REQUEST_CONSENT)
                .uncounted();
    }
}
