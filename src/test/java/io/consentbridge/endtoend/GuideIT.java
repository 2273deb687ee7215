package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.PreviewView;
import io.consentbridge.api.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The README's guide, followed to the letter against the sandbox that it names. */
class GuideIT extends BridgeFixture {

    private static final Path EXAMPLES = Path.of("docs/examples/guide");
    private static final Pattern ROW =
            Pattern.compile("\\| \\[`([a-z-]+)`]\\(docs/examples/guide/\\1\\.yaml\\) \\|.*\\| (\\d+) \\| (\\d+) \\|");

    @BeforeAll
    static void open() {
        bridge = Bridge.open(2_000, files -> files.samples());
    }

    @Test
    @DisplayName("B20, B21, B30, B33, B34, B45, B104: each sync of the README's guide does what it says there")
    void guide() throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of("README.md")).stream()
                .map(ROW::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(row -> new String[] {row.group(1), row.group(2), row.group(3)})
                .toList();
        try (var files = Files.list(EXAMPLES)) {
            assertThat(rows)
                    .extracting(row -> row[0] + ".yaml")
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString()).toList());
        }
        for (String[] row : rows) {
            bridge.files()
                    .write("config/syncs/" + row[0] + ".yaml", Files.readString(EXAMPLES.resolve(row[0] + ".yaml")));
        }
        bridge.reload();
        CheckView check = bridge.operations().check();
        assertThat(check.problems()).isEmpty();

        for (String[] row : rows) {
            RunView run = bridge.complete(row[0]);
            assertThat(List.of(run.total(), run.added()))
                    .as(row[0])
                    .containsExactly(Long.parseLong(row[1]), Long.parseLong(row[2]));
        }

        bridge.zoho().change("Contacts", "5394166002100000014", Map.of("Email_Opt_Out", true));
        bridge.zoho().change("Accounts", "5394166004100000000", Map.of("Industry", "Retail"));
        PreviewView preview = bridge.preview("retail-contacts", false).view();
        assertThat(List.of(preview.totals().total(), preview.totals().added())).containsExactly(4L, 3L);
        RunView run = bridge.complete("retail-contacts");
        assertThat(run.added()).isEqualTo(3);
        assertThat(run.ignoredTotal()).isEqualTo(1);
    }
}
