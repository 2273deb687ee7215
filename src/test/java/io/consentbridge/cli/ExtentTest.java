package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.runtime.Extent;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of an installation each command opens when no runtime is up. */
class ExtentTest extends CommandLineFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {"check", "sync preview hospitality-leads", "sync run hospitality-leads", "dead-letters replay 1"
            })
    @DisplayName("Commands that call Zoho start the routes that they use")
    void called(String command) {
        run(command.split(" "));

        assertThat(runtime.opened.get(0).extent()).isEqualTo(Extent.ROUTES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "sync list",
                "sync show hospitality-leads",
                "sync activate hospitality-leads",
                "sync deactivate hospitality-leads",
                "sync create hospitality-leads --from FILE",
                "sync edit hospitality-leads --from FILE",
                "sync delete hospitality-leads --yes",
                "history",
                "dead-letters list",
                "dead-letters show 1",
                "dead-letters discard 1",
                "explain someone@c1.example.com",
                "quota",
                "ledger status",
                "ledger verify",
                "ledger export new",
                "ledger acknowledge --because seen",
                "ledger rotate-key"
            })
    @DisplayName("All other commands start no route")
    void none(String command) throws Exception {
        String file =
                Files.writeString(folder.resolve("text.yaml"), "name: x\n").toString();

        run(command.replace("FILE", file).split(" "));

        assertThat(runtime.opened.get(0).extent()).isEqualTo(Extent.RECORDS);
    }

    @Test
    @DisplayName("The demo serves the page on which people answer, and the API")
    void demo() {
        run("demo");

        assertThat(runtime.opened.get(0).extent()).isEqualTo(Extent.API);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reload", "sandbox", "--version"})
    @DisplayName("reload, sandbox and --version open nothing")
    void nothing(String command) {
        run(command.split(" "));

        assertThat(runtime.opened).isEmpty();
    }
}
