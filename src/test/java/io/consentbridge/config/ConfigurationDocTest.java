package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.SamplePurposes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationDocTest {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final Pattern SETTING = Pattern.compile("#?([a-z][A-Za-z.-]*) =\\s?(.*)");

    @Test
    @DisplayName("docs/configuration.md and the sample file have every setting, with the same value")
    void settings() throws IOException {
        String page = Files.readString(PAGE);
        List<String> names = new ArrayList<>();
        try (Stream<String> lines = Files.lines(Path.of("config/application.properties"))) {
            lines.map(SETTING::matcher).filter(found -> found.matches()).forEach(found -> {
                String value = found.group(2).isEmpty() ? "empty" : "`" + found.group(2) + "`";
                assertThat(page).contains("| `" + found.group(1) + "` | " + value + " | ");
                names.add(found.group(1));
            });
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(SettingNames.all(List.of("main")));
        assertThat(page.lines().filter(line -> line.matches("\\| `[a-z-]+\\.[a-z.A-Z-]+` \\| [^|]* \\| [^|]* \\|")))
                .hasSize(names.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"purpose", "mapping", "sync", "campaign", "writeback"})
    @DisplayName(
            "docs/configuration.md has every key of purposes, mapping templates, syncs, campaigns and write-backs, with"
                    + " its values and its meaning")
    void keys(String kind) throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("config/schemas", kind + ".schema.json").toFile());
        walk(schema, "", Files.readString(PAGE));
    }

    @Test
    @DisplayName("B20, B21, B33, B34, B104: the syncs in docs/configuration.md are valid and show every scope")
    void samples(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("syncs"));
        Files.copy(Path.of("config/application.properties"), folder.resolve("application.properties"));
        copy(Path.of("samples/config/purposes"), folder.resolve("purposes"));
        copy(Path.of("samples/config/mappings"), folder.resolve("mappings"));
        SamplePurposes.askByList(folder);
        Matcher block = Pattern.compile(
                        "```yaml\n(# yaml-language-server: \\S*sync\\.schema\\.json\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        int found = 0;
        while (block.find()) {
            Files.writeString(folder.resolve("syncs/doc" + found++ + ".yaml"), block.group(1));
        }

        Loaded loaded = Configuration.load(
                folder, Map.of("ZOHO_MAIN_CLIENT_ID", "a", "ZOHO_CLIENT_SECRET", "b", "ZOHO_REFRESH_TOKEN", "c"));

        assertThat(loaded).as("%s", loaded).isInstanceOf(Configuration.class);
        assertThat(((Configuration) loaded).syncs().values())
                .hasSize(found)
                .extracting(sync -> sync.selection().scope().getClass().getSimpleName())
                .contains("All", "View", "Criteria", "Each");
    }

    @Test
    @DisplayName("The campaign in docs/configuration.md is the example in docs/examples/campaign, which has no mistake")
    void campaign(@TempDir Path folder) throws IOException {
        Path example = Path.of("docs/examples/campaign/spring-offer.yaml");
        Files.copy(Path.of("samples/config/application.properties"), folder.resolve("application.properties"));
        for (String kind : List.of("purposes", "mappings", "syncs")) {
            copy(Path.of("samples/config", kind), folder.resolve(kind));
        }
        Files.createDirectories(folder.resolve("campaigns"));
        Files.copy(example, folder.resolve("campaigns/spring-offer.yaml"));

        Loaded loaded = Configuration.load(
                folder,
                Map.of(
                        "ZOHO_MAIN_DATA_CENTRE", "eu",
                        "ZOHO_MAIN_CLIENT_ID", "a",
                        "ZOHO_MAIN_CLIENT_SECRET", "b",
                        "ZOHO_MAIN_REFRESH_TOKEN", "c"));

        assertThat(loaded).as("%s", loaded).isInstanceOf(Configuration.class);
        assertThat(((Configuration) loaded).campaigns()).containsOnlyKeys("spring-offer");
        assertThat(Files.readString(PAGE)).contains("```yaml\n" + Files.readString(example) + "```");
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private static void walk(JsonNode schema, String prefix, String page) {
        schema.path("properties").properties().forEach(entry -> {
            String name = prefix + entry.getKey();
            JsonNode key = entry.getValue();
            assertThat(page)
                    .containsPattern("\\| `" + Pattern.quote(name) + "` \\| .*"
                            + Pattern.quote(" | " + key.path("description").asText() + " |"));
            key.path("enum").forEach(value -> assertThat(page).contains("`" + value.asText() + "`"));
            walk(key, name + ".", page);
            walk(key.path("items"), name + ".", page);
        });
    }
}
