package io.consentbridge.ledger;

import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.RunNumbers;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Appends events to the ledger. Appending needs no key: sequencing seals what is appended, soon afterwards.
 */
public final class LedgerRows {

    private LedgerRows() {}

    /** Appends the events, in their order, within the transaction that makes them true. */
    public static void append(Handle handle, Collection<LedgerEvent> events) {
        if (!events.isEmpty()) {
            insert(
                    handle,
                    List.copyOf(events),
                    PersonNumbers.of(
                            handle,
                            events.stream()
                                    .map(LedgerEvent::person)
                                    .filter(Objects::nonNull)
                                    .toList()));
        }
    }

    /**
     * Appends the events like {@link #append(Handle, Collection)}, of people whose numbers are known.
     *
     * @param people the numbers of at least their people
     */
    public static void append(Handle handle, List<LedgerEvent> events, PersonNumbers people) {
        insert(handle, events, people);
    }

    /**
     * Appends the decisions of a run.
     *
     * @param people the numbers of at least their people
     * @param recounted records that this run has counted before; a decision that the run has already appended for them is
     *     not appended again
     */
    public static void append(
            Handle handle, String runId, List<LedgerEvent> events, PersonNumbers people, Set<String> recounted) {
        List<LedgerEvent> again = events.stream()
                .filter(event -> recounted.contains(event.recordId()))
                .toList();
        if (again.isEmpty()) {
            insert(handle, events, people);
            return;
        }
        Set<Said> said = said(handle, runId, again, people);
        insert(handle, events.stream().filter(event -> said.add(Said.of(event))).toList(), people);
    }

    private static void insert(Handle handle, List<LedgerEvent> appended, PersonNumbers people) {
        if (appended.isEmpty()) {
            return;
        }
        List<LedgerEvent> events = Standing.withdrawn(handle, appended, people);
        List<LedgerKind> kinds = events.stream().map(LedgerKind::of).toList();
        Map<LedgerKind, Long> numbers = LedgerKind.numbers(handle, kinds);
        RunNumbers runs = RunNumbers.of(
                handle,
                events.stream()
                        .map(LedgerEvent::runId)
                        .filter(run -> !run.isEmpty())
                        .distinct()
                        .toList());
        BulkInsert.into("ledger_event", events)
                .numbers("kind", event -> numbers.get(LedgerKind.of(event)))
                .numbers("person_id", event -> event.person() == null ? null : people.of(event.person()))
                .texts("record_id", event -> event.recordId().isEmpty() ? null : event.recordId())
                .numbers("run", event -> event.runId().isEmpty() ? null : runs.of(event.runId()))
                .times("happened_at", LedgerEvent::at)
                .texts("evidence", LedgerRows::evidence)
                .execute(handle);
    }

    private static String evidence(LedgerEvent event) {
        return event.evidence().isEmpty() ? null : JsonText.of(event.evidence());
    }

    /** What a run has said of a record, as far as it can be compared. */
    private record Said(
            String recordId, String event, String purpose, String rule, String decision, String why, String evidence) {

        static Said of(LedgerEvent event) {
            return new Said(
                    event.recordId(),
                    event.event().word(),
                    event.purpose(),
                    event.rule(),
                    event.told().decision(),
                    event.told().why(),
                    LedgerRows.evidence(event));
        }

        String of() {
            return recordId + " " + purpose;
        }
    }

    /** The latest event of this run for each of these records and its purpose; sealed evidence equals none. */
    private static Set<Said> said(Handle handle, String runId, List<LedgerEvent> events, PersonNumbers numbers) {
        Map<String, Said> last = new LinkedHashMap<>();
        handle.createQuery("""
                        select said.record_id, k.event, k.purpose, k.rule, k.decision, k.why, said.evidence
                        from (
                            select 0 as stage, e.id, e.kind, e.record_id,
                                case when e.sealed is null then null else '' end as evidence
                            from unnest(:people) as wanted (id) join ledger_subject s on s.person_id = wanted.id
                            join ledger_entry e on e.subject = s.id and e.run = :run
                            union all
                            select 1, v.id, v.kind, v.record_id, v.evidence
                            from unnest(:people) as wanted (id) join ledger_event v on v.person_id = wanted.id and v.run = :run
                        ) as said
                        join ledger_kind k on k.id = said.kind order by said.stage, said.id
                        """)
                .bindArray(
                        "people",
                        Long.class,
                        events.stream()
                                .map(event -> numbers.of(event.person()))
                                .distinct()
                                .toList())
                .bind("run", RunNumbers.of(handle, runId))
                .map((row, context) -> new Said(
                        row.getString("record_id"),
                        row.getString("event"),
                        row.getString("purpose"),
                        row.getString("rule"),
                        row.getString("decision"),
                        row.getString("why"),
                        row.getString("evidence")))
                .forEach(row -> last.put(row.of(), row));
        return new HashSet<>(last.values());
    }
}
