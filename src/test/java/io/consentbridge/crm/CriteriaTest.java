package io.consentbridge.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sandbox.crm.coql.Parser;
import io.consentbridge.sandbox.crm.coql.Query;
import io.consentbridge.sync.BoundCondition;
import io.consentbridge.sync.ConditionBinder;
import io.consentbridge.sync.FieldKind;
import io.consentbridge.sync.Operator;
import io.consentbridge.sync.PatternReader;
import io.consentbridge.sync.SelectableField;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Selection.CreatedRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 30);
    /** Operators that say what a field is not, and so hold for an empty one. */
    private static final Set<Operator> NEGATIVE = Set.of(Operator.NOT_EQUALS, Operator.NOT_CONTAINS, Operator.NOT_IN);

    private static final Instant SINCE = Instant.parse("2026-03-29T10:00:00Z");

    private static final Map<String, Map<String, SelectableField>> MODULES = Map.of(
            "Contacts",
                    fields(
                            field("Title", FieldKind.TEXT),
                            field("Notes", FieldKind.LONG_TEXT),
                            field("Topics", FieldKind.CHOICES),
                            field("Score", FieldKind.NUMBER),
                            field("Active", FieldKind.BOOLEAN),
                            field("Day", FieldKind.DATE),
                            field("Seen", FieldKind.DATE_TIME),
                            new SelectableField("Hidden", FieldKind.TEXT, List.of(), null, false),
                            new SelectableField("Account_Name", FieldKind.REFERENCE, List.of(), "Accounts", true)),
            "Accounts", fields(field("City", FieldKind.TEXT)),
            "Deals", fields(field("Stage", FieldKind.TEXT), field("Closing", FieldKind.DATE)));

    private static SelectableField field(String name, FieldKind kind) {
        return new SelectableField(name, kind, List.of(), null, true);
    }

    private static Map<String, SelectableField> fields(SelectableField... fields) {
        Map<String, SelectableField> all = new LinkedHashMap<>();
        Arrays.stream(fields).forEach(field -> all.put(field.apiName(), field));
        return all;
    }

    private static Selection.Condition condition(String field, String operator, Object value) {
        return new Selection.Condition(field, operator, value);
    }

    private static List<BoundCondition> bind(Selection.Condition... conditions) {
        return new ConditionBinder("Contacts", MODULES::get, ZONE, TODAY).bind(List.of(conditions));
    }

    private static SelectedRecords records(String pattern, Selection.Condition... conditions) {
        return new SelectedRecords(
                Optional.of(PatternReader.read(pattern, conditions.length)),
                bind(conditions),
                Optional.empty(),
                ZONE,
                TODAY);
    }

    private static String all(int conditions) {
        return IntStream.rangeClosed(1, conditions).mapToObj(String::valueOf).collect(Collectors.joining(" and "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '`',
            value = {
                "Title|equals|O'Hara|Title = 'O''Hara'",
                "Title|not-equals|x|(Title != 'x' or Title is null)",
                "Title|is-empty|-|Title is null",
                "Title|is-not-empty|-|Title is not null",
                "Title|contains|Not Now|Title like '%Not Now%'",
                "Title|not-contains|x|(Title not like '%x%' or Title is null)",
                "Title|starts-with|x|Title like 'x%'",
                "Title|ends-with|x|Title like '%x'",
                "Score|less-than|5.50|Score < 5.50",
                "Score|less-equal|5|Score <= 5",
                "Score|greater-than|5000000|Score > 5000000",
                "Score|greater-equal|0|Score >= 0",
                "Active|equals|false|Active = false",
                "Day|before|2026-01-02|Day < '2026-01-02'",
                "Day|after|2026-01-02|Day > '2026-01-02'",
                "Day|in-last-days|30|Day between '2026-02-28' and '2026-03-30'",
                "Seen|equals|2026-03-29|Seen between '2026-03-28T23:00:00+00:00' and '2026-03-29T21:59:59+00:00'",
                "Seen|after|2026-03-29|Seen > '2026-03-29T21:59:59+00:00'",
                "Seen|before|2026-03-29|Seen < '2026-03-28T23:00:00+00:00'",
                "Account_Name|equals|77|Account_Name = '77'",
                "Account_Name.City|equals|Berlin|Account_Name.City = 'Berlin'"
            })
    @DisplayName("B31: each operator is written as COQL has it, and empty values are compared explicitly")
    void operators(String field, String operator, String value, String query) {
        assertThat(records("1", condition(field, operator, value)).ownCondition())
                .hasToString(query);
    }

    @Test
    @DisplayName("B31: lists of values go a hundred at a time, the most that a query takes")
    void lists() {
        List<String> many = IntStream.range(0, 101).mapToObj(i -> "v" + i).toList();
        assertThat(records("1", condition("Title", "in", many)).ownCondition().toString())
                .startsWith("(Title in ('v0', ")
                .endsWith(" or Title in ('v100'))");
        assertThat(records("1", condition("Title", "not-in", many))
                        .ownCondition()
                        .toString())
                .endsWith(" and Title not in ('v100')) or Title is null)");
        assertThat(records("1", condition("Score", "between", List.of(1, 2))).ownCondition())
                .hasToString("Score between 1 and 2");
    }

    @Test
    @DisplayName(
            "B21: a condition that a query cannot express is left out of it with all that depends on it, and evaluated here")
    void divided() {
        SelectedRecords records = records(
                "1 and (2 or 3) and 4 and (5 or 6)",
                condition("Title", "equals", "a"),
                condition("Notes", "contains", "b"),
                condition("Score", "equals", 3),
                condition("Title", "contains", "50%"),
                condition("Title", "equals", "e"),
                condition("Active", "equals", true));

        assertThat(records.ownCondition())
                .hasToString("((Title = 'a' and Title like '%50%%') and (Title = 'e' or Active = true))");
        assertThat(records.fieldsHere()).containsExactly("Notes", "Score", "Title");
        Criteria division = records.division().orElseThrow();
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(division::where))
                .containsExactly(
                        Criteria.Where.CRM,
                        Criteria.Where.HERE,
                        Criteria.Where.HERE,
                        Criteria.Where.BOTH,
                        Criteria.Where.CRM,
                        Criteria.Where.CRM);
        assertThat(division.why(2)).contains("queries cannot compare multi-line text");
        assertThat(division.why(3)).contains("it is joined by or with a condition that ConsentBridge evaluates");
        assertThat(division.why(4)).contains("a query may read % and _ in the value as wildcards");
        assertThat(records.holds(Map.of("Notes", "be", "Title", "at 50%"))).isTrue();
        assertThat(records.holds(Map.of("Notes", "see", "Title", "at 50%"))).isFalse();
        assertThat(records.holds(Map.of("Notes", "see", "Score", 3, "Title", "at 500")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Hidden,equals,x", "Topics,contains,x", "Title,equals,a\\b", "Title,not-contains,a_b"})
    @DisplayName("B21: an uncertain condition is not left to the query")
    void uncertain(String field, String operator, String value) {
        SelectedRecords records = records("1", condition(field, operator, value));
        assertThat(records.ownCondition()).isNull();
        assertThat(records.fieldsHere()).containsExactly(field);
    }

    @Test
    @DisplayName(
            "B27: 25 conditions, keyset, date range and changes of accounts fit one query; the rest is evaluated here")
    void room() {
        Selection.Condition[] most = IntStream.range(0, 25)
                .mapToObj(i -> condition(i % 2 == 0 ? "Title" : "Account_Name.City", "not-equals", "x" + i))
                .toArray(Selection.Condition[]::new);
        SelectedRecords records = new SelectedRecords(
                Optional.of(PatternReader.read(all(25), 25)),
                bind(most),
                Optional.of(new CreatedRange(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 6, 30))),
                ZONE,
                TODAY);
        for (Condition condition : List.of(records.ownCondition(), records.drifted(SINCE))) {
            Query query = parsed(condition);
            assertThat(query.where().tests()).isLessThanOrEqualTo(25);
        }
        assertThat(records.division().orElseThrow().why(25)).contains("a query allows at most 25 conditions");
        assertThat(records.division().orElseThrow().where(1)).isEqualTo(Criteria.Where.CRM);
    }

    private static Query parsed(Condition condition) {
        return Parser.parse(CrmReader.query(
                new ReadRequest(null, null, "Contacts", List.of("Email"), condition, null), new Cursor(SINCE, "12")));
    }

    @Test
    @DisplayName("B45: the days of creation in the connection's zone, borders included, on either side or both")
    void created() {
        assertThat(created(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 3, 29)))
                .hasToString("Created_Time between '2026-03-28T23:00:00+00:00' and '2026-03-29T21:59:59+00:00'");
        assertThat(created(LocalDate.of(2026, 3, 29), null)).hasToString("Created_Time >= '2026-03-28T23:00:00+00:00'");
        assertThat(created(null, LocalDate.of(2026, 3, 29))).hasToString("Created_Time <= '2026-03-29T21:59:59+00:00'");
    }

    private static Condition created(LocalDate from, LocalDate to) {
        return new SelectedRecords(Optional.empty(), List.of(), Optional.of(new CreatedRange(from, to)), ZONE, TODAY)
                .ownCondition();
    }

    @Test
    @DisplayName("B33: records whose account changed, or whose day has come, are read without a change of their own")
    void drifted() {
        SelectedRecords records = records(
                "1 and 2", condition("Account_Name.City", "equals", "Berlin"), condition("Day", "in-last-days", 7));
        assertThat(records.drifts()).isTrue();
        assertThat(records.drifted(SINCE))
                .hasToString("((Account_Name.Modified_Time >= '2026-03-29T10:00:00+00:00'"
                        + " or Day between '2026-03-29' and '2026-03-30')"
                        + " and (Account_Name.City = 'Berlin' and Day between '2026-03-23' and '2026-03-30'))");
        assertThat(records("1", condition("Title", "equals", "x")).drifts()).isFalse();
    }

    @Test
    @DisplayName("B34: contacts are found through their deals, including changes at either end")
    void deals() {
        SelectedRecords both = records(
                "1 and 2",
                condition("Deals.Stage", "equals", "Won"),
                condition("Account_Name.City", "equals", "Berlin"));
        assertThat(both.readsOwn()).as("each contact needs a deal").isFalse();
        assertThat(both.deals(Optional.empty()))
                .hasToString(
                        "(Contact_Name is not null and (Stage = 'Won' and Contact_Name.Account_Name.City = 'Berlin'))");
        assertThat(both.deals(Optional.of(SINCE)).toString())
                .contains("Modified_Time >= ")
                .contains("Contact_Name.Modified_Time >= ")
                .contains("Contact_Name.Account_Name.Modified_Time >= ");

        SelectedRecords either =
                records("1 or 2", condition("Deals.Stage", "equals", "Won"), condition("Title", "equals", "x"));
        assertThat(either.readsOwn()).isTrue();
        assertThat(either.ownCondition()).hasToString("Title = 'x'");
    }

    @Property(tries = 1_000)
    @Label("B21: no value changes the query: it stays one condition with that value, or is not put into the query")
    void hostile(@ForAll("values") String value, @ForAll("texts") Operator operator) {
        Selection.Condition hostile =
                condition("Title", operator.word(), operator == Operator.IN ? List.of(value) : value);
        if (value.isEmpty()) {
            return;
        }
        SelectedRecords records = records("1 and 2", hostile, condition("Score", "equals", 1));
        Query query = parsed(records.ownCondition());
        boolean asked = records.division().orElseThrow().where(1) != Criteria.Where.HERE;
        String text = query.where().toString();
        assertThat(query.where().tests()).isEqualTo(4 + (asked ? NEGATIVE.contains(operator) ? 2 : 1 : 0));
        assertThat(query.module()).isEqualTo("Contacts");
        assertThat(query.limit()).isEqualTo(2000);
        String like = switch (operator) {
            case CONTAINS, NOT_CONTAINS -> "%" + value + "%";
            case STARTS_WITH -> value + "%";
            case ENDS_WITH -> "%" + value;
            default -> value;
        };
        assertThat(text.contains("values=[" + like + "]")).isEqualTo(asked);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("'\\ or1=()\"\n%_,;-").ofMaxLength(14),
                Arbitraries.strings(),
                Arbitraries.of("' or id is not null or Title = '", "x') or (1 = 1", "\\' or ''='", "null", "true"));
    }

    @Provide
    Arbitrary<Operator> texts() {
        return Arbitraries.of(
                Operator.EQUALS,
                Operator.NOT_EQUALS,
                Operator.CONTAINS,
                Operator.NOT_CONTAINS,
                Operator.STARTS_WITH,
                Operator.ENDS_WITH,
                Operator.IN);
    }
}
