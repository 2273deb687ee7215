package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.outbox.Suppressions;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes one page, within a transaction. */
final class Committing {

    private static final int DETAIL = 500;

    private final Handle handle;
    private final PageCommit page;
    private final Instant now;
    private final Map<String, String> asked = new HashMap<>();

    Committing(Handle handle, PageCommit page, Instant now) {
        this.handle = handle;
        this.page = page;
        this.now = now;
        page.drafts().forEach(draft -> asked.put(draft.recordId(), draft.fingerprint()));
    }

    void commit(Outbox outbox, Suppressions suppressions) {
        keepLease();
        PersonNumbers people = PersonNumbers.of(handle, page.people());
        SourceRows.forget(handle, page.sync(), page.forgotten());
        SourceRows.write(handle, page.sync(), page.records(), people);
        suppressions.replace(handle, page.connection(), page.origins(), page.suppressions());
        // Before this page's outcomes, which may name somebody else, take the place of those that waited.
        outbox.withdraw(handle, page.sync(), withoutDraft(), page.runId());
        Map<String, Boolean> counted = outcomes(people);
        duplicates();
        outbox.enqueue(handle, drafts(counted));
        outbox.expelJustSubscribed(handle, page.connection(), page.suppressions(), asksToLeave(), page.runId());
        LedgerRows.write(handle, page, people, counted.keySet());
        page.progress().ifPresent(progress -> CursorRows.save(handle, page.sync(), progress));
    }

    private Set<Person> asksToLeave() {
        return page.drafts().stream()
                .filter(draft -> draft.action() != Action.SUBSCRIBE)
                .map(Draft::person)
                .collect(Collectors.toSet());
    }

    private void keepLease() {
        int ours = handle.createUpdate("""
                        update run set lease_until = :lease, calls_accounts = calls_accounts + :accounts,
                            calls_crm = calls_crm + :crm, calls_campaigns = calls_campaigns + :campaigns
                        where id = :run and node = :node and state = 'reading'
                        """)
                .bind("lease", now.plus(page.lease()))
                .bind("accounts", page.calls().accounts())
                .bind("crm", page.calls().crm())
                .bind("campaigns", page.calls().campaigns())
                .bind("run", page.runId())
                .bind("node", page.node())
                .execute();
        if (ours == 0) {
            throw new LeaseLost(page.runId());
        }
    }

    /** Returns the records that were counted before, and whether their delivery is under way or ended as it is. */
    private Map<String, Boolean> outcomes(PersonNumbers people) {
        Map<String, RecordOutcome> last = new LinkedHashMap<>();
        page.outcomes().forEach(outcome -> last.put(outcome.recordId(), outcome));
        Map<String, Boolean> counted = counted(last);
        PreparedBatch update = handle.prepareBatch("""
                update outcome
                set person_id = :person, decision = :decision, outcome = :outcome, reason = :reason, updated = :updated,
                    detail = :detail, fingerprint = :fingerprint
                where run_id = :run and record_id = :record
                """);
        PreparedBatch insert = handle.prepareBatch("""
                insert into outcome (run_id, record_id, person_id, decision, outcome, reason, updated, detail, fingerprint)
                values (:run, :record, :person, :decision, :outcome, :reason, :updated, :detail, :fingerprint)
                """);
        last.forEach((id, outcome) -> {
            Boolean settled = counted.get(id);
            if (settled == null || !settled) {
                bind(settled == null ? insert : update, outcome, people);
            }
        });
        update.execute();
        insert.execute();
        handle.createUpdate("update run set total = total + :more where id = :run")
                .bind("more", last.size() - counted.size())
                .bind("run", page.runId())
                .execute();
        return counted;
    }

    private Map<String, Boolean> counted(Map<String, RecordOutcome> outcomes) {
        Map<String, Boolean> counted = new HashMap<>();
        handle.createQuery("""
                        select o.record_id, o.fingerprint from unnest(cast(:records as varchar array)) as wanted (id)
                        left join outcome o on o.record_id = wanted.id and o.run_id = :run
                        where o.record_id is not null
                        """)
                .bind("run", page.runId())
                .bindArray("records", String.class, List.copyOf(outcomes.keySet()))
                .map((row, context) -> {
                    String id = row.getString("record_id");
                    String before = row.getString("fingerprint");
                    boolean same = outcomes.get(id).outcome() instanceof Outcome.Pending
                            && before != null
                            && before.equals(asked.get(id));
                    return counted.put(id, same);
                })
                .list();
        return counted;
    }

    private void bind(PreparedBatch batch, RecordOutcome outcome, PersonNumbers people) {
        StoredOutcome stored = StoredOutcome.of(outcome.outcome());
        batch.bind("run", page.runId())
                .bind("record", outcome.recordId())
                .bind("person", outcome.person().flatMap(people::find).orElse(null))
                .bind("decision", outcome.decision())
                .bind("outcome", stored.word())
                .bind("reason", stored.reason())
                .bind("updated", stored.updated())
                .bind("detail", Columns.clip(outcome.detail().orElse(null), DETAIL))
                .bind("fingerprint", asked.get(outcome.recordId()))
                .add();
    }

    private void duplicates() {
        PreparedBatch update = handle.prepareBatch("""
                update outcome set outcome = 'ignored', reason = 'file-duplicate', updated = false, detail = :detail
                where run_id = :run and record_id = :record
                """);
        page.duplicates()
                .forEach(duplicate -> update.bind("detail", Columns.clip(duplicate.detail(), DETAIL))
                        .bind("run", page.runId())
                        .bind("record", duplicate.recordId())
                        .add());
        update.execute();
    }

    /** Records that ask for no delivery now; whatever an earlier reading asked for in their name is out of date. */
    private Set<String> withoutDraft() {
        Set<String> without =
                page.outcomes().stream().map(RecordOutcome::recordId).collect(Collectors.toSet());
        without.addAll(page.forgotten());
        without.removeAll(asked.keySet());
        return without;
    }

    private List<Draft> drafts(Map<String, Boolean> counted) {
        return page.drafts().stream()
                .filter(draft -> !counted.getOrDefault(draft.recordId(), false))
                .toList();
    }
}
