package io.consentbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word that somebody probably meant. */
class NearestTest {

    private static final List<String> WORDS = List.of("Title", "Status", "Annual_Revenue");

    @ParameterizedTest
    @CsvSource({
        "Titel, Title",
        "title, Title",
        "Ttle, Title",
        "Statuses, Status",
        "Anual_Revenu, Annual_Revenue",
        "Annual_Revenues_, Annual_Revenue"
    })
    @DisplayName("A word with a wrong, missing or extra letter is matched to the similar one, in any case")
    void near(String written, String meant) {
        assertThat(Nearest.to(written, WORDS)).contains(meant);
        assertThat(Nearest.hint(written, WORDS)).isEqualTo("did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"Phone", "Tag", "Tomorrow", "Annual"})
    @DisplayName("A word without a similar one is answered with all words")
    void far(String written) {
        assertThat(Nearest.to(written, WORDS)).isEmpty();
        assertThat(Nearest.hint(written, WORDS)).isEqualTo("write one of Title, Status, Annual_Revenue");
    }

    @Test
    @DisplayName("The nearest of several similar words is chosen, to its last letter")
    void nearest() {
        assertThat(Nearest.to("status2", List.of("Status1", "Status2", "Status3")))
                .contains("Status2");
    }

    @Test
    @DisplayName("The first twelve of many words are named, and dots show that there are more")
    void many() {
        String twelve = "write one of " + String.join(", ", Collections.nCopies(12, "x"));

        assertThat(Nearest.oneOf(Collections.nCopies(12, "x"))).isEqualTo(twelve);
        assertThat(Nearest.oneOf(Collections.nCopies(13, "x"))).isEqualTo(twelve + ", …");
        assertThat(Nearest.oneOf(List.of())).isEqualTo("none exist");
    }
}
