package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which files the routes come from, and what an upgrade changed below one's own. */
class RoutesCommandsTest extends CommandLineFixture {

    private Path own;
    private Path shipped;

    @BeforeEach
    void routes() throws IOException {
        own = Files.createDirectories(folder.resolve("own-routes"));
        shipped = Files.createDirectories(folder.resolve("shipped-routes"));
        Files.writeString(shipped.resolve("deliver.camel.yaml"), "[] # 1");
        Files.writeString(shipped.resolve("run.camel.yaml"), "[] # 1");
        Files.writeString(own.resolve("own.camel.yaml"), "[]");
        Files.writeString(own.resolve("run.camel.yaml"), "[] # mine");
        System.setProperty("consentbridge.shipped-routes", shipped.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("consentbridge.shipped-routes");
    }

    @Test
    @DisplayName("routes list shows which file is loaded, and what has changed in a shipped file since it was copied")
    void list() throws IOException {
        String first = list("list").out();
        assertThat(first)
                .contains("own routes      " + own, "shipped routes  " + shipped)
                .containsPattern("(?m)^FILE +LOADED FROM +SHIPPED FILE$")
                .containsPattern("(?m)^deliver.camel.yaml +shipped *$")
                .containsPattern("(?m)^own.camel.yaml +own *$")
                .containsPattern("(?m)^run.camel.yaml +own instead of shipped +unchanged since \\d");

        Files.writeString(shipped.resolve("run.camel.yaml"), "[] # 2");
        assertThat(list("list").out())
                .contains("own instead of shipped  changed since ")
                .containsPattern("diff \\S+shipped-routes/run.camel.yaml " + shipped + "/run.camel.yaml")
                .contains("consentbridge routes merged run.camel.yaml");
        JsonNode row = list("list", "--json").json().path("files").path(2);
        assertThat(row.path("file").asText()).isEqualTo("run.camel.yaml");
        assertThat(row.path("loadedFrom").asText()).isEqualTo("own instead of shipped");
        assertThat(row.path("path").asText())
                .isEqualTo(own.resolve("run.camel.yaml").toString());
        assertThat(row.path("shippedFile").asText()).isEqualTo("changed");
        assertThat(Path.of(row.path("shippedThen").asText())).hasContent("[] # 1");

        assertThat(list("merged", "run.camel.yaml").out()).isEqualTo("Recorded.\n");
        assertThat(list("list").out()).contains("unchanged since ").doesNotContain("merged");
        assertThat(list("merged", "own.camel.yaml").status()).isNotZero();

        Files.writeString(own.resolve("run.camel.yaml"), "[] # 2");
        assertThat(list("list").out())
                .containsPattern("(?m)^run.camel.yaml +own instead of shipped +same *$")
                .contains("Your run.camel.yaml is identical to the shipped file");
    }

    @Test
    @DisplayName("routes list before the first start creates no folder that blocks the runtime, and stores nothing")
    void beforeTheFirstStart() throws IOException {
        Files.delete(database());
        Files.delete(folder.resolve("data"));

        assertThat(list("list").out()).containsPattern("(?m)^run.camel.yaml +own instead of shipped +not seen *$");
        Result merged = list("merged", "run.camel.yaml");
        assertThat(merged.status()).isNotZero();
        assertThat(merged.err()).contains("as the user of the installation");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    @DisplayName("routes list shows one folder for a checkout, and opens no database")
    void oneFolder() throws IOException {
        Result one = run("routes", "list", "--routes", shipped.toString());

        assertThat(one.status()).isZero();
        assertThat(one.out())
                .startsWith("All routes are in " + shipped + ", so no file replaces another one.\n")
                .containsPattern("(?m)^run.camel.yaml +one folder *$");
        assertThat(run("routes", "list", "--json", "--routes", shipped.toString())
                        .json()
                        .path("overlay")
                        .asBoolean(true))
                .isFalse();
        assertThat(runtime.opened).isEmpty();
    }

    @Test
    @DisplayName("a missing folder given with --routes is an error, not a request for the shipped routes alone")
    void missing() {
        for (String command : new String[] {"routes list", "check", "demo"}) {
            Result result = run((command + " --routes " + folder.resolve("nowhere")).split(" "));
            assertThat(result.status()).as(command).isEqualTo(2);
            assertThat(result.out() + result.err()).contains("--routes names " + folder.resolve("nowhere"));
        }
        assertThat(runtime.opened).isEmpty();
    }

    private Result list(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "routes";
        System.arraycopy(words, 0, all, 1, words.length);
        all[all.length - 2] = "--routes";
        all[all.length - 1] = own.toString();
        return run(all);
    }
}
