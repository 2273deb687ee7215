package io.consentbridge.writeback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Updates of CRM records that are taken in, on every engine. */
@EveryEngine
class RecordUpdatesIT {

    private static final Instant CONFIRMED = Instant.parse("2026-11-28T10:15:30Z");

    private final TestDatabase engine;
    private Database database;

    RecordUpdatesIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static RecordUpdate update(String record, Map<String, Object> fields) {
        return new RecordUpdate("main", "Leads", record, fields, "confirmed");
    }

    private void enqueue(RecordUpdate... updates) {
        database.change(handle -> RecordUpdates.enqueue(handle, List.of(updates)));
    }

    private List<Map<String, Object>> fields() {
        return database.query(handle -> handle.createQuery(
                        "select fields from record_update where state = 'pending' order by record_id")
                .mapTo(String.class)
                .map(FieldValues::read)
                .list());
    }

    private void becomes(String state) {
        database.change(handle -> handle.createUpdate("update record_update set state = :state, rounds = 2, code = 'X'")
                .bind("state", state)
                .execute());
    }

    @Test
    @DisplayName("Each record has one pending update; a later one of it merges, and a time stays a time")
    void merges() {
        enqueue(update("1", Map.of("Confirmed_On", CONFIRMED, "Statement", "v1")), update("2", Map.of("A", "x")));
        enqueue(update("1", Map.of("Statement", "v2", "Language", "de")));

        assertThat(fields())
                .containsExactly(
                        Map.of("Confirmed_On", CONFIRMED, "Statement", "v2", "Language", "de"), Map.of("A", "x"));
    }

    @Test
    @DisplayName("Two updates of one record in one call merge, as do modules and connections not")
    void mergesWithinACall() {
        enqueue(
                update("1", Map.of("A", "x")),
                update("1", Map.of("B", "y")),
                new RecordUpdate("main", "Contacts", "1", Map.of("C", "z"), "confirmed"),
                new RecordUpdate("other", "Leads", "1", Map.of("D", "z"), "confirmed"));

        assertThat(fields()).containsExactlyInAnyOrder(Map.of("A", "x", "B", "y"), Map.of("C", "z"), Map.of("D", "z"));
    }

    @Test
    @DisplayName("Merging never takes a yes back")
    void monotone() {
        enqueue(update("1", Map.of("Email_Opt_Out", true, "Wants_News", true)));
        enqueue(update("1", Map.of("Wants_News", false)));

        assertThat(fields()).containsExactly(Map.of("Email_Opt_Out", true, "Wants_News", true));
    }

    @Test
    @DisplayName("No update takes a refusal back or changes whose record it is")
    void neverARefusal() {
        for (Map<String, Object> forbidden : List.<Map<String, Object>>of(
                Map.of("Email_Opt_Out", false),
                Map.of("Email_Opt_Out", "false"),
                Map.of("Email", "other@example.com"),
                Map.of("Unsubscribed_Time", ""),
                Map.of("Data_Processing_Basis", "Consent"),
                Map.of("id", "2"))) {
            assertThatThrownBy(() -> update("1", forbidden)).isInstanceOf(ConsentBreach.class);
        }
        assertThatThrownBy(() -> update("1", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> update("1", Map.of("A", List.of()))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("What is done is not written again with a later update; what was dead-lettered is tried again with it")
    void afterTheEnd() {
        enqueue(update("1", Map.of("A", "x")));
        becomes("done");
        enqueue(update("1", Map.of("B", "y")));
        assertThat(fields()).containsExactly(Map.of("B", "y"));

        becomes("dead-lettered");
        enqueue(update("1", Map.of("C", "z")));
        assertThat(fields()).containsExactly(Map.of("B", "y", "C", "z"));
        assertThat(database.<Integer>query(handle -> handle.createQuery(
                                "select count(*) from record_update where rounds = 0 and code is null")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(1);
    }

    private static RecordUpdate of(String person, String field) {
        return new RecordUpdate("main", "Leads", "1", Optional.of(new Person(person)), Map.of(field, "x"), "confirmed");
    }

    private List<String> people() {
        return database.query(
                handle -> handle.createQuery("""
                        select p.address from record_update u join person p on p.id = u.person_id
                        """).mapTo(String.class).list());
    }

    @Test
    @DisplayName(
            "An update about another person takes the place of the one that waits, which would not be written any more")
    void anotherPerson() {
        enqueue(of("ann@example.com", "A"), of("Ann@example.com", "B"));
        assertThat(fields()).containsExactly(Map.of("A", "x", "B", "x"));
        assertThat(people()).containsExactly("ann@example.com");

        enqueue(of("bob@example.com", "C"));
        assertThat(fields()).containsExactly(Map.of("C", "x"));
        assertThat(people()).containsExactly("bob@example.com");

        enqueue(update("1", Map.of("D", "x")));
        assertThat(fields()).as("about the record and no person").containsExactly(Map.of("C", "x", "D", "x"));
        assertThat(people()).containsExactly("bob@example.com");

        becomes("superseded");
        enqueue(update("1", Map.of("E", "x")));
        assertThat(fields()).containsExactly(Map.of("E", "x"));
        assertThat(people()).isEmpty();

        enqueue(of("ann@example.com", "F"), of("bob@example.com", "G"));
        assertThat(fields()).containsExactly(Map.of("E", "x", "G", "x"));
        assertThat(people()).containsExactly("bob@example.com");
    }

    @Test
    @DisplayName("Updates of one record from many threads all arrive in its one row")
    void atOnce() throws Exception {
        int threads = 4;
        CountDownLatch start = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(number -> pool.submit(() -> {
                        start.countDown();
                        start.await();
                        for (int i = 0; i < 10; i++) {
                            enqueue(
                                    update("2", Map.of("F" + number + "_" + i, "x")),
                                    update("1", Map.of("F" + number + "_" + i, "x")));
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> each : all) {
                each.get(1, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(fields()).hasSize(2).allSatisfy(merged -> assertThat(merged).hasSize(40));
    }
}
