package io.consentbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingFieldTest {

    @ParameterizedTest
    @CsvSource({
        "text, 100, Text, 100",
        "text, 5, Text, 20",
        "text, 0, Text, 120",
        "text, 255, Text, 255",
        "text, 256, textarea, 2000",
        "text, 2000, textarea, 2000",
        "textarea, 32000, textarea, 2000",
        "picklist, 120, Text, 120",
        "multiselectpicklist, 2000, textarea, 2000",
        "autonumber, 30, Text, 30",
        "ownerlookup, 0, Text, 120",
        "email, 100, Email, 100",
        "phone, 30, Phone, 30",
        "website, 450, URL, 450",
        "integer, 9, Integer, 20",
        "bigint, 18, LongInteger, 20",
        "double, 16, Decimal, 20",
        "currency, 16, Decimal, 20",
        "percent, 5, Percent, 20",
        "boolean, 5, Checkbox, 20",
        "date, 20, Date, 20",
        "datetime, 30, DateTime, 20"
    })
    @DisplayName("B37: a field that Campaigns lacks can be created with the type that matches the CRM's")
    void types(String dataType, int length, String type, int asked) {
        CrmField field = new CrmField("F", "F", dataType, null, length, Map.of());

        assertThat(missing("Shoe Size", field, Set.of("Contact Email")))
                .containsExactly(new MissingField.Creatable(new NewField("Shoe Size", type, asked)));
    }

    @Test
    @DisplayName("B37: a missing field has the name that the mapping gives it, whether it can be created or not")
    void target() {
        CrmField text = new CrmField("F", "F", "text", null);
        CrmField hologram = new CrmField("F", "F", "hologram", null);

        assertThat(missing("Shoe Size", text, Set.of()).get(0).target()).isEqualTo("Shoe Size");
        assertThat(missing("Shape", hologram, Set.of()).get(0).target()).isEqualTo("Shape");
    }

    @Test
    @DisplayName("B37: an existing field is not missing")
    void there() {
        assertThat(missing("Phone", new CrmField("F", "F", "phone", null), Set.of("Phone")))
                .isEmpty();
    }

    @Test
    @DisplayName("B37: a field that cannot be created is reported with the reason: its name, its case, its type")
    void impossible() {
        CrmField text = new CrmField("F", "F", "text", null);

        assertThat(why("Größe", text, Set.of())).contains("only letters, digits and spaces");
        assertThat(why("phone", text, Set.of("Phone"))).isEqualTo("Campaigns writes the field \"phone\" as \"Phone\"");
        assertThat(why("Shape", new CrmField("Shape", "Shape", "hologram", null), Set.of()))
                .isEqualTo("Campaigns has no field \"Shape\", and no field type that matches hologram, the type"
                        + " of Shape");
    }

    private static String why(String target, CrmField field, Set<String> existing) {
        return missing(target, field, existing).get(0) instanceof MissingField.Impossible no ? no.why() : "possible";
    }

    private static List<MissingField> missing(String target, CrmField field, Set<String> existing) {
        return MissingField.of(new Mapping(Map.of(target, "F"), false), existing, Map.of("F", field));
    }
}
