package io.consentbridge.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
class PersonRowsIT {

    /** What the ledger destroys itself, and what an erasure is. */
    private static final Set<String> ELSEWHERE = Set.of("consent_ledger", "ledger_event", "ledger_subject", "erasure");

    private final TestDatabase engine;

    PersonRowsIT(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    @DisplayName("every table with a column that names a person is in an export and in an erasure")
    void everyTable() {
        try (Database database = engine.open()) {
            Set<String> tables = database.query(TestDatabase::columns).stream()
                    .filter(column -> column.endsWith("person_id") || column.endsWith("former_id"))
                    .map(column -> column.substring(0, column.indexOf('.')))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(Exports.tables())
                    .as("a new table that names a person needs a statement in HeldRows")
                    .containsAll(tables);
            tables.removeAll(ELSEWHERE);
            assertThat(StreamSupport.stream(PersonRows.tables().spliterator(), false))
                    .as("a new table that names a person needs a statement in PersonRows")
                    .containsAll(tables);
        }
    }

    @Test
    @DisplayName("what an erasure removes is in an export, and every table of both has words of its own")
    void words() {
        assertThat(Exports.tables()).containsAll(PersonRows.tables());
        Set<String> tables = new TreeSet<>(Exports.tables());

        assertThat(HeldData.tables()).as("tables with words in HeldData").isEqualTo(tables);
        assertThat(tables.stream().map(HeldData::words)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(tables);
    }
}
