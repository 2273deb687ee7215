package io.consentbridge.writeback;

import io.consentbridge.campaigns.CampaignsCall;
import io.consentbridge.campaigns.CampaignsReply;
import io.consentbridge.campaigns.WorkflowPermits;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.UnscopedMethods;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.writeback.PendingStarts.Claimed;
import io.consentbridge.writeback.PendingStarts.Settlement;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands people who confirmed over to a workflow of Campaigns, once they are on the list, at least once: if a reply is lost, they are
 * handed over again, and Campaigns ignores those whom it has started already. Bound as {@code workflowStarts}.
 */
public final class WorkflowStarts {

    private static final Logger LOG = LoggerFactory.getLogger(WorkflowStarts.class);
    private static final String METHOD = WorkflowPermits.METHOD;
    private static final String PROPERTY = "workflowBatch";
    private static final int MOST_ROUNDS = 5;
    private static final int FAILED_TOGETHER = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration RECENT = Duration.ofMinutes(10);

    /** Codes that concern the workflow, and so everybody (docs/zoho-notes.md, "Campaigns: workflows"). */
    private static final Set<String> OF_WORKFLOW = Set.of("9001", "9002", "9006");

    /**
     * People whom one call hands over.
     *
     * @param until when their claim ends
     */
    public record Batch(Connection connection, PendingStarts.Group group, List<Claimed> starts, Instant until) {

        /** How many people are handed over. */
        public int size() {
            return starts.size();
        }

        @Override
        public String toString() {
            return size() + " starts of a workflow";
        }
    }

    private final Supplier<Collection<Connection>> connections;
    private final PendingStarts pending;
    private final WorkflowPermits permits;
    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final UnscopedMethods refused;
    private final Duration lease;
    private final InstantSource clock;
    private final BooleanSupplier mayClaim;
    private final Map<String, Integer> inARow = new ConcurrentHashMap<>();
    private final Map<String, Instant> succeeded = new ConcurrentHashMap<>();

    /**
     * @param connections those that are configured now
     * @param owner names this process
     * @param lease how long a claim is this process' own
     * @param mayClaim whether anything may be claimed now
     */
    public WorkflowStarts(
            Supplier<Collection<Connection>> connections,
            Database database,
            WorkflowPermits permits,
            QuotaGovernor quota,
            ConnectionBackoff backoff,
            String owner,
            Duration lease,
            InstantSource clock,
            BooleanSupplier mayClaim) {
        this.connections = connections;
        this.pending = new PendingStarts(database, owner);
        this.permits = permits;
        this.quota = quota;
        this.backoff = backoff;
        this.refused = new UnscopedMethods(backoff::pause, clock);
        this.lease = lease;
        this.clock = clock;
        this.mayClaim = mayClaim;
    }

    /**
     * Stores that people are handed over to their workflows as soon as they are on the list; a person who confirms anew is handed
     * over anew.
     *
     * @param handle the caller's transaction, which makes the confirmation true
     */
    public static void enqueue(Handle handle, Collection<WorkflowStart> starts) {
        for (WorkflowStart start : starts) {
            long person = PersonNumbers.of(handle, List.of(start.person())).of(start.person());
            handle.createUpdate("""
                            insert into workflow_start (connection, workflow, trigger_key, list_id, person_id, purpose, state)
                            values (:connection, :workflow, :trigger, :list, :person, :purpose, 'pending')
                            on conflict (person_id, connection, workflow, trigger_key) do update
                            set list_id = :list, purpose = :purpose, state = 'pending', version = workflow_start.version + 1,
                                rounds = 0, alone = false, due_at = null, code = null, cause = null, settled_at = null
                            """)
                    .bind("connection", start.connection())
                    .bind("workflow", start.workflow())
                    .bind("trigger", start.trigger())
                    .bind("list", start.listId())
                    .bind("person", person)
                    .bind("purpose", start.purpose())
                    .execute();
        }
    }

    /** Batches of people, each of one workflow and list, until nobody is to be handed over now. */
    public Iterator<Batch> claim() {
        return Failures.guarded(new Iterator<>() {
            private Optional<Batch> next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = claimed();
                }
                return next.isPresent();
            }

            @Override
            public Batch next() {
                Batch batch = hasNext() ? next.get() : null;
                if (batch == null) {
                    throw new NoSuchElementException();
                }
                // The next one is claimed by the next tick: Camel would ask for it before this one is handed over.
                next = Optional.empty();
                return batch;
            }
        });
    }

    private Optional<Batch> claimed() {
        for (Connection connection : connections.get()) {
            String name = connection.name();
            if (!mayClaim.getAsBoolean() || backoff.current(name).isPresent() || !quota.mayCall(name, METHOD)) {
                continue;
            }
            Instant now = clock.instant();
            Optional<PendingStarts.Group> group = pending.due(name, now);
            if (group.isPresent()) {
                pending.withdrawRefused(name, now);
                Instant until = now.plus(lease);
                List<Claimed> starts = pending.claim(name, group.get(), WorkflowPermits.MOST, now, until);
                if (!starts.isEmpty()) {
                    return Optional.of(new Batch(connection, group.get(), starts, until));
                }
            }
        }
        return Optional.empty();
    }

    /** Turns the batch in the body into its call, which may leave from now on. */
    public CampaignsCall prepare(Exchange exchange) {
        Batch batch = exchange.getMessage().getBody(Batch.class);
        exchange.setProperty(PROPERTY, batch);
        exchange.setVariable(ZohoSeams.CONNECTION, batch.connection());
        CampaignsCall call = permits.give(
                batch.connection(),
                batch.group().workflow(),
                batch.group().trigger(),
                batch.group().listKey(),
                batch.starts().stream().map(Claimed::address).toList(),
                batch.until());
        exchange.setProperty(PROPERTY + "Call", call);
        return call;
    }

    /**
     * Settles the batch by the reply of Campaigns.
     *
     * @throws ConsentBreach if that is not the reply to its call
     */
    public void read(Exchange exchange) {
        Batch batch = exchange.getProperty(PROPERTY, Batch.class);
        CampaignsCall call = exchange.getProperty(PROPERTY + "Call", CampaignsCall.class);
        if (!(exchange.getMessage().getBody() instanceof CampaignsReply reply) || reply.question() != call) {
            throw new ConsentBreach("the reply to one start of a workflow is read for another");
        }
        permits.withdraw(call);
        String connection = batch.connection().name();
        refused.answered(connection + ": " + METHOD);
        inARow.remove(connection);
        succeeded.put(connection, clock.instant());
        Set<String> ignored = addresses(new JsonValue(reply.json()), "ignored", 3);
        keep(
                batch,
                start -> ignored.contains(start.address())
                        ? own(
                                start,
                                "ignored",
                                "Campaigns ignores the person in the workflow "
                                        + batch.group().workflow(),
                                true)
                        : new Settlement(start, UpdateState.DONE, null, null, false, false, null));
    }

    /** The addresses in a list of that name, wherever the reply has it: its place is not documented. */
    private static Set<String> addresses(JsonValue json, String name, int depth) {
        Set<String> found = new HashSet<>();
        if (depth == 0) {
            return found;
        }
        JsonValue named = json.path(name);
        named.values().forEach(value -> found.add(value.text().toLowerCase(Locale.ROOT)));
        for (String text : named.text().split("[,\\s]+")) {
            found.add(text.toLowerCase(Locale.ROOT));
        }
        json.fields().keySet().forEach(key -> found.addAll(addresses(json.path(key), name, depth - 1)));
        return found;
    }

    /** Settles the batch after a failure of its call. */
    public void failed(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable caught) {
        Batch batch = exchange.getProperty(PROPERTY, Batch.class);
        CampaignsCall call = exchange.getProperty(PROPERTY + "Call", CampaignsCall.class);
        if (call != null) {
            permits.withdraw(call);
        }
        if (batch == null) {
            LOG.error("People were not handed over to a workflow: {}", Failures.text(caught));
            return;
        }
        Throwable cause = Failures.told(caught);
        if (!DatabaseFault.away(cause)) {
            keep(batch, judged(batch, cause));
        }
    }

    private Function<Claimed, Settlement> judged(Batch batch, Throwable cause) {
        String connection = batch.connection().name();
        String message = Failures.text(cause);
        if (cause instanceof ZohoFault.Stopped || cause instanceof ZohoFault.ClaimEnded) {
            return start -> released(start, null, false, null);
        }
        if (cause instanceof ConsentBreach) {
            return start -> dead(start, "route", message);
        } else if (cause instanceof IllegalArgumentException) {
            return start -> dead(start, "key", message);
        }
        if (cause instanceof ZohoFault.Throttled throttled) {
            if (throttled.method().isEmpty()) {
                backoff.beginUntil(connection, throttled.until(), message);
            }
            return start -> released(start, message, false, throttled.until());
        }
        if (cause instanceof ZohoFault.Credential credential
                && credential.method().isEmpty()) {
            backoff.begin(connection, message);
            return start -> released(start, message, false, null);
        }
        if (cause instanceof ZohoFault.Rejected rejected && rejected.unscoped().isEmpty()) {
            boolean forAll = batch.size() == 1 || OF_WORKFLOW.contains(rejected.code());
            return forAll
                    ? start -> dead(start, rejected.code(), message)
                    : start -> released(start, message, true, null);
        }
        boolean othersSucceed = succeeded
                .getOrDefault(connection, Instant.MIN)
                .isAfter(clock.instant().minus(RECENT));
        if (cause instanceof ZohoFault.Transient
                && batch.size() == 1
                && batch.starts().get(0).alone()
                && othersSucceed) {
            return start -> own(start, null, message, true);
        }
        boolean apart = inARow.merge(connection, 1, Integer::sum) >= FAILED_TOGETHER;
        Instant until = refused.refused(connection + ": " + METHOD, message);
        quota.lock(connection, METHOD, until, message);
        return start -> released(start, message, apart, batch.size() == 1 ? until.plus(FIRST_PAUSE) : null);
    }

    private Settlement own(Claimed start, String code, String cause, boolean passes) {
        return passes && start.rounds() + 1 < MOST_ROUNDS
                ? new Settlement(
                        start,
                        UpdateState.PENDING,
                        code,
                        cause,
                        true,
                        false,
                        clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << start.rounds())))
                : dead(start, code, cause);
    }

    private static Settlement dead(Claimed start, String code, String cause) {
        return new Settlement(start, UpdateState.DEAD_LETTERED, code, cause, false, false, null);
    }

    private static Settlement released(Claimed start, String cause, boolean alone, Instant due) {
        return new Settlement(start, UpdateState.PENDING, null, cause, false, alone, due);
    }

    private void keep(Batch batch, Function<Claimed, Settlement> settlement) {
        List<Settlement> settlements = batch.starts().stream().map(settlement).toList();
        pending.settle(settlements, clock.instant());
        List<Settlement> dead = settlements.stream()
                .filter(each -> each.state() == UpdateState.DEAD_LETTERED)
                .toList();
        if (!dead.isEmpty()) {
            LOG.warn(
                    "{}: {} starts of the workflow {} need a person's help; see consentbridge dead-letters list. The first: {}",
                    batch.connection().name(),
                    dead.size(),
                    batch.group().workflow(),
                    dead.get(0).cause());
        }
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
