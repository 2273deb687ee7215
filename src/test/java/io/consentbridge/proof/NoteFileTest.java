package io.consentbridge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoteFileTest {

    @TempDir
    Path folder;

    private final List<String> notes = SampleLog.sample().notes();

    private NoteFile file(String text) throws IOException {
        return new NoteFile(Files.writeString(folder.resolve("kept.txt"), text));
    }

    @Test
    @DisplayName(
            "Notes are read as they were written, with any ends of lines, and with any number of empty lines between them")
    void reads() throws IOException {
        assertThat(file(String.join("\n", notes)).some(100)).isEqualTo(notes);
        assertThat(file(String.join("\n\n", notes)).some(100)).isEqualTo(notes);
        assertThat(file(String.join("\n", notes).replace("\n", "\r\n")).some(100))
                .isEqualTo(notes);
        assertThat(file(String.join("\n", notes)).last()).contains(notes.get(3));
        assertThat(file(String.join("\n", notes).replace("\n", "\r\n")).last()).contains(notes.get(3));
        assertThat(file(notes.get(0)).last()).contains(notes.get(0));
        assertThat(file("").some(100)).isEmpty();
        assertThat(file("").last()).isEmpty();
    }

    @Test
    @DisplayName("A last note without its signature is left out")
    void cut() throws IOException {
        String cut = notes.get(0) + "\n" + notes.get(1).substring(0, 30);

        assertThat(file(cut).some(100)).containsExactly(notes.get(0));
        assertThat(file(cut).last()).contains(notes.get(0));
    }

    @Test
    @DisplayName(
            "A note of which a power loss left any part is passed over, wherever it stands, and the notes around it are read")
    void wreck() throws IOException {
        String lost = notes.get(1);
        for (int length = 1; length < lost.length() - 1; length++) {
            String gap = lost.charAt(length - 1) == '\n' ? "\n" : "\n\n";
            String text = notes.get(0) + "\n" + lost.substring(0, length);

            assertThat(file(text).some(100)).as(text).containsExactly(notes.get(0));
            assertThat(file(text).last()).as(text).contains(notes.get(0));
            text = text + gap + notes.get(2);
            assertThat(file(text).some(100)).as(text).containsExactly(notes.get(0), notes.get(2));
            assertThat(file(text).last()).as(text).contains(notes.get(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "8, 7", "100, 7", "100, 1", "1000, 999"})
    @DisplayName("Of many notes some are taken, spread over the file, with the last one among them")
    void some(int many, int most) throws IOException {
        List<String> all = IntStream.range(0, many)
                .mapToObj(i -> i + "\n\n\u2014 x " + "A".repeat(92) + "\n")
                .toList();

        List<String> some = file(String.join("\n", all)).some(most);

        assertThat(some).hasSize(most).isSubsetOf(all).endsWith(all.get(many - 1));
        assertThat(file(String.join("\n", all)).last()).contains(all.get(many - 1));
        for (int i = 1; i < most; i++) {
            assertThat(all.indexOf(some.get(i)) - all.indexOf(some.get(i - 1))).isBetween(1, many / most + 1);
        }
    }
}
