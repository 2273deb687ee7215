package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlanFileTest extends CommandLineFixture {

    private Path save() {
        Path file = folder.resolve("plan.ndjson");
        assertThat(run("sync", "preview", "customers", "--save", file.toString())
                        .status())
                .isZero();
        return file;
    }

    @Test
    @DisplayName("Only the owner can read a saved preview, which has a header, a line for each record, and no address")
    void saved() throws Exception {
        Path file = save();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(Files.readString(file))
                .startsWith("{\"plan\":1,\"sync\":\"customers\"")
                .contains("{\"record\":\"1\",\"decision\":\"deliver\",\"action\":\"subscribe\"")
                .doesNotContain("@");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith(".plan"));
        }
    }

    @Test
    @DisplayName("sync run --plan hands the plan over and starts its run")
    void carriedOut() {
        Path file = save();
        runtime.operations.asked.clear();

        Result result = run("sync", "run", "customers", "--plan", file.toString(), "--wait");

        assertThat(result.out()).contains("r-customers");
        assertThat(runtime.operations.asked).startsWith("plan for customers", "2 lines to plan-1", "run of plan-1");
    }

    @Test
    @DisplayName("A plan that is truncated, of another sync or missing is refused with status 2, and no run begins")
    void refused() throws Exception {
        Path file = save();
        Path cut = Files.writeString(
                folder.resolve("cut"),
                String.join("\n", Files.readAllLines(file).subList(0, 2)));
        Path other = Files.writeString(folder.resolve("other"), "hello\n");
        runtime.operations.asked.clear();

        assertThat(run("sync", "run", "customers", "--plan", cut.toString()).err())
                .contains("has 1 of 2 records");
        assertThat(run("sync", "run", "hospitality-leads", "--plan", file.toString())
                        .err())
                .contains("is a plan of sync customers, not of hospitality-leads");
        Result none = run("sync", "run", "customers", "--plan", other.toString());
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("is not a saved preview");
        assertThat(run("sync", "run", "customers", "--plan", "nowhere").status())
                .isEqualTo(2);
        assertThat(run("sync", "run", "customers", "--full", "--plan", file.toString())
                        .status())
                .isEqualTo(2);
        assertThat(runtime.operations.asked).noneMatch(asked -> asked.startsWith("run"));
    }
}
