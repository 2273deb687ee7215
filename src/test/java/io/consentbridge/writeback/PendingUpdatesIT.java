package io.consentbridge.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Claims of updates and their settlement, on every engine and by several nodes. */
@EveryEngine
class PendingUpdatesIT {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final Instant LEASE = NOW.plusSeconds(300);

    private final TestDatabase engine;
    private Database database;
    private PendingUpdates one;
    private PendingUpdates other;

    PendingUpdatesIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
        one = new PendingUpdates(database, "one");
        other = new PendingUpdates(database, "other");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void enqueue(String record, String field, String value) {
        database.change(handle -> RecordUpdates.enqueue(
                handle, List.of(new RecordUpdate("main", "Leads", record, Map.of(field, value), "confirmed"))));
    }

    private List<ClaimedUpdate> claim(PendingUpdates by, Instant now) {
        return by.claim("main", "Leads", 100, now, now.plusSeconds(300));
    }

    private String state(String record) {
        return database.query(handle -> handle.createQuery("select state from record_update where record_id = :record")
                .bind("record", record)
                .mapTo(String.class)
                .one());
    }

    @Test
    @DisplayName("A module is due while one of its updates is, and nobody has claimed that")
    void due() {
        enqueue("1", "A", "x");
        assertThat(one.moduleDue("main", NOW)).hasValue("Leads");
        assertThat(one.moduleDue("elsewhere", NOW)).isEmpty();

        claim(one, NOW);

        assertThat(other.moduleDue("main", NOW)).isEmpty();
        assertThat(other.moduleDue("main", LEASE)).hasValue("Leads");
    }

    @Test
    @DisplayName("An update that merges in while its record is being written is written with the next call")
    void overtaken() {
        enqueue("1", "A", "x");
        List<ClaimedUpdate> claimed = claim(one, NOW);
        enqueue("1", "B", "y");
        assertThat(claim(other, NOW)).isEmpty();
        one.settle(List.of(new UpdateSettlement.Written(claimed.get(0), null)), NOW);

        assertThat(state("1")).isEqualTo("pending");
        assertThat(claim(one, NOW))
                .singleElement()
                .satisfies(update -> assertThat(update.fields()).isEqualTo(Map.of("A", "x", "B", "y")));
    }

    @Test
    @DisplayName("What is to be written by itself is claimed by itself, and in its turn")
    void alone() {
        IntStream.range(0, 3).forEach(i -> enqueue("r" + i, "A", "x"));
        List<ClaimedUpdate> all = claim(one, NOW);
        one.settle(
                List.of(
                        new UpdateSettlement.Released(all.get(0), "why", true, null),
                        new UpdateSettlement.Released(all.get(1), null, false, null),
                        new UpdateSettlement.Postponed(all.get(2), "RECORD_LOCKED", "locked", LEASE)),
                NOW);

        assertThat(claim(one, NOW)).extracting(ClaimedUpdate::recordId).containsExactly("r0");
        assertThat(claim(one, NOW)).extracting(ClaimedUpdate::recordId).containsExactly("r1");
        assertThat(claim(one, NOW)).isEmpty();
        assertThat(claim(other, LEASE))
                .as("the leases of the others have ended as well")
                .extracting(ClaimedUpdate::recordId)
                .containsExactly("r0");
        assertThat(claim(other, LEASE)).extracting(ClaimedUpdate::rounds).containsExactly(0, 1);
    }

    @Test
    @DisplayName("A settled update keeps the names of its fields and not their values")
    void withoutValues() {
        enqueue("1", "A", "secret");
        one.settle(List.of(new UpdateSettlement.Written(claim(one, NOW).get(0), "A is cut")), NOW);

        String fields = database.query(handle -> handle.createQuery("select fields from record_update")
                .mapTo(String.class)
                .one());
        assertThat(fields).contains("A").doesNotContain("secret");
        assertThat(state("1")).isEqualTo("done");
        assertThat(claim(one, NOW)).isEmpty();
    }
}
