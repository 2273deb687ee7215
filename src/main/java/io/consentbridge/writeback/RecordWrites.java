package io.consentbridge.writeback;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.crm.CrmCall;
import io.consentbridge.crm.RecordPermits;
import io.consentbridge.crm.UpdateReply;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The steps of the route that updates CRM records: claim a batch, make its call, read the reply row by row, settle. Bound as {@code
 * recordWrites}. An update is idempotent: whatever is not known to be written is written again.
 */
public final class RecordWrites {

    /**
     * The name of the quota of updates, which counts the credits of the CRM that their calls cost: one for each ten records that are
     * written, and one for each call that reads what is written where.
     */
    public static final String QUOTA = "crm/update";

    private static final Logger LOG = LoggerFactory.getLogger(RecordWrites.class);

    /** The most records of a call (docs/zoho-notes.md, "CRM: writes"). */
    private static final int MOST = 100;

    private static final String PROPERTY = "recordBatch";

    /** What is settled, made by this class alone. */
    private record Settled(RecordBatch batch, List<UpdateSettlement> settlements) {}

    /** @param call null before it is made */
    private record Open(BatchCredits credits, CrmCall call) {}

    private final Supplier<Collection<Connection>> connections;
    private final PendingUpdates pending;
    private final WritableRecords writable;
    private final RecordPermits permits;
    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final UpdateFailures failures;
    private final WriteRules rules;
    private final InstantSource clock;
    private final BooleanSupplier mayClaim;
    /** The batches that are claimed and not settled. */
    private final Map<RecordBatch, Open> batches = Collections.synchronizedMap(new IdentityHashMap<>());

    /**
     * How records are written.
     *
     * @param owner names this process
     * @param lease how long a claim is this process' own
     * @param triggers what Zoho starts for a change, such as {@code workflow}; empty for nothing
     * @param creditsKept while the organisation has fewer credits left for the day, nothing is written
     */
    public record WriteRules(String owner, Duration lease, List<String> triggers, long creditsKept) {

        public WriteRules {
            triggers = List.copyOf(triggers);
        }
    }

    /**
     * @param connections those that are configured now
     * @param mayClaim whether anything may be claimed now
     */
    public RecordWrites(
            Supplier<Collection<Connection>> connections,
            Database database,
            WritableRecords writable,
            RecordPermits permits,
            QuotaGovernor quota,
            ConnectionBackoff backoff,
            WriteRules rules,
            InstantSource clock,
            BooleanSupplier mayClaim) {
        this.connections = connections;
        this.pending = new PendingUpdates(database, rules.owner());
        this.writable = writable;
        this.permits = permits;
        this.quota = quota;
        this.backoff = backoff;
        this.failures = new UpdateFailures(quota, backoff, clock, rules.creditsKept());
        this.rules = rules;
        this.clock = clock;
        this.mayClaim = mayClaim;
    }

    /** Batches of claimed updates, each of one connection and module, until none is due. What the route does not settle is settled when it ends. */
    public Iterator<Message> claim(Exchange exchange) {
        Walk walk = new Walk(exchange.getMessage());
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                walk.settleRest(ended);
            }
        });
        return Failures.guarded(walk);
    }

    /** Camel asks for a further batch before it knows of one; null after the last one, which its splitter skips. */
    private final class Walk implements Iterator<Message> {

        private final Message like;
        private RecordBatch given;
        private Message last;
        private boolean ended;

        private Walk(Message like) {
            this.like = like;
        }

        @Override
        public boolean hasNext() {
            return !ended && !lastFailed();
        }

        // Camel iterates on to clean up after a batch whose call failed; what is claimed then is never written.
        private boolean lastFailed() {
            Exchange exchange = last == null ? null : last.getExchange();
            return exchange != null
                    && (exchange.isFailed()
                            || Boolean.TRUE.equals(
                                    exchange.getExchangeExtension().getErrorHandlerHandled()));
        }

        @Override
        public Message next() {
            if (given != null && isOpen(given)) {
                ended = true;
                throw lost();
            }
            given = ended ? null : claimed();
            if (given == null) {
                ended = true;
                return null;
            }
            Message message = like.copy();
            message.setBody(given);
            last = message;
            return message;
        }

        private void settleRest(Exchange exchange) {
            if (given == null || !isOpen(given)) {
                return;
            }
            Throwable failure = exchange.getException() == null
                    ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
                    : exchange.getException();
            try {
                Throwable cause = failure == null ? lost() : failure;
                keep(given, failures.lost(given, cause));
            } catch (RuntimeException away) {
                // Their lease ends, and they are written again.
                interrupted(away);
            } finally {
                close(given);
            }
        }
    }

    private boolean isOpen(RecordBatch batch) {
        return batches.containsKey(batch);
    }

    private void close(RecordBatch batch) {
        Open open = batches.remove(batch);
        if (open != null) {
            withdraw(open);
            open.credits().close();
        }
    }

    private void withdraw(Open open) {
        if (open.call() != null) {
            permits.withdraw(open.call());
        }
    }

    private static ConsentBreach lost() {
        return new ConsentBreach("updates of CRM records do not reach recordWrites.settle");
    }

    /** The next batch that can be written; null if there is none. What cannot be written as it is, is settled here. */
    private RecordBatch claimed() {
        for (Connection connection : connections.get()) {
            while (mayClaim.getAsBoolean() && backoff.current(connection.name()).isEmpty()) {
                Instant until = clock.instant().plus(rules.lease());
                Optional<String> module = pending.moduleDue(connection.name(), clock.instant());
                if (module.isEmpty()) {
                    break;
                }
                BatchCredits credits = BatchCredits.reserve(quota, connection.name(), MOST);
                List<ClaimedUpdate> updates = claim(connection.name(), module.get(), credits, until);
                if (updates.isEmpty()) {
                    break;
                }
                RecordBatch batch = opened(connection, module.get(), updates, credits, until);
                if (batch != null) {
                    return batch;
                }
            }
        }
        return null;
    }

    private List<ClaimedUpdate> claim(String connection, String module, BatchCredits credits, Instant until) {
        List<ClaimedUpdate> claimed = credits.records() == 0
                ? List.of()
                : pending.claim(connection, module, Math.min(MOST, credits.records()), clock.instant(), until);
        boolean personal = claimed.stream().anyMatch(update -> update.person().isPresent());
        credits.keep((personal ? BatchCredits.READING : 0) + BatchCredits.toWrite(claimed.size()));
        return claimed;
    }

    /** How many credits updates of so many records cost at most, in full batches of which no call fails. */
    public static long credits(long records) {
        long full = records / MOST;
        int rest = (int) (records % MOST);
        return full * (BatchCredits.READING + BatchCredits.toWrite(MOST))
                + (rest == 0 ? 0 : BatchCredits.READING + BatchCredits.toWrite(rest));
    }

    private RecordBatch opened(
            Connection connection, String module, List<ClaimedUpdate> updates, BatchCredits credits, Instant until) {
        try {
            WritableRecords.Sorted sorted =
                    writable.sorted(connection, module, updates, credits.of(BatchCredits.READING));
            RecordBatch batch = new RecordBatch(
                    connection,
                    module,
                    sorted.writable(),
                    sorted.records(),
                    sorted.notes(),
                    sorted.unmodifiedSince(),
                    until);
            credits.keep(BatchCredits.toWrite(batch.size()));
            if (!sorted.others().isEmpty()) {
                keep(batch, sorted.others());
            }
            if (batch.size() == 0) {
                return null;
            }
            batches.put(batch, new Open(credits, null));
            return batch;
        } catch (ZohoFault fault) {
            credits.close();
            RecordBatch raw = new RecordBatch(connection, module, updates, List.of(), Map.of(), null, until);
            keep(raw, failures.failed(raw, fault));
            return null;
        }
    }

    /**
     * Turns the batch in the body into its call, which may leave from now on.
     *
     * @throws ConsentBreach if this process has not claimed it
     */
    public CrmCall prepare(Exchange exchange) {
        RecordBatch batch = require(exchange.getMessage().getBody(RecordBatch.class));
        Open before = batches.get(batch);
        withdraw(before);
        CrmCall call = permits.give(
                batch.connection(),
                batch.module(),
                batch.records(),
                rules.triggers(),
                batch.unmodifiedSince(),
                batch.until(),
                before.credits().of(BatchCredits.toWrite(batch.size())));
        batches.put(batch, new Open(before.credits(), call));
        exchange.setProperty(PROPERTY, batch);
        exchange.setVariable(ZohoSeams.CONNECTION, batch.connection());
        return call;
    }

    private RecordBatch require(RecordBatch batch) {
        if (batch == null || !isOpen(batch)) {
            throw new ConsentBreach("a step is handed updates of CRM records that are not claimed");
        }
        return batch;
    }

    /**
     * What becomes of the updates by the CRM's reply.
     *
     * @throws ConsentBreach if that is not the reply to their call
     */
    public Object read(Exchange exchange) {
        RecordBatch batch = require(exchange.getProperty(PROPERTY, RecordBatch.class));
        if (!(exchange.getMessage().getBody() instanceof UpdateReply reply)
                || reply.question() != batches.get(batch).call()) {
            throw new ConsentBreach("the reply to one update of CRM records is read for another");
        }
        return new Settled(batch, failures.answered(batch, reply));
    }

    /** What becomes of the updates after a failure of their call. */
    public Object failed(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable caught) {
        RecordBatch batch = exchange.getProperty(PROPERTY, RecordBatch.class);
        if (batch == null) {
            batch = exchange.getMessage().getBody(RecordBatch.class);
        }
        return new Settled(require(batch), failures.failed(batch, caught == null ? lost() : caught));
    }

    /**
     * Settles a batch in one transaction.
     *
     * @throws ConsentBreach if the body is not what became of a claimed batch
     */
    public void settle(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof Settled settled)) {
            throw lost();
        }
        keep(require(settled.batch()), settled.settlements());
        close(settled.batch());
    }

    private void keep(RecordBatch batch, List<UpdateSettlement> settlements) {
        pending.settle(settlements, clock.instant());
        List<UpdateSettlement.DeadLettered> dead = settlements.stream()
                .filter(UpdateSettlement.DeadLettered.class::isInstance)
                .map(UpdateSettlement.DeadLettered.class::cast)
                .toList();
        if (!dead.isEmpty()) {
            LOG.warn(
                    "{}: {} updates of {} need a person's help; see consentbridge dead-letters list. The first: {}",
                    batch.connection().name(),
                    dead.size(),
                    batch.module(),
                    dead.get(0).cause());
        }
        long others = settlements.stream()
                .filter(UpdateSettlement.Superseded.class::isInstance)
                .count();
        if (others > 0) {
            LOG.info(
                    "{}: {} updates of {} are not written, because the records carry another address by now; see consentbridge explain",
                    batch.connection().name(),
                    others,
                    batch.module());
        }
    }

    /** Reports why updating stopped; what was claimed is settled when the route ends. */
    public void interrupted(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable cause) {
        Level level = DatabaseFault.away(Failures.unwrapped(cause)) ? Level.DEBUG : Level.ERROR;
        LOG.atLevel(level).log("Updating CRM records was interrupted: {}", Failures.text(cause));
    }

    /** Ends the claims of a process that was killed; for a database that no other process uses. */
    public void abandonAll() {
        pending.abandonAll();
    }

    /** Gives back what this process has claimed; call it when no call is under way. */
    public void handBack() {
        pending.handBack();
    }
}
