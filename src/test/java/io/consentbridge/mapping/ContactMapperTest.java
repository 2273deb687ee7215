package io.consentbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContactMapperTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    @DisplayName(
            "B35: first and last name are mapped by default, the mapping follows in its order; the address is not a mapped field")
    void mappedInAdvance() {
        Mapped mapped = map(
                mapping(false, "Company Name", "Company", "Phone", "Phone"),
                record("Email", " Jane@Example.com ", "Phone", "+49 30 1", "Company", "Zylker", "Last_Name", "Doe"));

        assertThat(mapped.contactInfo())
                .containsExactly(
                        entry("Last Name", "Doe"), entry("Company Name", "Zylker"), entry("Phone", "+49 30 1"));
        assertThat(mapped.notes()).isEmpty();
    }

    @Test
    @DisplayName("B101: no mapping can replace the standard e-mail field with another address")
    void emailStays() {
        Mapping mapping = mapping(false, "Contact Email", "Secondary_Email");

        assertThat(ContactMapper.effective(mapping)).containsEntry("Contact Email", "Email");
        assertThat(map(mapping, record("Email", "a@example.com", "Secondary_Email", "b"))
                        .contactInfo())
                .isEmpty();
    }

    @Test
    @DisplayName("B35: a mapping may fill a name from another field")
    void nameFromAnotherField() {
        assertThat(value("First Name", "Nickname", record("First_Name", "Jane", "Nickname", "JD")))
                .isEqualTo("JD");
    }

    @Test
    @DisplayName("B118: zero and false are values")
    void noughtAndNoAreKept() {
        assertThat(value("Score", "Score", record("Score", 0))).isEqualTo("0");
        assertThat(value("Score", "Score", record("Score", new BigDecimal("0.00"))))
                .isEqualTo("0");
        assertThat(value("Member", "Member", record("Member", false))).isEqualTo("false");
    }

    @Test
    @DisplayName("B118: numbers are written without exponent, group or comma, whatever the machine's language")
    void numbers() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(value("R", "R", record("R", 1.5e7))).isEqualTo("15000000");
            assertThat(value("R", "R", record("R", 1234.5))).isEqualTo("1234.5");
            assertThat(value("R", "R", record("R", 0.000001))).isEqualTo("0.000001");
            assertThat(value("R", "R", record("R", new BigDecimal("12.50")))).isEqualTo("12.5");
            assertThat(value("R", "R", record("R", 4150868000002175L))).isEqualTo("4150868000002175");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("B118: several choices are joined, empty ones left out")
    void choices() {
        assertThat(value("Tags", "Tags", record("Tags", Arrays.asList("red", "", null, "blue"))))
                .isEqualTo("red;blue");
        assertThat(value("Tag", "Tag", record("Tag", List.of(Map.of("name", "fair", "id", "1")))))
                .isEqualTo("fair");
    }

    @Test
    @DisplayName("B118: a reference is written by its name")
    void references() {
        assertThat(value("Owner", "Owner", record("Owner", Map.of("name", "P B", "id", "1"))))
                .isEqualTo("P B");
    }

    @Test
    @DisplayName("B36: a field of another module is found by its dotted name or inside its lookup")
    void fieldOfAnotherModule() {
        assertThat(value("Industry", "Account_Name.Industry", record("Account_Name.Industry", "Hospitality")))
                .isEqualTo("Hospitality");
        assertThat(value("Industry", "Account_Name.Industry", record("Account_Name", Map.of("Industry", "Travel"))))
                .isEqualTo("Travel");
    }

    @Test
    @DisplayName("B118: a point in time is written in the connection's zone; a day stays the same day")
    void times() {
        Map<String, CrmField> metadata = Map.of(
                "Seen", new CrmField("Seen", "Seen", "datetime", null),
                "Born", new CrmField("Born", "Born", "date", null),
                "Note", new CrmField("Note", "Note", "text", null));
        Map<String, Object> record =
                record("Seen", "2026-07-15T23:30:00-08:00", "Born", "1990-01-31", "Note", "2026-07-15T23:30:00-08:00");
        Mapped mapped = mapped(
                new ContactMapper(mapping(false, "Seen", "Seen", "Born", "Born", "Note", "Note"), metadata, BERLIN),
                record);

        assertThat(mapped.contactInfo())
                .containsEntry("Seen", "2026-07-16T09:30:00+02:00")
                .containsEntry("Born", "1990-01-31")
                .containsEntry("Note", "2026-07-15T23:30:00-08:00");
    }

    @Test
    @DisplayName("B118: a point in time that cannot be read arrives as the CRM wrote it")
    void unreadableTime() {
        CrmField seen = new CrmField("Seen", "Seen", "datetime", null);

        assertThat(mapped(
                                new ContactMapper(mapping(false, "Seen", "Seen"), Map.of("Seen", seen), BERLIN),
                                record("Seen", "last summer"))
                        .contactInfo())
                .containsEntry("Seen", "last summer");
    }

    @Test
    @DisplayName("B118: a text at the length limit of Campaigns arrives whole, without a note")
    void longestText() {
        Mapped mapped = map(mapping(false, "Company Name", "Company"), record("Company", "🏨".repeat(100)));

        assertThat(mapped.contactInfo()).containsEntry("Company Name", "🏨".repeat(100));
        assertThat(mapped.notes()).isEmpty();
    }

    @Test
    @DisplayName("B118: a text that is too long is cut between characters, and a note says so without its words")
    void longTextIsCut() {
        Mapped mapped = map(mapping(false, "Company Name", "Company"), record("Company", "🏨".repeat(120)));

        assertThat(mapped.contactInfo()).containsEntry("Company Name", "🏨".repeat(100));
        assertThat(mapped.notes()).containsExactly("Company Name: cut from 120 to 100 characters");
    }

    @Test
    @DisplayName("B118: a text is never cut inside a visible character")
    void cutsBetweenCharacters() {
        for (String character : List.of("👩‍👩‍👧‍👦", "👍🏽", "🇩🇪", "e\u0301", "❤️", "நி", "1️⃣")) {
            String text = "x".repeat(99) + character + "y";

            Mapped mapped = map(mapping(false, "Company Name", "Company"), record("Company", text));

            assertThat(mapped.contactInfo()).as(character).containsEntry("Company Name", "x".repeat(99));
            assertThat(mapped.notes())
                    .containsExactly(
                            "Company Name: cut from " + text.codePointCount(0, text.length()) + " to 99 characters");
        }
    }

    @Test
    @DisplayName("B118: quotes and right-to-left text are kept; control characters and half characters are removed")
    void oddCharacters() {
        assertThat(value("N", "N", record("N", "\"a\" \\ 'b' & {c}"))).isEqualTo("\"a\" \\ 'b' & {c}");
        assertThat(value("N", "N", record("N", "שלום \u200fعالم"))).isEqualTo("שלום \u200fعالم");
        assertThat(value("N", "N", record("N", "a\u0000b\u001bc\td\ud83de"))).isEqualTo("abc\tde");
        assertThat(value("N", "N", record("N", "\u0007"))).isNull();
    }

    @Test
    @DisplayName("B118: the display value of a pick list is written, and each one of a multi-select list")
    void displayValues() {
        Map<String, String> choices = Map.of("D", "Direct debit", "S", "Sailing");
        Map<String, CrmField> metadata = Map.of(
                "Payment", new CrmField("Payment", "Payment", "picklist", null, 0, choices),
                "Interests", new CrmField("Interests", "Interests", "multiselectpicklist", null, 0, choices),
                "Note", new CrmField("Note", "Note", "text", null, 0, Map.of()));

        assertThat(mapped(
                                new ContactMapper(
                                        mapping(false, "Payment", "Payment", "Interests", "Interests", "Note", "Note"),
                                        metadata,
                                        BERLIN),
                                record("Payment", "D", "Interests", List.of("Golf", "S"), "Note", "D"))
                        .contactInfo())
                .containsEntry("Payment", "Direct debit")
                .containsEntry("Interests", "Golf;Sailing")
                .containsEntry("Note", "D");
    }

    @Test
    @DisplayName("B36: an owner is requested by name, and found in pages and in single records")
    void owner() {
        CrmField owner = new CrmField("Owner", "Owner", "ownerlookup", null);
        ContactMapper mapper = new ContactMapper(mapping(false, "Adviser", "Owner"), Map.of("Owner", owner), BERLIN);

        assertThat(mapper.fieldsNeeded()).containsExactly("Owner.full_name");
        assertThat(mapped(mapper, record("Owner.full_name", "Pat Bell")).contactInfo())
                .containsEntry("Adviser", "Pat Bell");
        assertThat(mapped(mapper, record("Owner", Map.of("name", "Pat Bell", "id", "1")))
                        .contactInfo())
                .containsEntry("Adviser", "Pat Bell");
    }

    @Test
    @DisplayName("B36, B115: every field behind an empty lookup is empty, in pages and in single records")
    void emptyLookup() {
        Mapping mapping = mapping(true, "Industry", "Account_Name.Industry");
        Map<String, Object> single = record("Account_Name", null);

        assertThat(map(mapping, single).contactInfo()).containsEntry("Industry", "");
        assertThat(map(mapping, record("Account_Name.Industry", null)).contactInfo())
                .containsEntry("Industry", "");
        assertThat(map(mapping, record("Account_Name", Map.of("name", "Zylker", "id", "1")))
                        .contactInfo())
                .as("the lookup alone says nothing of the industry")
                .doesNotContainKey("Industry");
    }

    @Test
    @DisplayName("B118: line breaks and emoji are kept")
    void lineBreaksAndEmoji() {
        assertThat(value("Note", "Note", record("Note", "Dear 👩‍💻,\r\nwelcome\r!")))
                .isEqualTo("Dear 👩‍💻,\nwelcome\n!");
    }

    @Test
    @DisplayName("B115: an erased value erases only where the sync says so, and only a field that was read")
    void emptyValues() {
        Map<String, Object> record =
                record("Email", "a@example.com", "Last_Name", "", "Phone", null, "Tags", List.of());

        assertThat(map(mapping(false, "Phone", "Phone", "Tags", "Tags"), record).contactInfo())
                .isEmpty();
        assertThat(map(mapping(true, "Phone", "Phone", "Tags", "Tags", "Fax", "Fax"), record)
                        .contactInfo())
                .containsExactly(entry("Last Name", ""), entry("Phone", ""), entry("Tags", ""));
    }

    @Test
    @DisplayName("B115: a choice of none is an erased value")
    void choiceOfNone() {
        CrmField rating = new CrmField("Rating", "Rating", "picklist", null);
        Mapped mapped = mapped(
                new ContactMapper(mapping(true, "Rating", "Rating"), Map.of("Rating", rating), BERLIN),
                record("Rating", "-None-"));

        assertThat(mapped.contactInfo()).containsEntry("Rating", "");
    }

    @Test
    @DisplayName("B38: only mapped fields are requested from the CRM, and names only where the module has them")
    void fieldsNeeded() {
        Mapping mapping = mapping(false, "Industry", "Account_Name.Industry");
        CrmField email = new CrmField("Email", "Email", "email", null);

        assertThat(new ContactMapper(mapping, Map.of(), BERLIN).fieldsNeeded())
                .containsExactly("Email", "First_Name", "Last_Name", "Account_Name.Industry");
        assertThat(new ContactMapper(mapping, Map.of("Email", email), BERLIN).fieldsNeeded())
                .containsExactly("Email", "Account_Name.Industry");
    }

    @Test
    @DisplayName("No text form of a mapped record shows its values")
    void textHidesValues() {
        assertThat(map(mapping(false), record("Last_Name", "Jane")).toString()).doesNotContain("Jane");
    }

    @Test
    @DisplayName(
            "A restricted field, which is null in records, erases nothing in Campaigns, also with updateEmptyValues")
    void restricted() {
        CrmField rating = new CrmField("Rating", "Rating", "picklist", null, 0, Map.of(), true);
        Mapped mapped = mapped(
                new ContactMapper(mapping(true, "Rating", "Rating"), Map.of("Rating", rating), BERLIN),
                record("Email", "jane@example.com", "Rating", null));

        assertThat(mapped.contactInfo()).doesNotContainKey("Rating");
    }

    @Test
    @DisplayName(
            "B115: the result of the transformation is sent in one order: null erases, absence and blanks change nothing")
    void transformed() {
        Map<String, Object> given = new HashMap<>();
        given.put("Zone", "b");
        given.put("Area", null);
        given.put("Phone", " 1 ");
        given.put("Last Name", " ");
        given.put("Company Name", "x".repeat(120));
        Mapping mapping = mapping(false, "Phone", "Phone", "Company Name", "Company");

        Mapped mapped = new ContactMapper(mapping, Map.of(), BERLIN).contact(given);

        assertThat(mapped.contactInfo())
                .containsExactly(
                        entry("Phone", "1"),
                        entry("Company Name", "x".repeat(100)),
                        entry("Area", ""),
                        entry("Zone", "b"));
        assertThat(mapped.notes()).containsExactly("Company Name: cut from 120 to 100 characters");
        assertThat(new ContactMapper(mapping(true), Map.of(), BERLIN)
                        .contact(Map.of("Last Name", " "))
                        .contactInfo())
                .as("blanks erase where the sync has updateEmptyValues")
                .containsExactly(entry("Last Name", ""));
    }

    @Test
    @DisplayName(
            "B118: a step may yield texts, numbers, true or false, days, points in time and lists of simple values")
    void givenValues() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("A", 12.50);
        given.put("B", true);
        given.put("C", LocalDate.of(2026, 2, 28));
        given.put("D", Instant.parse("2026-02-01T07:30:00.123Z"));
        given.put("E", OffsetDateTime.parse("2026-01-31T23:30:00-08:00"));
        given.put("F", List.of("x", 1));

        assertThat(new ContactMapper(mapping(false), Map.of(), BERLIN)
                        .contact(given)
                        .contactInfo())
                .containsExactly(
                        entry("A", "12.5"),
                        entry("B", "true"),
                        entry("C", "2026-02-28"),
                        entry("D", "2026-02-01T08:30:00+01:00"),
                        entry("E", "2026-02-01T08:30:00+01:00"),
                        entry("F", "x;1"));
    }

    @Test
    @DisplayName(
            "A step cannot yield any other value, nor a name that is not a text; the message names the field and no value")
    void otherValues() {
        ContactMapper mapper = new ContactMapper(mapping(false), Map.of(), BERLIN);
        for (Object value : List.of(
                Map.of("name", "Jane"),
                List.of(List.of("Jane")),
                List.of(Map.of("name", "Jane")),
                LocalDateTime.of(2026, 1, 1, 0, 0),
                Double.NaN,
                new StringBuilder("Jane"))) {
            assertThatThrownBy(() -> mapper.contact(Map.of("Field", value)))
                    .as("%s", value)
                    .isInstanceOf(UnusableField.class)
                    .hasMessageContaining("\"Field\"")
                    .hasMessageNotContaining("Jane");
        }
        for (Object name : List.of(1, "", " ")) {
            assertThatThrownBy(() -> mapper.contact(Map.of(name, "x"))).isInstanceOf(UnusableField.class);
        }
    }

    @Test
    @DisplayName("B101: no step can set the e-mail address, in any spelling of its name")
    void addressIsNotGiven() {
        ContactMapper mapper = new ContactMapper(mapping(false), Map.of(), BERLIN);
        for (String name : List.of(
                "Contact Email",
                "contact email",
                "CONTACT_EMAIL",
                " Contact  E-mail ",
                "ContactEmail",
                "Contact\u00a0Email",
                "Con\u200btact Email",
                "\uff23ontact Email")) {
            assertThatThrownBy(() -> mapper.contact(Map.of(name, "b@example.com")))
                    .as(name)
                    .isInstanceOf(UnusableField.class)
                    .hasMessageNotContaining("b@example.com");
        }
    }

    private static String value(String target, String source, Map<String, Object> record) {
        return map(mapping(false, target, source), record).contactInfo().get(target);
    }

    private static Mapped map(Mapping mapping, Map<String, Object> record) {
        return mapped(new ContactMapper(mapping, Map.of(), BERLIN), record);
    }

    private static Mapped mapped(ContactMapper mapper, Map<String, Object> record) {
        return mapper.contact(mapper.map(record));
    }

    private static Mapping mapping(boolean updateEmptyValues, String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return new Mapping(fields, updateEmptyValues);
    }

    private static Map<String, Object> record(Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return values;
    }
}
