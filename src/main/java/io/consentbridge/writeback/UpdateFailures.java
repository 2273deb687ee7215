package io.consentbridge.writeback;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.crm.UpdateReply;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.UnscopedMethods;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Distinguishes the failure of one record from that of a call, and that of a call from an outage. Only a record's own failure counts
 * against it. A call that fails makes updates of its connection wait, with growing pauses, and nothing else: deliveries to
 * Campaigns go on, since people who leave must leave. A call that keeps failing is taken apart, so that one record never takes
 * the others with it.
 */
final class UpdateFailures {

    private static final String METHOD = RecordWrites.QUOTA;

    /** Codes of a record that may pass without anybody's help. */
    private static final Set<String> PASSING = Set.of(
            "RECORD_LOCKED",
            "NOT_APPROVED",
            "NOT_REVIEWED",
            "RECORD_IN_BLUEPRINT",
            "ALREADY_MODIFIED",
            "TOO_MANY_REQUESTS",
            "RATE_LIMIT_EXCEEDED",
            "INTERNAL_ERROR",
            "SERVICE_UNAVAILABLE",
            "DEPENDENT_SERVICE_ERROR");

    /** Codes of a refused call that concern its module, and so all of its records. */
    private static final Set<String> OF_MODULE =
            Set.of("NO_PERMISSION", "AUTHORIZATION_FAILED", "INVALID_MODULE", "NOT_SUPPORTED", "FEATURE_NOT_SUPPORTED");

    /** So many pauses, each twice as long as the one before, take about 17 hours: a record may be locked for a working day. */
    private static final int MOST_ROUNDS = 10;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final int FAILED_TOGETHER = 3;
    private static final Duration RECENT = Duration.ofMinutes(10);
    private static final Duration UNTIL_CREDITS = Duration.ofHours(1);

    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final InstantSource clock;
    private final long creditsKept;
    private final UnscopedMethods refused;
    private final Map<String, Integer> inARow = new ConcurrentHashMap<>();
    private final Map<String, Instant> succeeded = new ConcurrentHashMap<>();

    /** @param creditsKept while the organisation has fewer credits left, nothing is written */
    UpdateFailures(QuotaGovernor quota, ConnectionBackoff backoff, InstantSource clock, long creditsKept) {
        this.quota = quota;
        this.backoff = backoff;
        this.clock = clock;
        this.creditsKept = creditsKept;
        this.refused = new UnscopedMethods(backoff::pause, clock);
    }

    /** What becomes of the updates by the CRM's reply. */
    List<UpdateSettlement> answered(RecordBatch batch, UpdateReply reply) {
        String connection = batch.connection().name();
        refused.answered(connection + ": " + METHOD);
        inARow.remove(connection);
        List<UpdateSettlement> settlements = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            settlements.add(of(batch, batch.updates().get(i), reply.rows().get(i)));
        }
        if (settlements.stream().anyMatch(UpdateSettlement.Written.class::isInstance)) {
            succeeded.put(connection, clock.instant());
        }
        reply.creditsLeft().ifPresent(left -> keepCredits(connection, left));
        return settlements;
    }

    private void keepCredits(String connection, long left) {
        if (left < creditsKept) {
            quota.lock(
                    connection,
                    METHOD,
                    clock.instant().plus(UNTIL_CREDITS),
                    "Zoho CRM has " + left + " credits left for the day; crm.credits-kept leaves " + creditsKept
                            + " for reading");
        }
    }

    private UpdateSettlement of(RecordBatch batch, ClaimedUpdate update, UpdateReply.Row row) {
        return switch (row.kind()) {
            case WRITTEN -> new UpdateSettlement.Written(update, batch.notes().get(update.id()));
            case GONE -> new UpdateSettlement.Gone(update, row.code());
            case UNANSWERED -> own(update, null, "Zoho CRM does not say what became of the record", true);
            case REFUSED -> own(update, row.code(), cause(row), PASSING.contains(row.code()));
        };
    }

    private static String cause(UpdateReply.Row row) {
        String field = row.field().isEmpty() ? "" : ", field " + row.field();
        return "Zoho CRM refuses the record (" + (row.code().isEmpty() ? "without a code" : row.code()) + field + ")";
    }

    private UpdateSettlement own(ClaimedUpdate update, String code, String cause, boolean passes) {
        return passes && update.rounds() + 1 < MOST_ROUNDS
                ? new UpdateSettlement.Postponed(
                        update, code, cause, clock.instant().plus(pause(update.rounds())))
                : new UpdateSettlement.DeadLettered(update, code, cause);
    }

    private static Duration pause(int rounds) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(rounds, MOST_ROUNDS));
    }

    /** What becomes of the updates of a call that failed as a whole. */
    List<UpdateSettlement> failed(RecordBatch batch, Throwable failure) {
        Throwable cause = Failures.told(failure);
        String connection = batch.connection().name();
        String message = Failures.text(cause);
        if (cause instanceof ZohoFault.Stopped || cause instanceof ZohoFault.ClaimEnded || DatabaseFault.away(cause)) {
            return each(batch, update -> new UpdateSettlement.Released(update, null, false, null));
        }
        if (cause instanceof ConsentBreach) {
            return each(batch, update -> new UpdateSettlement.DeadLettered(update, "route", message));
        }
        if (cause instanceof ZohoFault.Throttled throttled) {
            // The quota of updates holds them by itself.
            if (throttled.method().isEmpty()) {
                backoff.beginUntil(connection, throttled.until(), message);
            }
            return each(batch, update -> new UpdateSettlement.Released(update, message, false, null));
        }
        if (cause instanceof ZohoFault.Credential credential
                && credential.method().isEmpty()) {
            backoff.begin(connection, message);
            return each(batch, update -> new UpdateSettlement.Released(update, message, false, null));
        }
        if (cause instanceof ZohoFault.Rejected rejected && rejected.unscoped().isEmpty()) {
            return refused(batch, rejected, message);
        }
        return unreached(batch, message);
    }

    /** The records of a refused call are tried one by one, unless their module is refused. */
    private List<UpdateSettlement> refused(RecordBatch batch, ZohoFault.Rejected rejected, String message) {
        if (batch.size() == 1 && PASSING.contains(rejected.code())) {
            return each(batch, update -> own(update, rejected.code(), message, true));
        }
        boolean forAll = batch.size() == 1 || OF_MODULE.contains(rejected.code());
        return each(
                batch,
                update -> forAll
                        ? new UpdateSettlement.DeadLettered(update, rejected.code(), message)
                        : new UpdateSettlement.Released(update, message, true, null));
    }

    private List<UpdateSettlement> unreached(RecordBatch batch, String message) {
        String connection = batch.connection().name();
        Instant now = clock.instant();
        boolean othersSucceed = succeeded.getOrDefault(connection, Instant.MIN).isAfter(now.minus(RECENT));
        if (batch.size() == 1 && batch.updates().get(0).alone() && othersSucceed) {
            return each(batch, update -> own(update, null, message, true));
        }
        int failures = inARow.merge(connection, 1, Integer::sum);
        Instant until = refused.refused(connection + ": " + METHOD, message);
        quota.lock(connection, METHOD, until, message);
        boolean apart = failures >= FAILED_TOGETHER;
        // One that fails by itself lets the others go first.
        Instant due = batch.size() == 1 ? until.plus(pause(0)) : null;
        return each(batch, update -> new UpdateSettlement.Released(update, message, apart, due));
    }

    /** Updates that a route did not pass to the steps that settle them. */
    List<UpdateSettlement> lost(RecordBatch batch, Throwable failure) {
        Throwable cause = Failures.told(failure);
        return cause instanceof ConsentBreach || DatabaseFault.away(cause)
                ? failed(batch, cause)
                : each(batch, update -> own(update, null, Failures.text(cause), true));
    }

    private static List<UpdateSettlement> each(
            RecordBatch batch, Function<ClaimedUpdate, UpdateSettlement> settlement) {
        return batch.updates().stream().map(settlement).toList();
    }
}
