package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.consent.AddressForm;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** People who were stored under an earlier form of addresses. */
@EveryEngine
class RekeyingIT {

    private static final String OLD = "anna@bücher.example";
    private static final String FORM = "anna@xn--bcher-kva.example";

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final TestDatabase engine;

    RekeyingIT(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    @DisplayName("People are stored again at the start, once, and keep their number")
    void rekeyed() {
        String url = engine.fresh();
        try (Database database = engine.reopen(url)) {
            database.change(handle -> {
                person(handle, 1, OLD);
                person(handle, 2, "carl\u200b@example.com");
                person(handle, 3, "zoe@example.com");
                asOfOld(handle);
            });
        }
        try (Database database = engine.reopen(url)) {
            assertThat(people(database)).containsExactly("1 " + FORM, "2 carl@example.com", "3 zoe@example.com");
            assertThat(texts(database, "select cast(version as varchar) from person_form"))
                    .containsExactly(String.valueOf(AddressForm.VERSION));
            database.change(handle -> person(handle, 4, "later\u200b@example.com"));
        }
        try (Database database = engine.reopen(url)) {
            assertThat(people(database)).contains("4 later\u200b@example.com");
        }
    }

    @Test
    @DisplayName("Two entries that turn out to be one person keep every refusal and all data of both")
    void merged() {
        String url = engine.fresh();
        try (Database database = engine.reopen(url)) {
            database.change(handle -> {
                person(handle, 1, OLD);
                person(handle, 2, FORM);
                person(handle, 3, "former@example.com");
                // Of one origin: the earlier time and the refusal, not the bounce; of others: all.
                suppression(handle, 1, 5, "campaigns", "opted-out", "2026-01-02T00:00:00Z");
                suppression(handle, 2, 5, "campaigns", "bounced", "2026-01-01T00:00:00Z");
                suppression(handle, 1, 0, "crm:Leads:7", "opted-out", "2026-01-03T00:00:00Z");
                suppression(handle, 2, 6, "campaigns", "opted-out", "2026-01-04T00:00:00Z");
                former(handle, 1, 3, "r1");
                former(handle, 2, 3, "r1");
                former(handle, 1, 2, "r2");
                former(handle, 3, 1, "r3");
                former(handle, 3, 2, "r3");
                member(handle, 5, 1, true, true, "f1");
                member(handle, 5, 2, false, false, "f2");
                member(handle, 6, 1, true, false, "f3");
                for (int person = 1; person <= 2; person++) {
                    handle.execute(
                            "insert into listed_as (list_id, person_id, spelling, active) values (5, ?, ?, true)",
                            person,
                            "an\u200bna@b\u00fccher.example");
                }
                handle.execute("""
                        insert into source_record (sync, record_id, person_id, modified_at, settled, decision)
                        values ('leads', '1', 1, ?, true, 'deliver')
                        """, TIME);
                asOfOld(handle);
            });
        }
        try (Database database = engine.reopen(url)) {
            assertThat(people(database)).containsExactly("2 " + FORM, "3 former@example.com");
            List<String> refusals = database.query(handle -> handle.createQuery(
                            "select person_id, list_id, origin, reason, since from suppression order by list_id")
                    .map((row, context) -> row.getLong(1) + " " + row.getLong(2) + " " + row.getString(3) + " "
                            + row.getString(4) + " "
                            + Columns.instant(row, "since")
                                    .atZone(ZoneOffset.UTC)
                                    .getDayOfMonth())
                    .list());
            assertThat(refusals)
                    .containsExactly(
                            "2 0 crm:Leads:7 opted-out 3", "2 5 campaigns opted-out 1", "2 6 campaigns opted-out 4");
            assertThat(texts(database, """
                            select person_id || ' ' || former_id || ' ' || record_id from former_address order by record_id
                            """)).containsExactly("2 3 r1", "3 2 r3");
            assertThat(texts(database, """
                            select person_id || ' ' || list_id || ' ' || case when active then 'true' else 'false' end || ' ' || case when taken_off then 'true' else 'false' end || ' ' || fingerprint
                            from list_member order by list_id
                            """)).containsExactly("2 5 true false f1", "2 6 true false f3");
            assertThat(texts(database, """
                            select person_id || ' ' || list_id || ' ' || spelling || ' ' || case when active then 'true' else 'false' end
                            from listed_as order by list_id, spelling
                            """))
                    .as("Campaigns has the contacts under the spellings that were delivered")
                    .containsExactlyInAnyOrder(
                            "2 5 " + OLD + " true",
                            "2 5 " + FORM + " false",
                            "2 5 an\u200bna@b\u00fccher.example true",
                            "2 6 " + OLD + " true");
            assertThat(texts(database, "select cast(person_id as varchar) from source_record"))
                    .containsExactly("2");
        }
    }

    @Test
    @DisplayName(
            "One of two deliveries to one list stays, the one that removes the person, and the other's record is counted")
    void deliveries() {
        String url = engine.fresh();
        try (Database database = engine.reopen(url)) {
            database.change(handle -> {
                person(handle, 1, OLD);
                person(handle, 2, FORM);
                delivery(handle, 5, 1, "unsubscribe", "r1");
                delivery(handle, 5, 2, "subscribe", "r2");
                delivery(handle, 6, 1, "subscribe", "r3");
                deadLetter(handle, 1, "do-not-mail");
                deadLetter(handle, 2, "subscribe");
                asOfOld(handle);
            });
        }
        try (Database database = engine.reopen(url)) {
            assertThat(texts(
                            database,
                            "select person_id || ' ' || list_id || ' ' || action from delivery order by list_id"))
                    .containsExactly("2 5 unsubscribe", "2 6 subscribe");
            assertThat(texts(database, "select person_id || ' ' || action from dead_letter"))
                    .containsExactly("2 do-not-mail");
            assertThat(texts(database, """
                            select o.record_id || ' ' || k.outcome || ' ' || coalesce(k.reason || ', ' || o.detail, '')
                            from outcome o join outcome_kind k on k.id = o.kind order by o.record_id
                            """))
                    .containsExactly(
                            "r1 pending ", "r2 ignored file-duplicate, the same person as record r1", "r3 pending ");
            CountedOutcomes.requireExact(database);
        }
    }

    @Test
    @DisplayName("A failure in the middle is rolled back completely, and the next start repeats the work")
    void undone() {
        String url = engine.fresh();
        try (Database database = engine.reopen(url)) {
            database.change(handle -> {
                person(handle, 1, OLD);
                person(handle, 2, "carl\u200b@example.com");
                asOfOld(handle);
            });
            assertThatThrownBy(() -> database.change(handle -> {
                        Rekeying.run(handle);
                        throw new IllegalStateException("killed");
                    }))
                    .hasMessage("killed");
            assertThat(people(database)).containsExactly("1 " + OLD, "2 carl\u200b@example.com");
        }
        try (Database database = engine.reopen(url)) {
            assertThat(people(database)).containsExactly("1 " + FORM, "2 carl@example.com");
        }
    }

    @Test
    @DisplayName("Two processes that start at once do it once")
    void atOnce() {
        try (Database database = engine.open()) {
            database.change(handle -> {
                person(handle, 1, OLD);
                person(handle, 2, FORM);
                asOfOld(handle);
            });
            var one = CompletableFuture.runAsync(() -> database.change(Rekeying::run));
            var other = CompletableFuture.runAsync(() -> database.change(Rekeying::run));
            one.join();
            other.join();
            assertThat(people(database)).containsExactly("2 " + FORM);
        }
    }

    @Test
    @DisplayName("Of a reaction of two entries that are one person, the newer one stays, and every other one too")
    void reactions() {
        String url = engine.fresh();
        try (Database database = engine.reopen(url)) {
            database.change(handle -> {
                person(handle, 1, OLD);
                person(handle, 2, FORM);
                reaction(handle, 1, 1, "sent");
                reaction(handle, 2, 2, "sent");
                reaction(handle, 3, 2, "clicked");
                reaction(handle, 4, 1, "clicked");
                reaction(handle, 5, 1, "opened");
                asOfOld(handle);
            });
        }
        try (Database database = engine.reopen(url)) {
            assertThat(texts(
                            database,
                            "select id || ' ' || reaction from campaign_reaction where person_id in"
                                    + " (select id from person) order by id"))
                    .containsExactly("2 sent", "4 clicked", "5 opened");
        }
    }

    private static void reaction(Handle handle, long id, long person, String reaction) {
        handle.execute(
                "insert into campaign_reaction (id, campaign_id, reaction, person_id, seen_at) values (?, 1, ?, ?, ?)",
                id,
                reaction,
                person,
                TIME);
    }

    @Test
    @DisplayName("Every column that names a person has a rule for two entries that turn out to be one")
    void everyColumn() {
        try (Database database = engine.open()) {
            Set<String> columns = new TreeSet<>(database.query(TestDatabase::columns));
            columns.removeIf(column -> !column.endsWith("person_id") && !column.endsWith("former_id"));
            assertThat(columns)
                    .as("a new column that names a person needs a rule in MergedPeople")
                    .containsExactlyElementsOf(MergedPeople.COLUMNS);
        }
    }

    private static void asOfOld(Handle handle) {
        handle.execute("update person_form set version = 0");
    }

    private static void person(Handle handle, long id, String address) {
        handle.execute("insert into person (id, address) values (?, ?)", id, address);
    }

    private static void suppression(Handle handle, long person, long list, String origin, String reason, String since) {
        handle.execute(
                "insert into suppression (connection, person_id, list_id, origin, reason, since) values ('main', ?, ?, ?, ?, ?)",
                person,
                list,
                origin,
                reason,
                java.time.Instant.parse(since));
    }

    private static void former(Handle handle, long person, long former, String record) {
        handle.execute(
                "insert into former_address (person_id, connection, former_id, sync, record_id) values (?, 'main', ?, 'leads', ?)",
                person,
                former,
                record);
    }

    private static void member(Handle handle, long list, long person, boolean active, boolean takenOff, String print) {
        handle.execute(
                "insert into mailing_list (id, connection, name) values (?, 'main', ?) on conflict do nothing",
                list,
                "list " + list);
        handle.execute(
                "insert into list_member (list_id, person_id, active, taken_off, fingerprint) values (?, ?, ?, ?, ?)",
                list,
                person,
                active,
                takenOff,
                print);
    }

    private static void delivery(Handle handle, long list, long person, String action, String record) {
        long outcome = CountedOutcomes.pending(handle, "run", record, person);
        handle.execute("""
                insert into delivery (list_id, person_id, connection, action, priority, content, fingerprint, run_id, record_id,
                    outcome_id, on_success, on_success_updated, due_at)
                values (?, ?, 'main', ?, 1, '{}', 'f', 'run', ?, ?, 'new', false, ?)
                """, list, person, action, record, outcome, TIME);
    }

    private static void deadLetter(Handle handle, long person, String action) {
        handle.execute("""
                insert into dead_letter (list_id, person_id, connection, sync, action, priority, content, fingerprint, run_id,
                    record_id, on_success, on_success_updated, cause, parked_at)
                values (5, ?, 'main', 'leads', ?, 1, '{}', 'f', 'run', 'r', 'new', false, 'because', ?)
                """, person, action, TIME);
    }

    private static List<String> people(Database database) {
        return texts(database, "select id || ' ' || address from person order by id");
    }

    private static List<String> texts(Database database, String sql) {
        return database.query(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
