package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 30);

    private static final Map<String, Map<String, SelectableField>> MODULES = Map.of(
            "Contacts",
                    fields(
                            field("Title", FieldKind.TEXT),
                            field("Description", FieldKind.LONG_TEXT),
                            field("Letter", FieldKind.RICH_TEXT),
                            pick("Region", FieldKind.CHOICE),
                            pick("Status", FieldKind.CHOICE, "Not Contacted", "Contacted", "-None-"),
                            pick("Topics", FieldKind.CHOICES, "Red", "Green"),
                            field("Score", FieldKind.NUMBER),
                            field("Active", FieldKind.BOOLEAN),
                            field("Birthday", FieldKind.DATE),
                            field("Created_Time", FieldKind.DATE_TIME),
                            new SelectableField("Owner", FieldKind.REFERENCE, List.of(), null, true),
                            new SelectableField("Account_Name", FieldKind.REFERENCE, List.of(), "Accounts", true),
                            field("Record_Image", FieldKind.OTHER)),
            "Accounts", fields(pick("Industry", FieldKind.CHOICE, "Hospitality", "Retail")),
            "Deals", fields(pick("Stage", FieldKind.CHOICE, "Closed Won"), field("Description", FieldKind.LONG_TEXT)));

    private static SelectableField field(String name, FieldKind kind) {
        return new SelectableField(name, kind, List.of(), null, true);
    }

    private static SelectableField pick(String name, FieldKind kind, String... choices) {
        return new SelectableField(name, kind, List.of(choices), null, true);
    }

    private static Map<String, SelectableField> fields(SelectableField... fields) {
        Map<String, SelectableField> all = new LinkedHashMap<>();
        Arrays.stream(fields).forEach(field -> all.put(field.apiName(), field));
        return all;
    }

    private static BoundCondition bind(String field, String operator, Object value) {
        return new ConditionBinder("Contacts", MODULES::get, ZONE, TODAY)
                .bind(1, new Selection.Condition(field, operator, value));
    }

    @Test
    @DisplayName("B31: every operator suits some kind of field, and each kind refuses unsuitable operators")
    void everyOperator() {
        for (Operator operator : Operator.values()) {
            assertThat(FieldKind.values())
                    .as(operator.word())
                    .anyMatch(kind -> kind.operators().contains(operator));
        }
        for (SelectableField field : MODULES.get("Contacts").values()) {
            for (Operator operator : Operator.values()) {
                Object value = switch (operator.takes()) {
                    case NONE -> null;
                    case DAYS -> 3;
                    case ONE -> "x";
                    default -> List.of("x", "x");
                };
                ConditionFault fault =
                        catchThrowableOfType(ConditionFault.class, () -> bind(field.apiName(), operator.word(), value));
                if (!field.kind().operators().contains(operator)) {
                    assertThat(fault.element()).isIn(ConditionFault.Element.OPERATOR, ConditionFault.Element.FIELD);
                    assertThat(fault).hasMessageContaining(field.kind().text());
                } else if (fault != null) {
                    assertThat(fault.element()).isEqualTo(ConditionFault.Element.VALUE);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Titel|equals|x|Contacts has no field Titel|did you mean Title?",
                "Account_Name.Industri|equals|Retail|Accounts has no field Industri|did you mean Account_Name.Industry?",
                "Deals.Stag|equals|Closed Won|Deals has no field Stag|did you mean Deals.Stage?",
                "Acount_Name.Industry|equals|x|Contacts has no field Acount_Name|did you mean Account_Name?",
                "Title.Name|equals|x|Title is not a lookup, so Title.Name refers to nothing|use a field of Contacts",
                "Status|equals|Contactd|Status has no choice \"Contactd\"|did you mean Contacted?",
                "Account_Name.Industry|equals|Hospitalty|Industry has no choice \"Hospitalty\"|did you mean Hospitality?",
                "Score|greater-than|5,000|Score is a number, but the value is 5,000|write a number with digits"
                        + " and a decimal point, such as 5000000 or 0.5",
                "Active|equals|yes|Active is true or false, but the value is yes|write true or false",
                "Birthday|before|1.2.2026|Birthday is a date, but the value is 1.2.2026|write a date, such as"
                        + " 2026-06-30",
                "Created_Time|after|soon|Created_Time is a point in time, but the value is soon|write a date or a"
                        + " time, such as 2026-06-30 or 2026-06-30T09:00:00+02:00",
                "Owner.phone|equals|1|Owner is not a lookup, so Owner.phone refers to nothing|use a field of Contacts",
                "Record_Image|is-empty|x|is-empty takes no value|delete the value",
                "Active|contains|x|Active is true or false and does not support the operator contains|write"
                        + " equals, not-equals",
                "Record_Image|equals|x|Record_Image is a field that neither queries nor lists return and does not"
                        + " support the operator equals|use another field",
                "Account_Name|equals|Acme|Account_Name is a lookup, but the value is Acme|write the id of a"
                        + " record, in digits, or compare a field of that record: Account_Name.…"
            })
    @DisplayName("B31: a field, choice or value that does not fit is refused with valid ones")
    void refuses(String field, String operator, String value, String what, String right) {
        ConditionFault fault = catchThrowableOfType(ConditionFault.class, () -> bind(field, operator, value));
        assertThat(fault).hasMessage(what);
        assertThat(fault.whatWouldBeRight()).isEqualTo(right);
    }

    @Test
    @DisplayName("B31: the operator is at fault where another one fits, the field where none does")
    void elementAtFault() {
        assertThat(catchThrowableOfType(ConditionFault.class, () -> bind("Active", "contains", "x"))
                        .element())
                .isEqualTo(ConditionFault.Element.OPERATOR);
        assertThat(catchThrowableOfType(ConditionFault.class, () -> bind("Record_Image", "equals", "x"))
                        .element())
                .isEqualTo(ConditionFault.Element.FIELD);
    }

    @Test
    @DisplayName("B31: a number where a text is compared has to be in quotes, since YAML drops leading zeros")
    void textsInQuotes() {
        assertThat(catchThrowableOfType(ConditionFault.class, () -> bind("Title", "equals", 1234)))
                .hasMessage("Title is text, but the value is 1234");
        assertThat(catchThrowableOfType(ConditionFault.class, () -> bind("Title", "equals", ""))
                        .whatWouldBeRight())
                .contains("is-empty");
    }

    @Test
    @DisplayName("B31: conditions are numbered from 1 in the order of the file, as patterns number them")
    void numbered() {
        List<BoundCondition> bound = new ConditionBinder("Contacts", MODULES::get, ZONE, TODAY)
                .bind(List.of(
                        new Selection.Condition("Title", "equals", "x"),
                        new Selection.Condition("Score", "equals", 1)));

        assertThat(bound).extracting(BoundCondition::number).containsExactly(1, 2);
        assertThat(bound).extracting(BoundCondition::field).containsExactly("Title", "Score");
    }

    @Test
    @DisplayName(
            "B33: a field of another module is reached through its lookup; a field of an owner belongs to the record")
    void lookups() {
        assertThat(bind("Account_Name.Industry", "equals", "Retail").lookup()).isEqualTo("Account_Name");
        assertThat(bind("Account_Name", "equals", "12").lookup()).isNull();
        assertThat(bind("Deals.Stage", "equals", "Closed Won").lookup()).isNull();
        BoundCondition owner = bind("Owner.email", "equals", "pat@example.com");
        assertThat(owner.lookup()).isNull();
        assertThat(owner.kind()).isEqualTo(FieldKind.TEXT);
    }

    @Test
    @DisplayName("B34: conditions over deals are valid for contacts only")
    void dealsOfContacts() {
        assertThat(bind("Deals.Stage", "equals", "Closed Won").onDeals()).isTrue();
        assertThat(bind("Title", "equals", "x").onDeals()).isFalse();
        ConditionBinder leads = new ConditionBinder("Leads", MODULES::get, ZONE, TODAY);
        assertThat(catchThrowableOfType(
                        ConditionFault.class,
                        () -> leads.bind(1, new Selection.Condition("Deals.Stage", "equals", "Closed Won"))))
                .hasMessage("Deals.Stage is a field of a contact's deals, but the module is Leads");
    }

    @Test
    @DisplayName(
            "B31, B45: values get the type of the field: choices in the CRM's spelling, days and times in the zone")
    void values() {
        assertThat(bind("Status", "equals", "not contacted").values()).containsExactly("Not Contacted");
        assertThat(bind("Score", "between", List.of(0, "2.50")).values())
                .containsExactly(new BigDecimal("0"), new BigDecimal("2.50"));
        assertThat(bind("Active", "equals", false).values()).containsExactly(false);
        assertThat(bind("Birthday", "in-last-days", 3).values()).containsExactly(LocalDate.of(2026, 3, 27), TODAY);
        // The clocks went forward on the 29th.
        assertThat(bind("Created_Time", "equals", "2026-03-29").values())
                .containsExactly(
                        new Span(Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("2026-03-29T21:59:59Z")));
        assertThat(bind("Created_Time", "before", "2026-03-29T12:00:00").values())
                .containsExactly(
                        new Span(Instant.parse("2026-03-29T10:00:00Z"), Instant.parse("2026-03-29T10:00:00Z")));
        assertThat(catchThrowableOfType(ConditionFault.class, () -> bind("Score", "between", List.of(2, 1))))
                .hasMessage("the second value of between is smaller than the first");
    }

    @Test
    @DisplayName(
            "B31: a range may be a single value, and is refused where it ends before it begins, of days and times too")
    void ranges() {
        assertThat(bind("Score", "between", List.of(2, 2)).values())
                .containsExactly(new BigDecimal("2"), new BigDecimal("2"));
        assertThat(bind("Birthday", "between", List.of("2026-01-01", "2026-01-01"))
                        .values())
                .containsExactly(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 1));
        for (String field : List.of("Birthday", "Created_Time")) {
            assertThat(bind(field, "between", List.of("2026-01-01", "2026-01-02"))
                            .values())
                    .hasSize(2);
            assertThat(catchThrowableOfType(
                            ConditionFault.class, () -> bind(field, "between", List.of("2026-01-02", "2026-01-01"))))
                    .hasMessage("the second value of between is smaller than the first");
        }
    }

    @Test
    @DisplayName("B31: a number has at most thirty digits, before and after the point")
    void digits() {
        assertThat(bind("Score", "equals", "9".repeat(30)).values()).containsExactly(new BigDecimal("9".repeat(30)));
        assertThat(bind("Score", "equals", "1e-30").values()).containsExactly(new BigDecimal("1e-30"));
        for (String tooLong : List.of("9".repeat(31), "1e-31", "1e31", "1e999999999")) {
            assertThat(catchThrowableOfType(ConditionFault.class, () -> bind("Score", "equals", tooLong)))
                    .hasMessage("Score is a number, but the value is " + tooLong);
        }
    }

    @Test
    @DisplayName("B31: true and false are themselves, and a pick list without known choices takes any text")
    void truthAndOpenChoices() {
        assertThat(bind("Active", "equals", true).values()).containsExactly(true);
        assertThat(bind("Active", "equals", "false").values()).containsExactly(false);
        assertThat(bind("Region", "equals", "North").values()).containsExactly("North");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "Title|equals|Sales Manager|sales manager|true",
                "Title|equals|Sales Manager|Sales|false",
                "Title|equals|x|null|false",
                "Title|not-equals|x|null|true",
                "Title|not-equals|x|X|false",
                "Title|contains|50%|at 50% off|true",
                "Title|contains|50%|at 500 off|false",
                "Title|not-contains|a_b|axb|true",
                "Title|not-contains|lead|Sales Lead|false",
                "Title|not-contains|lead|null|true",
                "Title|starts-with|Sales|sales lead|true",
                "Title|ends-with|lead|sales lead|true",
                "Title|starts-with|lead|sales lead|false",
                "Title|is-empty|null||true",
                "Title|is-not-empty|null|x|true",
                "Score|equals|5|5.00|true",
                "Score|greater-than|5|5|false",
                "Score|greater-equal|5|5|true",
                "Score|less-than|0|-1|true",
                "Score|less-than|5|5|false",
                "Score|less-equal|0|0|true",
                "Score|less-than|5|null|false",
                "Score|not-equals|5|null|true",
                "Birthday|before|2026-01-02|2026-01-01|true",
                "Birthday|after|2026-01-02|2026-01-02|false",
                "Birthday|in-last-days|3|2026-03-27|true",
                "Birthday|in-last-days|3|2026-03-26|false",
                "Birthday|in-last-days|3|2026-03-31|false",
                "Birthday|equals|2026-01-02|someday|false",
                "Birthday|not-equals|2026-01-02|someday|true",
                "Created_Time|equals|2026-03-29|2026-03-29T23:59:59+02:00|true",
                "Created_Time|after|2026-03-29|2026-03-29T23:59:59+02:00|false",
                "Created_Time|after|2026-03-29|2026-03-30T00:00:00+02:00|true",
                "Created_Time|less-equal|2026-03-29|2026-03-29T23:59:59+02:00|true"
            })
    @DisplayName("B31: local evaluation has the meaning of the operators")
    void evaluates(String field, String operator, String wanted, String value, boolean holds) {
        Object given = field.equals("Score") && value != null ? new BigDecimal(value) : value == null ? "" : value;
        assertThat(Matching.holds(bind(field, operator, wanted), given)).isEqualTo(holds);
    }

    @Test
    @DisplayName("B31: lists of choices, lookups and several values are compared one by one")
    void severalValues() {
        assertThat(Matching.holds(bind("Topics", "contains", "Red"), List.of("Green", "Red")))
                .isTrue();
        assertThat(Matching.holds(bind("Topics", "not-contains", "Red"), List.of("Green")))
                .isTrue();
        assertThat(Matching.holds(bind("Topics", "is-empty", null), List.of())).isTrue();
        assertThat(Matching.holds(bind("Topics", "in", List.of("Red", "Green")), List.of("Green")))
                .isTrue();
        assertThat(Matching.holds(bind("Status", "in", List.of("Contacted")), "Not Contacted"))
                .isFalse();
        assertThat(Matching.holds(bind("Status", "not-in", List.of("Contacted")), null))
                .isTrue();
        assertThat(Matching.holds(bind("Account_Name", "equals", "12"), Map.of("id", "12")))
                .isTrue();
        assertThat(Matching.holds(bind("Active", "equals", false), false)).isTrue();
        Map<String, Object> record = new HashMap<>(Map.of("Score", 3));
        List<BoundCondition> conditions = List.of(bind("Score", "equals", 3), bind("Title", "equals", "x"));
        assertThat(Matching.holds(PatternReader.read("1 or 2", 2), conditions, record))
                .isTrue();
        assertThat(Matching.holds(PatternReader.read("1 and 2", 2), conditions, record))
                .isFalse();
    }

    @Test
    @DisplayName("B31: between includes both borders, and not-in excludes each of its values")
    void bordersAndLists() {
        BoundCondition between = bind("Score", "between", List.of(1, 5));
        assertThat(List.of(0, 1, 3, 5, 6).stream().filter(score -> Matching.holds(between, score)))
                .containsExactly(1, 3, 5);
        BoundCondition notIn = bind("Status", "not-in", List.of("Contacted", "-None-"));
        assertThat(List.of("Not Contacted", "contacted", "-None-").stream().filter(it -> Matching.holds(notIn, it)))
                .containsExactly("Not Contacted");
    }

    @Test
    @DisplayName("A condition in words shows its values as a person writes them")
    void words() {
        assertThat(bind("Status", "in", List.of("Not Contacted", "Contacted")).text())
                .isEqualTo("Status in (\"Not Contacted\", Contacted)");
        assertThat(bind("Score", "between", List.of(1, 2)).text()).isEqualTo("Score between 1 and 2");
        assertThat(bind("Title", "is-empty", null).text()).isEqualTo("Title is-empty");
        assertThat(bind("Title", "equals", "Sales Manager").text()).isEqualTo("Title equals \"Sales Manager\"");
        assertThat(bind("Score", "less-than", 5).text()).isEqualTo("Score less-than 5");
    }
}
