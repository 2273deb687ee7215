package io.consentbridge.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.outbox.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Compares the table "Who keeps a person on a list" of {@code docs/consent.md} with the code. */
class KeepersTableTest {

    private static final Keepers.Reason LEAVING = new Keepers.Reason("leads", "1");
    private static final Keepers.Reason ANOTHER_RECORD = new Keepers.Reason("leads", "2");
    private static final Keepers.Reason SAME_ELSEWHERE = new Keepers.Reason("events", "1");
    private static final Keepers.Reason OTHER_ELSEWHERE = new Keepers.Reason("events", "2");

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/consent.md")).stream()
                .dropWhile(line -> !line.startsWith("| what happened | cause |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static String word(Held.Cause cause, Keepers.Reason other) {
        return Keepers.keeps(cause, LEAVING, other) ? "stays" : "leaves";
    }

    @Test
    @DisplayName("The documented table says who keeps a person on a list, for each cause of leaving")
    void documentAndCodeAgree() throws IOException {
        List<List<String>> documented =
                rows().stream().filter(row -> !row.get(1).equals("–")).toList();

        assertThat(documented)
                .extracting(row -> row.get(1))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Held.Cause.values()).map(Held.Cause::word).toList());
        for (List<String> row : documented) {
            Held.Cause cause = Arrays.stream(Held.Cause.values())
                    .filter(each -> each.word().equals(row.get(1)))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.subList(2, 5))
                    .as(row.get(0))
                    .containsExactly(
                            word(cause, ANOTHER_RECORD), word(cause, SAME_ELSEWHERE), word(cause, OTHER_ELSEWHERE));
        }
    }

    @Test
    @DisplayName("A record that was going to remove a person keeps them when it is delivered again meanwhile")
    void theRecordItself() {
        for (Held.Cause cause : Held.Cause.values()) {
            assertThat(Keepers.keeps(cause, LEAVING, LEAVING)).isTrue();
        }
    }

    @Test
    @DisplayName("B52: the documented table never keeps a person who opted out")
    void optedOut() throws IOException {
        assertThat(rows())
                .filteredOn(row -> row.get(1).equals("–"))
                .singleElement()
                .satisfies(row -> assertThat(row.subList(2, 5)).containsOnly("leaves"));
    }
}
