package io.consentbridge.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of Zoho's own words. */
class ZohoWordsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Invalid Contact email address. | Invalid Contact email address.",
                "The contact Jane Doe already exists in list. | The contact \u2026 already exists in list.",
                "jane doe is blocked | \u2026 is blocked",
                "O'Brien, M\u00fcller-L\u00fcdenscheidt cannot be added | \u2026 cannot be added",
                "\u5f20\u4f1f does not exist | \u2026 does not exist",
                "Error 2501: listkey is empty or invalid. | Error 2501: listkey is empty or invalid.",
                "call 491701234567 | call \u2026"
            })
    @DisplayName("Words of Zoho's documents are shown; names, addresses and numbers of people are not")
    void shown(String message, String shown) {
        assertThat(ZohoWords.shown(message)).isEqualTo(shown);
    }
}
