package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.EvidenceDepth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The samples, and the settings and schemas that ship with the product. */
class SampleConfigurationTest {

    private static final Path CONFIG = Path.of("config");
    private static final Path SAMPLES = Path.of("samples/config");
    private static final Map<String, String> CREDENTIALS = Map.of(
            "ZOHO_CLIENT_ID",
            "a",
            "ZOHO_CLIENT_SECRET",
            "b",
            "ZOHO_REFRESH_TOKEN",
            "c",
            "ZOHO_MAIN_DATA_CENTRE",
            "eu",
            "ZOHO_MAIN_CLIENT_ID",
            "a",
            "ZOHO_MAIN_CLIENT_SECRET",
            "b",
            "ZOHO_MAIN_REFRESH_TOKEN",
            "c");

    @Test
    @DisplayName("The sample has no mistake")
    void hasNoMistake() {
        assertThat(sample().purposes()).hasSizeBetween(3, 4);
        assertThat(sample().syncs()).hasSizeBetween(4, 6);
    }

    @Test
    @DisplayName("The sample shows every consent case")
    void everyCase() {
        assertThat(sample().syncs().values())
                .extracting(Sync::consent)
                .contains(
                        Optional.empty(), Optional.of(ConsentSetting.REQUIRED), Optional.of(ConsentSetting.EXPRESSED));
        assertThat(sample().syncs().values())
                .extracting(Sync::evidence)
                .contains(EvidenceDepth.DETAILS, EvidenceDepth.BASIS);
        assertThat(sample().templates()).containsOnlyKeys("product-news");
    }

    @Test
    @DisplayName("The sample shows leads, contacts and a custom module, whole")
    void everyModule() {
        assertThat(sample().syncs().values()).extracting(Sync::module).contains("Leads", "Contacts", "Memberships");
        assertThat(sample().syncs().values()).allMatch(sync -> sync.selection().scope() instanceof Selection.All);
    }

    @Test
    @DisplayName("B38: two syncs of the sample share a mapping template")
    void sharedTemplate() {
        assertThat(sample().syncs().values())
                .filteredOn(sync -> sync.mapping().template().isPresent())
                .hasSize(2)
                .allSatisfy(sync -> assertThat(sync.mapping().fields()).containsEntry("Phone", "Phone"));
    }

    @Test
    @DisplayName("config/ ships settings and schemas only, so that no sync is active that nobody made")
    void nothingIsLive() throws IOException {
        try (Stream<Path> shipped = Files.walk(CONFIG)) {
            assertThat(shipped.filter(Files::isRegularFile))
                    .allMatch(file -> file.equals(CONFIG.resolve("application.properties"))
                            || file.startsWith(CONFIG.resolve("schemas")));
        }
        assertThat(Configuration.load(CONFIG, CREDENTIALS))
                .isInstanceOfSatisfying(
                        Configuration.class,
                        empty -> assertThat(
                                        empty.purposes().size() + empty.syncs().size())
                                .isZero());
    }

    @Test
    @DisplayName("The sample names every setting, with its default, below a comment")
    void everySetting() throws IOException {
        List<String> lines = Files.readAllLines(CONFIG.resolve("application.properties"));
        SettingNames.DEFAULTS.forEach((name, value) ->
                assertThat(lines).as(name).anyMatch(line -> line.strip().equals((name + " = " + value).strip())));
        SettingNames.OF_CONNECTION.forEach(
                part -> assertThat(lines).as(part).anyMatch(line -> line.matches("#?zoho\\.main\\." + part + " =.*")));
    }

    @Test
    @DisplayName("Each file names its schema in its first line, and its name is the file's")
    void everyFileNamesItsSchema() throws IOException {
        for (String kind : List.of("purpose", "mapping", "sync")) {
            try (Stream<Path> files = Files.list(SAMPLES.resolve(kind + "s"))) {
                for (Path file : files.toList()) {
                    List<String> lines = Files.readAllLines(file);
                    assertThat(lines.get(0))
                            .isEqualTo("# yaml-language-server: $schema=../schemas/" + kind + ".schema.json");
                    assertThat(lines)
                            .contains("name: " + file.getFileName().toString().replace(".yaml", ""));
                }
            }
        }
    }

    @Test
    @DisplayName("The schemas that are packed are those that editors use")
    void schemasArePacked() throws IOException {
        for (String name :
                List.of("purpose.schema.json", "mapping.schema.json", "sync.schema.json", "campaign.schema.json")) {
            try (var packed = SchemaCheck.class.getResourceAsStream("schemas/" + name)) {
                assertThat(packed)
                        .hasBinaryContent(
                                Files.readAllBytes(CONFIG.resolve("schemas").resolve(name)));
            }
        }
    }

    private static Configuration sample() {
        Loaded loaded = Configuration.load(SAMPLES, CREDENTIALS);
        assertThat(loaded).as("%s", loaded).isInstanceOf(Configuration.class);
        return (Configuration) loaded;
    }
}
