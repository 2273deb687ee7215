package io.consentbridge.behaviours;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestNamesTest {

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "Names are read from tests, nested ones and parameters; not from comments, helpers or what is disabled")
    void names() throws IOException {
        Files.writeString(folder.resolve("OneTest.java"), """
                @DisplayName("B1: a class")
                class OneTest {
                    // @Test @DisplayName("B2: a comment")
                    @Test
                    @DisplayName("B3: " + "in two parts")
                    void one() {}
                    @Nested
                    class Inner {
                        @ParameterizedTest(name = "B4 {0}") @DisplayName("B5: of an inner class")
                        void two() { call("@DisplayName(\\"B6: a text\\")"); }
                        @Property @Label("B7: a property") void three() {}
                    }
                    @Test @Disabled("later") @DisplayName("B8: disabled") void four() {}
                    @DisplayName("B9: no test") void five() {}
                    @Disabled @Nested class Off { @Test @DisplayName("B10: disabled with its class") void six() {} }
                }
                """);

        assertThat(TestNames.below(folder))
                .containsExactly(
                        new TestName("OneTest", "B1: a class", "OneTest.java:1"),
                        new TestName("OneTest", "B3: in two parts", "OneTest.java:5"),
                        new TestName("OneTest", "B4 {0}", "OneTest.java:9"),
                        new TestName("OneTest", "B5: of an inner class", "OneTest.java:9"),
                        new TestName("OneTest", "B7: a property", "OneTest.java:11"));
    }

    @Test
    @DisplayName("B-numbers come at the start or the end of a name, alone, in a list or as a range")
    void numbers() {
        assertThat(name("B58: an eleventh is refused").behaviours()).containsExactly(58);
        assertThat(name("B8, B10-B12: two cases").behaviours()).containsExactly(8, 10, 11, 12);
        assertThat(name("A person who left stays away (B76–B78, ruling 5)").behaviours())
                .containsExactly(76, 77, 78);
        assertThat(name("API 8 and AB12").behaviours()).isEmpty();
        assertThat(name("B8, B10-B12: two | cases").shown()).isEqualTo("`T`: two \\| cases");
    }

    @Test
    @DisplayName("A behaviour without test and reason, a superfluous reason and an unknown number are reported")
    void problems() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows"), "1\tArea\tOne.\n2\tArea\tTwo.\n3\tArea\tThree.\n");
        Path reasons = Files.writeString(folder.resolve("reasons"), "1\tlater\n2\tlater\n9\tlater\n");
        Behaviours behaviours = Behaviours.read(rows, reasons, List.of(name("B1: one"), name("B8: eight")));

        assertThat(behaviours.problems())
                .containsExactly(
                        "T.java:7: there is no behaviour B8",
                        "B3 has no test: name one after it, or give a reason in not-yet.tsv",
                        "not-yet.tsv: B1 has a test by now (T.java:7); take its line out",
                        "not-yet.tsv: there is no behaviour B9");
        assertThat(behaviours.reasonsLeft()).isEqualTo("2\tlater\n9\tlater\n");
        assertThat(behaviours.page("make"))
                .contains("| B1 | Area | One. | `T`: one |\n| B2 | Area | Two. | *not yet:* later |\n");
    }

    private static TestName name(String text) {
        return new TestName("T", text, "T.java:7");
    }
}
