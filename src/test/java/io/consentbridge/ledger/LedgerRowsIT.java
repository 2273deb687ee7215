package io.consentbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Events that are appended to the ledger, on every engine. */
@EveryEngine
class LedgerRowsIT {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.123456Z");
    private static final Person ANN = new Person("ann@c1.example.com");

    private final Database database;

    LedgerRowsIT(TestDatabase engine) {
        database = engine.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName("An event is there at once, with everything that was said of it")
    void appended() {
        database.change(handle -> LedgerRows.append(
                handle,
                List.of(
                        event(EventKind.GIVEN, "1", Map.of("how", "web", "byEmail", true), "because"),
                        event(EventKind.DELIVERED, "1", Map.of(), ""))));

        List<LedgerEntry> entries = new PersonLedger(database).of(ANN);

        assertThat(entries).extracting(LedgerEntry::event).containsExactly(EventKind.GIVEN, EventKind.DELIVERED);
        LedgerEntry first = entries.get(0);
        assertThat(first.sequence()).isEmpty();
        assertThat(first.person()).isEqualTo(ANN);
        assertThat(List.of(
                        first.connection(),
                        first.purpose(),
                        first.statementVersion(),
                        first.rule(),
                        first.source(),
                        first.sync(),
                        first.recordId(),
                        first.runId(),
                        first.decision(),
                        first.why()))
                .containsExactly("main", "news", "v1", "expressed", "crm", "leads", "1", "run-1", "deliver", "because");
        assertThat(first.evidence()).isEqualTo(Map.of("how", "web", "byEmail", true));
        assertThat(first.at()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("A page that is stored again appends nothing again, but what is new")
    void twice() {
        List<LedgerEvent> page = List.of(event(EventKind.GIVEN, "1", Map.of("how", "web"), "because"));
        append(page, Set.of());
        append(page, Set.of("1"));
        assertThat(new PersonLedger(database).of(ANN)).hasSize(1);

        append(List.of(event(EventKind.GIVEN, "1", Map.of("how", "mail"), "because")), Set.of("1"));
        assertThat(new PersonLedger(database).of(ANN)).hasSize(2);
    }

    @Test
    @DisplayName("An event of no person is appended too, and a source is one of six words")
    void refused() {
        assertThatThrownBy(() -> operator("ann")).hasMessage("no event has the source ann");
        database.change(handle -> LedgerRows.append(handle, List.of(operator(LedgerEvent.OPERATOR))));
        assertThat(database.<Integer>query(
                        handle -> handle.select("select count(*) from ledger_event where person_id is null")
                                .mapTo(Integer.class)
                                .one()))
                .isEqualTo(1);
    }

    private void append(List<LedgerEvent> page, Set<String> recounted) {
        database.change(
                handle -> LedgerRows.append(handle, "run-1", page, PersonNumbers.of(handle, List.of(ANN)), recounted));
    }

    private static LedgerEvent event(EventKind kind, String record, Map<String, Object> evidence, String why) {
        return new LedgerEvent(
                kind,
                ANN,
                "main",
                "news",
                "v1",
                "expressed",
                LedgerEvent.CRM,
                Map.of("basis", "obtained"),
                record,
                "run-1",
                evidence,
                NOW,
                new LedgerEvent.Told("leads", "deliver", why));
    }

    private static LedgerEvent operator(String source) {
        return new LedgerEvent(EventKind.ROTATED, null, "", "", "", "", source, Map.of(), "", "", Map.of(), NOW);
    }
}
