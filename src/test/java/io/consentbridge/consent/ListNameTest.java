package io.consentbridge.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of mailing lists. */
class ListNameTest {

    @Test
    @DisplayName("Names that differ in case, outer blanks or encoding are the same list; other words are another list")
    void same() {
        assertThat(ListName.same("Product News", " product NEWS ")).isTrue();
        assertThat(ListName.same("Grüße", "Gru\u0308ße")).isTrue();
        assertThat(ListName.same("Product News", "Product  News")).isFalse();
        assertThat(ListName.same("News", "News 2")).isFalse();
        assertThat(ListName.key(" Product NEWS ")).isEqualTo("product news");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Product News", "news_2026-11", "Nachrichten für Köln", "ニュース", " News "})
    @DisplayName("A new list's name may have letters of any script, digits, blanks, _ and -")
    void taken(String name) {
        assertThat(ListName.refused(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"News & more, &", "News/2026: all!, '! / :'", "'a, b, c', ','", "News 🎉, 🎉"})
    @DisplayName("The characters that a new list's name may not have are named, each once")
    void refused(String name, String refused) {
        assertThat(ListName.refused(name)).isEqualTo(refused);
    }
}
