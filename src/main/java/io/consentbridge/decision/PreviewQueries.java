package io.consentbridge.decision;

import io.consentbridge.consent.Decision;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.FieldChange;
import io.consentbridge.outbox.Held;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.OutcomeChanges;
import io.consentbridge.store.StoredOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads what a run has decided, without any delivery, in the scratch database of a preview. Deliveries in the outbox are
 * taken as accepted by Campaigns.
 */
public final class PreviewQueries {

    private static final String RECORD = "r:";
    private static final String DELIVERY = "d:";
    private static final int BATCH = 1_000;

    /** A delivery that counts as accepted, with the row of its record's outcome. */
    private record Accepted(long delivery, long outcome, StoredOutcome success) {}

    private final Database scratch;
    private final String runId;

    /** @param scratch a database of its own, in which the run has ended its reading */
    public PreviewQueries(Database scratch, String runId) {
        this.scratch = scratch;
        this.runId = runId;
    }

    /** Takes all deliveries as accepted, so that the figures are those of the end. */
    public void settle() {
        scratch.change(handle -> {
            handle.execute("create index foreseen_outcome on delivery (outcome_id)");
            long last = 0;
            List<Accepted> page;
            do {
                page = accepted(handle, last);
                count(handle, page);
                last = page.isEmpty() ? last : page.get(page.size() - 1).delivery();
            } while (page.size() == BATCH);
            handle.createUpdate("""
                            insert into run_left (run_id, people)
                            select :run, count(*) from delivery d
                            join list_member m on m.list_id = d.list_id and m.person_id = d.person_id
                            where d.run_id = :run and d.action <> 'subscribe' and d.held_for is null and m.active
                            """).bind("run", runId).execute();
        });
    }

    /** Deliveries of records that the run counts, in their order. */
    private List<Accepted> accepted(Handle handle, long after) {
        return handle.createQuery("""
                        select /* joined as written */ d.id, d.outcome_id, d.on_success, d.on_success_reason, d.on_success_updated
                        from delivery d join outcome o on o.id = d.outcome_id
                        where d.id > :after and d.held_for is null and o.run = (select id from run_number where run_id = :run)
                        order by d.id fetch first :max rows only
                        """)
                .bind("after", after)
                .bind("run", runId)
                .bind("max", BATCH)
                .map((row, context) -> new Accepted(row.getLong("id"), row.getLong("outcome_id"), success(row)))
                .list();
    }

    private static void count(Handle handle, List<Accepted> deliveries) {
        Map<Long, StoredOutcome> accepted = new HashMap<>();
        deliveries.forEach(delivery -> accepted.put(delivery.outcome(), delivery.success()));
        OutcomeChanges changes = new OutcomeChanges(handle);
        changes.write(changes.lock(accepted.keySet()).values().stream()
                .map(record -> record.becomes(accepted.get(record.id()), record.detail(), record.failure()))
                .toList());
    }

    /** How many records would be written again without a change. */
    public long unchanged() {
        return scratch.query(handle ->
                handle.createQuery("""
                        select coalesce(sum(c.records), 0) from outcome_count c join outcome_kind k on k.id = c.kind
                        where c.run = (select id from run_number where run_id = :run) and k.outcome = 'duplicate' and not k.updated
                        """).bind("run", runId).mapTo(Long.class).one());
    }

    private static StoredOutcome success(ResultSet row) throws SQLException {
        return new StoredOutcome(
                row.getString("on_success"), row.getString("on_success_reason"), row.getBoolean("on_success_updated"));
    }

    /** How many deliveries of earlier runs also wait; they are sent whether the run follows or not. */
    public long waiting() {
        return scratch.query(handle -> handle.createQuery("select count(*) from delivery where run_id <> :run")
                .bind("run", runId)
                .mapTo(Long.class)
                .one());
    }

    /**
     * Records ordered by id, then those that accompany them.
     *
     * @param after the position after which the page starts; empty text for the first page
     * @param unchanged whether people are included who are on the list already and of whom nothing changes
     * @return at most that many records; none when there are no more
     */
    public List<PreviewRecord> after(String after, boolean unchanged, int max) {
        return scratch.query(handle -> {
            List<PreviewRecord> found = new ArrayList<>();
            if (!after.startsWith(DELIVERY)) {
                found.addAll(records(handle, after.isEmpty() ? "" : after.substring(RECORD.length()), unchanged, max));
            }
            if (found.size() < max) {
                long from = after.startsWith(DELIVERY) ? Long.parseLong(after.substring(DELIVERY.length())) : 0;
                found.addAll(companions(handle, from, max - found.size()));
            }
            return found;
        });
    }

    // Sorted as the index is, including its first column; otherwise a database sorts all following rows for each page.
    private List<PreviewRecord> records(Handle handle, String after, boolean unchanged, int max) {
        return handle.createQuery("""
                        select coalesce(p.address, o.address) as address, o.record_id, k.decision, k.outcome, k.reason,
                            k.updated, coalesce(o.detail, k.why) as detail, d.id, d.action, d.content, d.held_for, d.held_because,
                            l.name as list, m.content as former, coalesce(m.active, false) as on_list
                        from outcome o /* joined as written */ join outcome_kind k on k.id = o.kind
                        left join person p on p.id = o.person_id
                        left join delivery d on d.outcome_id = o.id
                        left join mailing_list l on l.id = d.list_id
                        left join list_member m on m.list_id = d.list_id and m.person_id = d.person_id
                        where o.run = (select id from run_number where run_id = :run) and o.record_id > :after
                          and (:unchanged or k.outcome <> 'duplicate' or k.updated)
                        order by o.run, o.record_id fetch first :max rows only
                        """)
                .bind("run", runId)
                .bind("after", after)
                .bind("unchanged", unchanged)
                .bind("max", max)
                .map((row, context) -> row(
                        row,
                        RECORD + row.getString("record_id"),
                        row.getString("decision"),
                        StoredOutcome.read(row),
                        Columns.optionalText(row, "detail").filter(why -> !why.isEmpty()),
                        true))
                .list();
    }

    private List<PreviewRecord> companions(Handle handle, long after, int max) {
        return handle.createQuery("""
                        select p.address, d.record_id, d.on_success, d.on_success_reason, d.on_success_updated,
                            d.id, d.action, d.content, d.held_for, d.held_because,
                            l.name as list, m.content as former, coalesce(m.active, false) as on_list
                        from delivery d
                        join person p on p.id = d.person_id
                        left join mailing_list l on l.id = d.list_id
                        left join list_member m on m.list_id = d.list_id and m.person_id = d.person_id
                        where d.run_id = :run and d.outcome_id is null and d.id > :after
                        order by d.id fetch first :max rows only
                        """)
                .bind("run", runId)
                .bind("after", after)
                .bind("max", max)
                .map(this::companion)
                .list();
    }

    private PreviewRecord companion(ResultSet row, StatementContext context) throws SQLException {
        StoredOutcome outcome = success(row);
        String because = row.getString("held_because");
        String why;
        if (Held.Cause.MOVED.word().equals(because)) {
            why = "The record has another address now.";
        } else if (Held.Cause.CONSENT_LOST.word().equals(because)) {
            why = "The record no longer allows mail.";
        } else if (row.getString("record_id").equals(Draft.NO_RECORD)) {
            why = "The person is on the list, and has refused.";
        } else {
            why = "The decision on the record applies to this address too.";
        }
        return row(row, DELIVERY + row.getLong("id"), Decision.SUPPRESS, outcome, Optional.of(why), false);
    }

    private static PreviewRecord row(
            ResultSet row,
            String position,
            String decision,
            StoredOutcome outcome,
            Optional<String> why,
            boolean counted)
            throws SQLException {
        Optional<String> action = Columns.optionalText(row, "action");
        String former = row.getString("former");
        boolean subscribes = action.filter(Action.SUBSCRIBE.word()::equals).isPresent();
        return new PreviewRecord(
                position,
                row.getString("record_id"),
                Columns.optionalText(row, "address"),
                decision,
                outcome.outcome(),
                why,
                action,
                Columns.optionalText(row, "list"),
                row.getString("held_for") != null,
                subscribes ? FieldChange.between(former, row.getString("content")) : List.of(),
                former != null || !row.getBoolean("on_list"),
                counted);
    }
}
