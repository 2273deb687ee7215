package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say of a configuration without a sync. */
class FirstStepsTest extends CommandLineFixture {

    @ParameterizedTest
    @ValueSource(strings = {"check", "start", "status", "sync list"})
    @DisplayName("An empty configuration says what to do next, and one with a sync does not")
    void saysWhatToDo(String command) throws Exception {
        assertThat(run(command.split(" ")).out()).doesNotContain("Next steps");
        Files.delete(folder.resolve("config/syncs/hospitality-leads.yaml"));

        assertThat(run(command.split(" ")).out())
                .contains("There is no sync yet, so nobody is mailed. Next steps:")
                .contains("Write a purpose into " + folder.resolve("config/purposes"))
                .contains("consentbridge sync create NAME --from FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "start", "status", "sync list"})
    @DisplayName("With --json that text goes to standard error")
    void besideTheDocument(String command) throws Exception {
        Files.delete(folder.resolve("config/syncs/hospitality-leads.yaml"));

        Result result = run((command + " --json").split(" "));

        assertThat(result.json().isObject()).isTrue();
        assertThat(result.err()).contains("Next steps");
    }
}
