package io.consentbridge.behaviours;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/behaviours.md} true; with {@code -Dbehaviours.write=true} it writes the page. */
class BehavioursTest {

    private static final Path ROWS = Path.of("src/test/resources/behaviours.tsv");
    private static final Path REASONS = Path.of("src/test/resources/not-yet.tsv");
    private static final Path PAGE = Path.of("docs/behaviours.md");
    private static final String COMMAND = "mvn -q test -Dtest=BehavioursTest -Dbehaviours.write=true";

    @Test
    @DisplayName("Each behaviour has a test that names it or a reason, and docs/behaviours.md says which")
    void provenOrExplained() throws IOException {
        if (Boolean.getBoolean("behaviours.write")) {
            Files.writeString(REASONS, read().reasonsLeft());
            Files.writeString(PAGE, read().page(COMMAND));
        }

        Behaviours behaviours = read();
        assertThat(behaviours.problems()).isEmpty();
        assertThat(Files.readString(PAGE))
                .as("%s is not what the names of the tests say; make it anew: %s", PAGE, COMMAND)
                .isEqualTo(behaviours.page(COMMAND));
    }

    private static Behaviours read() {
        return Behaviours.read(ROWS, REASONS, TestNames.below(Path.of("src/test/java")));
    }
}
