package io.consentbridge.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EveryEngine
@DisplayName(
        "SettledRowsIT: updates of CRM records and starts of workflows are deleted some time after they were settled")
class SettledRowsIT {

    private static final Instant BEFORE = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<String> STATES = List.of("done", "gone", "pending", "dead-lettered");

    private final TestDatabase engine;
    private Database database;

    SettledRowsIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        database.change(handle -> {
            for (String state : STATES) {
                for (Instant at : List.of(BEFORE.minusSeconds(1), BEFORE)) {
                    String name = state + at.getEpochSecond();
                    handle.execute(
                            "insert into record_update (connection, module, record_id, state, fields, because, settled_at)"
                                    + " values ('main', 'Leads', ?, ?, '{}', '', ?)",
                            name,
                            state,
                            at);
                    handle.execute(
                            "insert into workflow_start (connection, workflow, trigger_key, list_id, person_id, purpose, state,"
                                    + " settled_at) values ('main', ?, 't', 1, 1, 'news', ?, ?)",
                            name,
                            state,
                            at);
                }
            }
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName("an update whose record became another person's is deleted like one that was done")
    void superseded() {
        database.change(handle -> handle.execute("update record_update set state = 'superseded' where state = 'gone'"));

        assertThat(new SettledRows(database).deleteUpdates(BEFORE)).isEqualTo(2);
    }

    private List<String> states(String table) {
        return database.query(handle -> handle.createQuery("select state from " + table + " order by id")
                .mapTo(String.class)
                .list());
    }

    @Test
    @DisplayName(
            "what was done or had nobody to go to long ago is deleted; what is pending, a dead letter or young stays")
    void deleted() {
        SettledRows rows = new SettledRows(database);

        assertThat(rows.deleteUpdates(BEFORE)).isEqualTo(2);
        assertThat(rows.deleteStarts(BEFORE)).isEqualTo(2);

        List<String> left = List.of("done", "gone", "pending", "pending", "dead-lettered", "dead-lettered");
        assertThat(states("record_update")).isEqualTo(left);
        assertThat(states("workflow_start")).isEqualTo(left);
        assertThat(rows.deleteUpdates(BEFORE) + rows.deleteStarts(BEFORE)).isZero();
    }
}
