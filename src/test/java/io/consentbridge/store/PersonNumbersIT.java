package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The numbers of people. */
@EveryEngine
class PersonNumbersIT {

    private static final Person ZOE = new Person("zoe@example.com");
    private static final Instant TIME = Instant.parse("2026-11-22T09:00:00.123456Z");
    private static final Person ANNA = new Person("anna@example.com");

    private final TestDatabase engine;

    PersonNumbersIT(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    @DisplayName(
            "People who are met together get numbers that follow each other, after those of everybody before, and keep them")
    void order() {
        try (Database database = engine.open()) {
            PersonNumbers first = numbers(database, List.of(ZOE, ANNA, ZOE));
            assertThat(first.all()).hasSize(2);
            assertThat(first.all().get(1)).isEqualTo(first.all().get(0) + 1);
            PersonNumbers again = numbers(database, List.of(ANNA, new Person(" ZOE@example.com")));
            assertThat(again.all()).isEqualTo(first.all());
            assertThat(again.person(first.of(ZOE))).isEqualTo(ZOE);
        }
    }

    @Test
    @DisplayName("Looking up a person assigns no number")
    void known() {
        try (Database database = engine.open()) {
            numbers(database, List.of(ZOE));
            PersonNumbers known = database.query(handle -> PersonNumbers.known(handle, List.of(ANNA, ZOE)));
            assertThat(known.find(ANNA)).isEmpty();
            assertThat(known.find(ZOE)).isPresent();
            assertThat(numbers(database, List.of(ANNA)).of(ANNA)).isGreaterThan(known.of(ZOE));
        }
    }

    @Test
    @DisplayName("A text too long for an address has no number and disturbs nobody; a NUL is not stored")
    void impossible() {
        Person tooLong = new Person("a".repeat(320) + "@example.com");
        Person nul = new Person("a\0@example.com");
        try (Database database = engine.open()) {
            PersonNumbers numbers = numbers(database, List.of(tooLong, ANNA));
            assertThat(numbers.find(tooLong)).isEmpty();
            assertThat(numbers.find(ANNA)).isPresent();
            assertThat(numbers(database, List.of(nul)).find(new Person("a@example.com")))
                    .isPresent();
        }
    }

    @Test
    @DisplayName("Two processes that meet the same people at once use the same numbers for them")
    void atOnce() {
        List<Person> people = IntStream.range(0, 500)
                .mapToObj(i -> new Person("p" + i + "@example.com"))
                .toList();
        List<Person> reversed = new ArrayList<>(people);
        Collections.reverse(reversed);
        try (Database database = engine.open()) {
            var one = CompletableFuture.supplyAsync(() -> numbers(database, people));
            var other = CompletableFuture.supplyAsync(() -> numbers(database, reversed));
            assertThat(one.join().all()).hasSize(500).isEqualTo(other.join().all());
        }
    }

    @Test
    @DisplayName("Many rows are inserted with one statement, with null for missing values")
    void bulk() {
        try (Database database = engine.open()) {
            database.change(handle -> BulkInsert.into("source_record", List.of("1", "2"))
                    .text("sync", "leads")
                    .texts("record_id", id -> id)
                    .numbers("person_id", id -> id.equals("1") ? 7L : null)
                    .times("modified_at", id -> TIME)
                    .flags("settled", "1"::equals)
                    .texts("decision", id -> "deliver")
                    .texts("evidence", id -> id.equals("2") ? "{\"said\": \"Zoë\"}" : null)
                    .execute(handle));
            List<String> rows = database.query(handle -> handle.createQuery(
                            "select record_id, person_id, modified_at, settled, evidence from source_record order by record_id")
                    .map((row, context) -> row.getString(1) + " " + row.getObject(2) + " "
                            + Columns.instant(row, "modified_at") + " " + row.getBoolean(4) + " " + row.getString(5))
                    .list());
            assertThat(rows)
                    .containsExactly("1 7 " + TIME + " true null", "2 null " + TIME + " false {\"said\": \"Zoë\"}");
        }
    }

    private static PersonNumbers numbers(Database database, List<Person> people) {
        return database.transaction(handle -> PersonNumbers.of(handle, people));
    }
}
