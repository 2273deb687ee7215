package io.consentbridge.decision;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.OutcomeChanges;
import io.consentbridge.store.OutcomeCounts;
import io.consentbridge.store.OutcomeKind;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.RunNumbers;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes what a page says of its records' outcomes, within the transaction of the page. */
final class PageOutcomes {

    private static final int DETAIL = 500;
    private static final int ADDRESS = 320;
    private static final int WORD = 100;

    private static final StoredOutcome DUPLICATE = StoredOutcome.of(new Outcome.Ignored(IgnoreReason.FILE_DUPLICATE));

    private final Handle handle;
    private final PageWrites page;
    private final Map<String, String> asked;
    private final long run;

    /** @param asked the fingerprint of the delivery that each record asks for */
    PageOutcomes(Handle handle, PageWrites page, Map<String, String> asked) {
        this.handle = handle;
        this.page = page;
        this.asked = asked;
        this.run = RunNumbers.of(handle, page.runId());
    }

    /** Returns the records that were counted before, and whether their delivery is under way or ended unchanged. */
    Map<String, Boolean> write(PersonNumbers people) {
        Map<String, RecordOutcome> last = new LinkedHashMap<>();
        page.outcomes().forEach(outcome -> last.put(outcome.recordId(), outcome));
        Map<String, Boolean> counted = counted(last);
        List<RecordOutcome> fresh = new ArrayList<>();
        List<RecordOutcome> anew = new ArrayList<>();
        last.forEach((id, outcome) -> {
            if (!counted.containsKey(id)) {
                fresh.add(outcome);
            } else if (!counted.get(id)) {
                anew.add(outcome);
            }
        });
        update(anew, people);
        insert(fresh, people);
        handle.createUpdate("update run set total = total + :more where id = :run")
                .bind("more", last.size() - counted.size())
                .bind("run", page.runId())
                .execute();
        return counted;
    }

    private Map<String, Boolean> counted(Map<String, RecordOutcome> outcomes) {
        Map<String, Boolean> counted = new HashMap<>();
        handle.createQuery("""
                        select o.record_id, o.fingerprint from unnest(:records) as wanted (id)
                        join outcome o on o.record_id = wanted.id and o.run = :run
                        where o.record_id is not null
                        """)
                .bind("run", run)
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

    private void update(List<RecordOutcome> anew, PersonNumbers people) {
        Map<String, Long> rows = rows(anew.stream().map(RecordOutcome::recordId).toList());
        OutcomeChanges changes = new OutcomeChanges(handle);
        Map<Long, OutcomeChanges.Stored> stored = changes.lock(rows.values());
        changes.write(anew.stream()
                .map(outcome -> stored.get(rows.get(outcome.recordId()))
                        .decided(
                                outcome.decision(),
                                StoredOutcome.of(outcome.outcome()),
                                detail(outcome),
                                unknownWord(outcome)))
                .toList());
        PreparedBatch update = handle.prepareBatch(
                "update outcome set person_id = :person, address = :address, fingerprint = :fingerprint where id = :id");
        anew.forEach(outcome -> update.bind("person", number(outcome, people))
                .bind("address", unusable(outcome))
                .bind("fingerprint", asked.get(outcome.recordId()))
                .bind("id", rows.get(outcome.recordId()))
                .add());
        update.execute();
    }

    /** The rows of these records that the run has counted. */
    private Map<String, Long> rows(Collection<String> recordIds) {
        Map<String, Long> rows = new HashMap<>();
        if (!recordIds.isEmpty()) {
            handle.createQuery("""
                            select o.record_id, o.id from unnest(:records) as wanted (id)
                            join outcome o on o.record_id = wanted.id and o.run = :run
                            where o.id is not null
                            """)
                    .bindArray("records", String.class, List.copyOf(recordIds))
                    .bind("run", run)
                    .map((row, context) -> rows.put(row.getString("record_id"), row.getLong("id")))
                    .list();
        }
        return rows;
    }

    private void insert(List<RecordOutcome> fresh, PersonNumbers people) {
        Map<RecordOutcome, OutcomeKind> kinds = new LinkedHashMap<>();
        fresh.forEach(outcome -> kinds.put(outcome, kind(outcome)));
        Map<OutcomeKind, Long> numbers = OutcomeKind.numbers(handle, kinds.values());
        BulkInsert.into("outcome", fresh)
                .number("run", run)
                .texts("record_id", RecordOutcome::recordId)
                .numbers("person_id", outcome -> number(outcome, people))
                .numbers("kind", outcome -> numbers.get(kinds.get(outcome)))
                .texts("detail", outcome -> kinds.get(outcome).own(detail(outcome)))
                .texts("address", PageOutcomes::unusable)
                .texts("fingerprint", outcome -> asked.get(outcome.recordId()))
                .texts("unknown_word", PageOutcomes::unknownWord)
                .execute(handle);
        OutcomeCounts counts = new OutcomeCounts(handle);
        kinds.forEach((outcome, kind) -> counts.add(run, numbers.get(kind), unknownWord(outcome), 1));
        counts.write();
    }

    /** Records that were counted earlier in the run, and that a newer record of their person replaces. */
    void duplicates() {
        Map<String, String> details = new LinkedHashMap<>();
        page.duplicates()
                .forEach(duplicate -> details.put(duplicate.recordId(), Columns.clip(duplicate.detail(), DETAIL)));
        OutcomeChanges changes = new OutcomeChanges(handle);
        Map<String, Long> rows = rows(details.keySet());
        Map<Long, OutcomeChanges.Stored> stored = changes.lock(rows.values());
        changes.write(rows.keySet().stream()
                .map(id -> {
                    OutcomeChanges.Stored outcome = stored.get(rows.get(id));
                    return outcome.becomes(DUPLICATE, details.get(id), outcome.failure());
                })
                .toList());
    }

    private static OutcomeKind kind(RecordOutcome outcome) {
        return OutcomeKind.of(outcome.decision(), StoredOutcome.of(outcome.outcome()), detail(outcome));
    }

    private static Long number(RecordOutcome outcome, PersonNumbers people) {
        return outcome.person().flatMap(people::find).orElse(null);
    }

    private static String unusable(RecordOutcome outcome) {
        return Columns.clip(outcome.unusable().orElse(null), ADDRESS);
    }

    private static String unknownWord(RecordOutcome outcome) {
        return Columns.clip(outcome.unknownWord().orElse(null), WORD);
    }

    private static String detail(RecordOutcome outcome) {
        return Columns.clip(outcome.detail().orElse(null), DETAIL);
    }
}
