package io.consentbridge.outbox;

import io.consentbridge.audience.Contents;
import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Puts drafts into the outbox: the newest per person and list wins. */
final class Enqueuing {

    private record Counted(String runId, String recordId) {

        static Counted of(Draft draft) {
            return new Counted(draft.runId(), draft.recordId());
        }
    }

    private static final Set<String> MAILED =
            Set.of(Decision.DELIVER, Decision.DELIVER_AS_EXPRESSED, Decision.REQUEST_CONSENT);

    private static final String UPDATE = """
            update delivery
            set action = :action, priority = :priority, content = :content, fingerprint = :fingerprint, run_id = :run,
                record_id = :record, outcome_id = :outcome, on_success = :success, on_success_reason = :reason, on_success_updated = :updated,
                version = version + 1, rounds = 0, history = null, due_at = :due, dead_letter = null,
                held_for = :held, held_because = :because, put_back = :back
            where id = :id
            """;

    private static final String WAITING = """
            select d.id from unnest(:people) as wanted (id)
            join delivery d on d.person_id = wanted.id and d.list_id = :list
            where d.id is not null
            """;

    private static final String DEAD = """
            select d.id from unnest(:people) as wanted (id)
            join dead_letter d on d.person_id = wanted.id and d.list_id = :list
            where d.id is not null
            """;

    /** Claimed in this order, neighbours in the tables change together, which spares the disk. */
    private static final Comparator<MemberKey> BY_PERSON =
            Comparator.comparingLong(MemberKey::personId).thenComparing(MemberKey::listId);

    private final Handle handle;
    private final Instant now;
    private final OutcomeUpdates fates;
    private final Map<Counted, Long> outcomes = new HashMap<>();

    Enqueuing(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
        this.fates = new OutcomeUpdates(handle);
    }

    void enqueue(Collection<Draft> drafts) {
        if (drafts.isEmpty()) {
            return;
        }
        drafts.forEach(Enqueuing::requireDecision);
        PersonNumbers people =
                PersonNumbers.of(handle, drafts.stream().map(Draft::person).toList());
        drafts.stream().collect(Collectors.groupingBy(Draft::runId)).forEach(this::findOutcomes);
        Map<MemberKey, Draft> newest = new TreeMap<>(BY_PERSON);
        for (Draft draft : drafts) {
            MemberKey key = new MemberKey(draft.listId(), people.of(draft.person()));
            Draft before = newest.get(key);
            if (before == null) {
                newest.put(key, draft);
            } else {
                ReplacedDelivery older = ReplacedDelivery.of(before, outcome(before));
                newest.put(key, older.outdoneBy(draft));
                replaced(older, draft);
            }
        }
        newest.keySet().stream()
                .collect(Collectors.groupingBy(MemberKey::listId))
                .forEach((listId, keys) -> {
                    List<Long> onList = keys.stream().map(MemberKey::personId).toList();
                    enqueue(listId, onList, newest);
                });
        fates.write();
    }

    /** Nobody is written to but by a decision that lets them be. */
    private static void requireDecision(Draft draft) {
        if (draft.action() == Action.SUBSCRIBE && (draft.decision() == null || !MAILED.contains(draft.decision()))) {
            throw new ConsentBreach(
                    "record " + draft.recordId() + " is to be delivered though its decision is " + draft.decision());
        }
    }

    /** What the consent rules decided of a record in a run, as the same transaction keeps it, is what its drafts must say. */
    private static void requireSame(List<Draft> drafts, String decision) {
        for (Draft draft : drafts) {
            if (draft.action() == Action.SUBSCRIBE && !draft.decision().equals(decision)) {
                throw new ConsentBreach("record " + draft.recordId() + " is to be delivered as " + draft.decision()
                        + " though its decision is " + decision);
            }
        }
    }

    private void findOutcomes(String runId, List<Draft> drafts) {
        Map<String, List<Draft>> byRecord = drafts.stream().collect(Collectors.groupingBy(Draft::recordId));
        handle.createQuery("""
                        select o.id, o.record_id, k.decision from unnest(:records) as wanted (id)
                        join outcome o on o.record_id = wanted.id and o.run = (select id from run_number where run_id = :run)
                        join outcome_kind k on k.id = o.kind
                        where o.id is not null
                        """)
                .bindArray(
                        "records",
                        String.class,
                        drafts.stream().map(Draft::recordId).distinct().toList())
                .bind("run", runId)
                .map((row, context) -> {
                    String record = row.getString("record_id");
                    requireSame(byRecord.get(record), row.getString("decision"));
                    return outcomes.put(new Counted(runId, record), row.getLong("id"));
                })
                .list();
    }

    private void enqueue(long listId, List<Long> people, Map<MemberKey, Draft> newest) {
        Map<MemberKey, PendingDelivery> waiting = waiting(listId, people);
        dropDeadLetters(listId, people);
        String connection = handle.createQuery("select connection from mailing_list where id = :list")
                .bind("list", listId)
                .mapTo(String.class)
                .one();
        PreparedBatch update = handle.prepareBatch(UPDATE);
        PreparedBatch counts = handle.prepareBatch("update delivery set outcome_id = :outcome where id = :id");
        Set<Long> done = justLeft(listId, people, newest, waiting);
        done.addAll(justCame(listId, people, newest, waiting));
        List<MemberKey> fresh = new ArrayList<>();
        for (long person : people) {
            MemberKey key = new MemberKey(listId, person);
            Draft draft = newest.get(key);
            PendingDelivery older = waiting.get(key);
            if (done.contains(person)) {
                fates.settle(outcome(draft), false, draft.onSuccess(), null);
            } else if (older == null) {
                fresh.add(key);
            } else if (older.does(draft, outcome(draft))) {
                if (outcome(draft) != null) {
                    counts.bind("outcome", outcome(draft))
                            .bind("id", older.id())
                            .add();
                }
            } else {
                replaced(older.older(), draft);
                update.bind("id", older.id());
                bind(update, waitingAsWell(older.older(), older.older().outdoneBy(draft)));
            }
        }
        update.execute();
        counts.execute();
        insert(connection, fresh, newest);
    }

    /** People who are asked to leave, for whom nothing waits, and who have just left. */
    private Set<Long> justLeft(
            long listId, List<Long> people, Map<MemberKey, Draft> newest, Map<MemberKey, PendingDelivery> waiting) {
        return JustLeft.among(
                handle,
                listId,
                people.stream()
                        .map(person -> new MemberKey(listId, person))
                        .filter(key -> !waiting.containsKey(key))
                        .filter(key -> newest.get(key).action() == Action.UNSUBSCRIBE
                                && newest.get(key).held().isEmpty())
                        .map(MemberKey::personId)
                        .toList(),
                now);
    }

    /** People who are to be subscribed, for whom nothing waits, and who have just come with the same content. */
    private Set<Long> justCame(
            long listId, List<Long> people, Map<MemberKey, Draft> newest, Map<MemberKey, PendingDelivery> waiting) {
        Map<Long, String> contents = new HashMap<>();
        people.stream()
                .map(person -> new MemberKey(listId, person))
                .filter(key -> !waiting.containsKey(key))
                .filter(key -> newest.get(key).action() == Action.SUBSCRIBE
                        && newest.get(key).held().isEmpty()
                        && !newest.get(key).returning())
                .forEach(key -> contents.put(key.personId(), newest.get(key).fingerprint()));
        return JustCame.among(handle, listId, contents, now);
    }

    /** Somebody who comes under a new address waits for the old one to leave, however often their record is read. */
    private Draft waitingAsWell(ReplacedDelivery older, Draft newer) {
        boolean comes = older.held() != null
                && !older.leaves()
                && newer.action() == Action.SUBSCRIBE
                && newer.held().isEmpty();
        return comes
                        && syncOf(newer.runId())
                                .filter(older.held().sync()::equals)
                                .isPresent()
                ? newer.heldBack(older.held().sync(), older.held().cause())
                : newer;
    }

    private Optional<String> syncOf(String runId) {
        return handle.createQuery("select sync from run where id = :run")
                .bind("run", runId)
                .mapTo(String.class)
                .findOne();
    }

    private void insert(String connection, List<MemberKey> keys, Map<MemberKey, Draft> drafts) {
        BulkInsert.into("delivery", keys)
                .numbers("list_id", MemberKey::listId)
                .numbers("person_id", MemberKey::personId)
                .text("connection", connection)
                .texts("action", key -> drafts.get(key).action().word())
                .numbers("priority", key -> (long) drafts.get(key).priority())
                .texts("content", key -> Contents.write(drafts.get(key).content()))
                .texts("fingerprint", key -> drafts.get(key).fingerprint())
                .texts("run_id", key -> drafts.get(key).runId())
                .texts("record_id", key -> drafts.get(key).recordId())
                .numbers("outcome_id", key -> outcome(drafts.get(key)))
                .texts("on_success", key -> success(drafts.get(key)).word())
                .texts("on_success_reason", key -> success(drafts.get(key)).reason())
                .flags("on_success_updated", key -> success(drafts.get(key)).updated())
                .times("due_at", key -> due(drafts.get(key)))
                .texts("held_for", key -> heldFor(drafts.get(key)))
                .texts("held_because", key -> heldBecause(drafts.get(key)))
                .flags("put_back", key -> drafts.get(key).returning())
                .execute(handle);
    }

    private Long outcome(Draft draft) {
        return draft.counted() ? outcomes.get(Counted.of(draft)) : null;
    }

    private Instant due(Draft draft) {
        return draft.held().isPresent() ? Held.DUE : now;
    }

    private static String heldFor(Draft draft) {
        return draft.held().map(Held::sync).orElse(null);
    }

    private static String heldBecause(Draft draft) {
        return draft.held().map(held -> held.cause().word()).orElse(null);
    }

    private static StoredOutcome success(Draft draft) {
        return StoredOutcome.of(draft.onSuccess());
    }

    private Map<MemberKey, PendingDelivery> waiting(long listId, List<Long> people) {
        Map<MemberKey, PendingDelivery> waiting = new HashMap<>();
        handle.createQuery("""
                        select id, list_id, person_id, action, run_id, record_id, outcome_id,
                            on_success, on_success_reason, on_success_updated, held_for, held_because,
                            claimed_by is not null and claimed_version = version as flying
                        from delivery where id = any(:ids) order by id for update
                        """)
                .bindArray("ids", Long.class, ids(WAITING, listId, people))
                .map(PendingDelivery::of)
                .forEach(row -> waiting.put(row.key(), row));
        return waiting;
    }

    private void dropDeadLetters(long listId, List<Long> people) {
        DeadLetterRows.delete(handle, ids(DEAD, listId, people));
    }

    private List<Long> ids(String statement, long listId, List<Long> people) {
        return handle.createQuery(statement)
                .bindArray("people", Long.class, people)
                .bind("list", listId)
                .mapTo(Long.class)
                .list();
    }

    private void replaced(ReplacedDelivery older, Draft by) {
        if (!older.runId().equals(by.runId())) {
            settle(older, new Outcome.Ignored(IgnoreReason.OTHER), "replaced by run " + by.runId());
        } else if (older.isDoneBy(by) && (!older.recordId().equals(by.recordId()) || !by.counted())) {
            // Of two removals each keeps its own reason; one that counts no record does not settle the record later.
            settle(older, older.onSuccess(), null);
        } else if (leavesForRefusal(by)) {
            settle(older, by.onSuccess(), "The person refused, and leaves the list instead.");
        } else if (!older.recordId().equals(by.recordId())) {
            settle(older, new Outcome.Ignored(IgnoreReason.FILE_DUPLICATE), "replaced by record " + by.recordId());
        } else if (!by.counted()) {
            settle(older, by.onSuccess(), null);
        }
    }

    /** Whether somebody leaves because a refusal is known that no record of the run says. */
    private static boolean leavesForRefusal(Draft draft) {
        return draft.action() != Action.SUBSCRIBE
                && !draft.counted()
                && draft.onSuccess() instanceof Outcome.Ignored ignored
                && FormerAddresses.refusals().contains(ignored.reason().word());
    }

    private void settle(ReplacedDelivery older, Outcome outcome, String detail) {
        fates.settle(older.outcomeId(), false, outcome, detail);
    }

    private void bind(PreparedBatch batch, Draft draft) {
        StoredOutcome success = success(draft);
        batch.bind("action", draft.action().word())
                .bind("priority", draft.priority())
                .bind("content", Contents.write(draft.content()))
                .bind("fingerprint", draft.fingerprint())
                .bind("run", draft.runId())
                .bind("record", draft.recordId())
                .bindByType("outcome", outcome(draft), Long.class)
                .bind("success", success.word())
                .bind("reason", success.reason())
                .bind("updated", success.updated())
                .bind("due", due(draft))
                .bind("held", heldFor(draft))
                .bind("because", heldBecause(draft))
                .bind("back", draft.returning())
                .add();
    }
}
