package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How SQLite carries out the statements of the product. It knows no sizes of tables, and so may read a whole table for each row
 * of another one. Statements come from the compiled classes, so each is looked at, whether a test executes it or not.
 */
class StatementPlansIT {

    private static final String GAP = "\u0001";
    private static final Path CLASSES = Path.of("target/classes");

    private static final Pattern STATEMENT = Pattern.compile(
            "\\s*(select\\b.*\\bfrom\\b|update \\S*\\s.*\\bset\\b|insert into|delete from|with (recursive )?\\w+( \\(.*?\\))? as \\().*",
            Pattern.DOTALL);

    private static final Pattern OF_TABLE =
            Pattern.compile("\\b(from|join|update|into) (" + String.join("|", StatementPlan.LARGE.keySet()) + ")\\b");

    /** What of a whole table a preview copies. */
    private static final String COPIES = "runtime.ScratchDatabase";

    /** What Zoho is asked, in its own language. */
    private static final String OF_ZOHO = "crm.";

    /** A text that gets something at run time: its beginning, and what it gets. */
    record Composed(String owner, String beginning, List<String> with) {

        boolean fits(String itsOwner, String text) {
            return itsOwner.equals(owner) && text.strip().startsWith(beginning);
        }
    }

    private static final List<String> WRITEBACK = List.of("record_update", "workflow_start");

    private static final List<Composed> COMPOSED = List.of(
            new Composed(
                    "lifecycle.DeletedSyncs",
                    "delete from " + GAP,
                    List.of("source_record", "changed_record", "remaining_record", "consent_end")),
            new Composed(
                    "outbox.RefusingMembers",
                    "select /* joined as written */ f.person_id",
                    List.of("", "and not f.besides")),
            new Composed("quota.QuotaRows", "select locked_until", List.of("")),
            new Composed("store.JdbcTokenStore", "select credential_hash", List.of("")),
            new Composed("store.MergedPeople", "delete from list_member", List.of("1")),
            new Composed("writeback.NumberedLetters", "select id from " + GAP, WRITEBACK),
            new Composed("writeback.NumberedLetters", "select count(*) from " + GAP, WRITEBACK),
            new Composed("writeback.NumberedLetters", "update " + GAP, WRITEBACK),
            new Composed("writeback.NumberedLetters", "delete from " + GAP, WRITEBACK),
            new Composed("writeback.SettledRows", "select id from " + GAP, WRITEBACK),
            new Composed("writeback.SettledRows", "delete from " + GAP, WRITEBACK),
            new Composed("store.MergedPeople", "select list_id from " + GAP, List.of("delivery", "dead_letter")),
            new Composed("store.MergedPeople", "select id from " + GAP, List.of("delivery|id", "dead_letter|id")),
            new Composed(
                    "store.SharedRows",
                    "select id, " + GAP,
                    List.of(
                            "fingerprint|outcome_kind|fingerprint",
                            "fingerprint|ledger_kind|fingerprint",
                            "run_id|run_number|run_id")),
            new Composed(
                    "store.MergedPeople",
                    "update " + GAP + " set person_id",
                    MergedPeople.COLUMNS.stream()
                            .filter(column -> column.endsWith(".person_id"))
                            .map(column -> column.replace(".person_id", ""))
                            .filter(table ->
                                    !Set.of("list_member", "refused_address").contains(table))
                            .toList()),
            new Composed(
                    "store.SharedRows",
                    "select id, ",
                    List.of(
                            "run_id|run_number|run_id",
                            "fingerprint|outcome_kind|fingerprint",
                            "fingerprint|ledger_kind|fingerprint")),
            // Without a plan worth a look: they insert rows, or read a whole table to copy or count it.
            new Composed("store.BulkInsert", "insert into %s", List.of()),
            new Composed("store.Replica", "", List.of()),
            new Composed("store.DatabaseFiles", "select count(*) from " + GAP, List.of()));

    private static final Path EXCEPTIONS = Path.of("src/test/resources/statement-plans.tsv");
    private static final List<Planned> PLANNED = new ArrayList<>();
    private static Database database;

    /** The plan of a statement of a class, which is named without the first part of its package. */
    record Planned(String owner, StatementPlan plan) {}

    @BeforeAll
    static void plan() throws IOException {
        database = TestDatabase.SQLITE.open();
        for (Map.Entry<String, List<String>> texts :
                Constants.below(CLASSES, "io.consentbridge.").entrySet()) {
            String owner = texts.getKey();
            if (!owner.startsWith(OF_ZOHO)) {
                // An index that a class makes for itself.
                List<String> indexes = texts.getValue().stream()
                        .filter(text -> text.startsWith("create index "))
                        .toList();
                indexes.forEach(StatementPlansIT::execute);
                texts.getValue().stream()
                        .filter(text -> STATEMENT.matcher(text).matches())
                        .distinct()
                        .flatMap(text -> whole(owner, text))
                        .forEach(text -> PLANNED.add(new Planned(owner, StatementPlan.of(database, text))));
                indexes.forEach(index -> execute("drop index " + index.split(" ")[2]));
            }
        }
    }

    private static void execute(String statement) {
        database.change(handle -> handle.execute(statement));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** The statements that are made of a text. */
    private static Stream<String> whole(String owner, String text) {
        for (Composed composed : COMPOSED) {
            if (composed.fits(owner, text)) {
                return composed.with().stream().map(values -> filled(text, values.split("[|]", -1)));
            }
        }
        return Stream.of(text.replaceAll("<\\w+>", ":some"));
    }

    private static String filled(String text, String[] values) {
        String result = text.replace("%s", GAP);
        for (String value : values) {
            result = result.replaceFirst(GAP, value);
        }
        return result;
    }

    @Test
    @DisplayName("every text of a class that looks like a statement is one, or it is known what it gets at run time")
    void understood() {
        assertThat(PLANNED.stream()
                        .filter(planned -> planned.plan().refusal() != null
                                || planned.plan().sql().contains(GAP))
                        .map(planned -> "%s: %s%n%s%nSay in COMPOSED what the text gets."
                                .formatted(
                                        planned.owner(),
                                        planned.plan().refusal(),
                                        planned.plan().sql())))
                .isEmpty();
        assertThat(PLANNED).hasSizeGreaterThan(350);
    }

    @Test
    @DisplayName("what names a large table is a whole statement, not a part that no plan is known of")
    void whole() throws IOException {
        Map<String, List<String>> texts = Constants.below(CLASSES, "io.consentbridge.");
        texts.remove(COPIES);
        assertThat(texts.values().stream()
                        .flatMap(List::stream)
                        .filter(text -> OF_TABLE.matcher(text).find())
                        .filter(text -> !STATEMENT.matcher(text).matches()))
                .isEmpty();
    }

    @Test
    @DisplayName("no statement scans a large table, or joins in a bad order, on SQLite")
    void plans() throws IOException {
        Map<String, Integer> expected = new TreeMap<>();
        for (String line : Files.readAllLines(EXCEPTIONS)) {
            String[] parts = line.split("\t");
            assertThat(parts)
                    .as("a class, a line of the plan of one of its statements, and the reason: " + line)
                    .hasSize(3);
            expected.merge(parts[0] + "\t" + parts[1], 1, Integer::sum);
        }
        List<String> bad = new ArrayList<>();
        for (Planned planned : PLANNED) {
            for (String line : planned.plan().bad()) {
                if (expected.merge(planned.owner() + "\t" + line, -1, Integer::sum) < 0) {
                    bad.add("%s: %s%n%s%n"
                            .formatted(planned.owner(), line, planned.plan().shown()));
                }
            }
        }
        expected.values().removeIf(times -> times == 0);
        assertThat(bad)
                .as("Statements that read much of a large table. Let each begin with the few rows that it is about"
                        + " (unnest, or the comment \"joined as written\", keeps the order of joins), and name a key of each"
                        + " further table. If it must read so much, say why in " + EXCEPTIONS
                        + ", in a line for each such line of a statement's plan")
                .isEmpty();
        assertThat(expected)
                .as("Lines of " + EXCEPTIONS + " that no plan has any more, and how often; take them out")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A table, or a part of it, that grows.
                "select 1 from delivery where claimed_by = :owner",
                "select count(*) from list_member where list_id = :list",
                "delete from suppression where list_id = :list",
                // A table behind a comma, whose name is not found.
                "select 1 from mailing_list l, dead_letter d where d.id = l.id",
                // For each person of a list all outcomes of a run.
                "select 1 from list_member m join outcome o on o.run = m.counted_run and o.person_id = m.person_id"
                        + " where m.list_id = :list and m.person_id = :person",
                // All of them for each page.
                "select person_id from list_member where list_id = :list order by delivered_at fetch first :max rows only",
                // What is asked for is looked for among everything.
                "select s.record_id from source_record s left join unnest(:ids) as wanted (id) on wanted.id = s.person_id"
                        + " where s.sync = :sync and s.record_id = :record",
            })
    @DisplayName("a bad plan is noticed")
    void noticed(String statement) {
        assertThat(StatementPlan.of(database, statement).bad()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select d.id from unnest(:people) as wanted (id) join delivery d on d.person_id = wanted.id",
                "select person_id from list_member where list_id = :list and person_id > :after"
                        + " order by person_id fetch first :max rows only",
                "delete from delivery where id = any(:ids)",
                "select * from mailing_list",
            })
    @DisplayName("a good plan is none that is noticed")
    void good(String statement) {
        assertThat(StatementPlan.of(database, statement).bad()).isEmpty();
    }
}
