package io.consentbridge.confirmation.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTextsTest {

    @Test
    @DisplayName("The page says the same sentences in each language")
    void complete() {
        assertThat(PageTexts.of("de").texts().keySet())
                .isEqualTo(PageTexts.of("en").texts().keySet());
        assertThat(PageTexts.of("de").texts().values()).doesNotContain("");
    }

    @ParameterizedTest
    @CsvSource({"de, de", "de-AT, de", "en-GB, en", "fr, en", "'', en", "not a tag, en"})
    @DisplayName("A purpose in another language has the page in English")
    void language(String tag, String language) {
        assertThat(PageTexts.of(tag).language()).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({"'de-DE,de;q=0.9,en;q=0.8', de", "'fr,en;q=0.5', en", "fr, en", "'', en", "';;;q=x', en", ", en"})
    @DisplayName("Where no purpose is known, the browser's language decides")
    void accepted(String header, String language) {
        assertThat(PageTexts.accepted(header).language()).isEqualTo(language);
    }
}
