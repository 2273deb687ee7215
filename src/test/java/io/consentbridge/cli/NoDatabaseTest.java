package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.CheckView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in an installation in which nobody made a database yet. */
class NoDatabaseTest extends CommandLineFixture {

    @BeforeEach
    void withoutDatabase() throws IOException {
        Files.delete(database());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "status",
                "sync list",
                "sync show customers",
                "sync preview customers",
                "history",
                "dead-letters list",
                "dead-letters show 7",
                "explain bob@example.com",
                "quota"
            })
    @DisplayName("a read-only command uses a temporary empty database, removes it afterwards, and says so")
    void looking(String command) {
        Result result = run(command.split(" "));

        Path led = led();
        assertThat(led.startsWith(folder)).isFalse();
        assertThat(led.getParent()).doesNotExist();
        assertThat(result.err())
                .contains("consentbridge: there is no database yet. start, sync run and other commands that change"
                        + " something create it: " + database());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "sync run customers --wait",
                "sync activate customers",
                "sync deactivate customers",
                "sync create customers --from FILE",
                "sync edit customers --from FILE",
                "sync delete customers --yes",
                "dead-letters replay 7",
                "dead-letters discard 7"
            })
    @DisplayName("a command that changes something names the database that it creates")
    void changing(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("sync.yaml"), "name: customers\n");
        Result result = run(command.replace("FILE", file.toString()).split(" "));

        assertThat(runtime.opened.get(0).env()).doesNotContainKey("DATABASE_URL");
        assertThat(result.err()).contains("consentbridge: creating a new database: " + database());
    }

    @Test
    @DisplayName("check does not report a database as reachable where there is none")
    void checkWithoutDatabase() {
        runtime.operations.check = new CheckView(List.of("the database answers", "2 syncs, 1 purpose"), List.of());

        assertThat(run("check").out()).contains("ok  2 syncs, 1 purpose").doesNotContain("database answers");
    }

    @Test
    @DisplayName(
            "a read-only command leaves the tables of an existing database unchanged; its temporary database gets tables")
    void tables() throws IOException {
        run("status");
        assertThat(runtime.looked).isZero();

        Files.writeString(database(), "somebody made it");
        run("status");
        run("check");
        run("sync", "preview", "customers");
        assertThat(runtime.looked).isEqualTo(3);

        run("sync", "activate", "customers");
        run("dead-letters", "replay", "7");
        run("start");
        assertThat(runtime.looked).isEqualTo(3);
        assertThat(runtime.opened).hasSize(7);
    }

    @Test
    @DisplayName("no message appears where a database exists or a server does not answer")
    void silent() throws IOException {
        env.put("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/name");
        assertThat(run("sync", "list").err()).isEmpty();
        assertThat(runtime.opened.get(0).env()).containsEntry("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/name");
        env.remove("DATABASE_URL");

        Files.writeString(database(), "somebody made it");
        assertThat(run("sync", "list").err()).isEmpty();
        assertThat(runtime.opened.get(1).env()).doesNotContainKey("DATABASE_URL");
    }

    @Test
    @DisplayName(
            "a relative path of the database starts from the folder that contains config/, or from CONSENTBRIDGE_HOME")
    void home(@org.junit.jupiter.api.io.TempDir Path other) throws IOException {
        Files.writeString(
                folder.resolve("config/application.properties"),
                "database.url = jdbc:sqlite:./data/consentbridge.db\n");
        assertThat(run("sync", "delete", "customers", "--yes").err())
                .contains("creating a new database: " + database());

        env.put("CONSENTBRIDGE_HOME", other.toString());
        assertThat(run("sync", "delete", "customers", "--yes").err())
                .contains("creating a new database: " + other.resolve("data/consentbridge.db"));
    }

    private Path led() {
        String url = runtime.opened.get(0).env().get("DATABASE_URL");
        assertThat(url).startsWith("jdbc:sqlite:");
        return Path.of(Stream.of(url.substring("jdbc:sqlite:".length()).split(";"))
                .findFirst()
                .orElseThrow());
    }
}
