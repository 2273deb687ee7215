package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldKindTest {

    @ParameterizedTest
    @CsvSource({
        "text, TEXT",
        "email, TEXT",
        "textarea, LONG_TEXT",
        "richtextarea, RICH_TEXT",
        "picklist, CHOICE",
        "multiselectpicklist, CHOICES",
        "currency, NUMBER",
        "boolean, BOOLEAN",
        "date, DATE",
        "datetime, DATE_TIME",
        "ownerlookup, REFERENCE",
        "profileimage, OTHER",
        "hologram, OTHER"
    })
    @DisplayName("B31: Zoho's data types are queried by their kind, and unknown types cannot be queried")
    void kinds(String dataType, FieldKind kind) {
        assertThat(FieldKind.of(dataType)).isEqualTo(kind);
    }
}
