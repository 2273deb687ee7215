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
    @DisplayName("A word with a letter wrong, missing, or too many is taken for the one that is near, in any case")
    void near(String written, String meant) {
        assertThat(Nearest.to(written, WORDS)).contains(meant);
        assertThat(Nearest.hint(written, WORDS)).isEqualTo("did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"Phone", "Tag", "Tomorrow", "Annual"})
    @DisplayName("A word that is near none is answered with the words there are")
    void far(String written) {
        assertThat(Nearest.to(written, WORDS)).isEmpty();
        assertThat(Nearest.hint(written, WORDS)).isEqualTo("write one of Title, Status, Annual_Revenue");
    }

    @Test
    @DisplayName("Of several near words the nearest is meant, to its last letter")
    void nearest() {
        assertThat(Nearest.to("status2", List.of("Status1", "Status2", "Status3")))
                .contains("Status2");
    }

    @Test
    @DisplayName("Of many words the first twelve are named, and dots say that there are more")
    void many() {
        String twelve = "write one of " + String.join(", ", Collections.nCopies(12, "x"));

        assertThat(Nearest.oneOf(Collections.nCopies(12, "x"))).isEqualTo(twelve);
        assertThat(Nearest.oneOf(Collections.nCopies(13, "x"))).isEqualTo(twelve + ", …");
        assertThat(Nearest.oneOf(List.of())).isEqualTo("none exist");
    }
}
