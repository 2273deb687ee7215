package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFilesTest {

    private static final Set<String> LEAVING =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "process", "bean");
    /** Stands for its default, or for any number if it has none; numbers may be quoted, as a placeholder has to be. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^:}]*:?([^}]*)}}");

    private static final JsonSchema SCHEMA = schema();

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("Each route file keeps to the schema of Camel's YAML, so that editors open it")
    void schema(Path file) throws IOException {
        JsonNode yaml = read(file);
        assertThat(SCHEMA.validate(yaml)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("Each route has an id in kebab case and one sentence for an operator; each step that leaves has an id")
    void described(Path file) throws IOException {
        for (JsonNode element : read(file)) {
            JsonNode route = element.path("route");
            if (!route.isMissingNode()) {
                assertThat(route.path("id").asText()).matches("[a-z]+(-[a-z]+)+");
                assertThat(route.path("description").asText())
                        .as(route.path("id").asText())
                        .matches("[A-Z].*\\.");
                assertThat(withoutId(route, new ArrayList<>()))
                        .as(route.path("id").asText())
                        .isEmpty();
            }
        }
    }

    private static List<String> withoutId(JsonNode node, List<String> found) {
        node.properties().forEach(entry -> {
            if (LEAVING.contains(entry.getKey()) && !entry.getValue().has("id")) {
                found.add(entry.toString());
            }
        });
        node.forEach(child -> withoutId(child, found));
        return found;
    }

    private static JsonNode read(Path file) throws IOException {
        String yaml = Files.readString(file);
        return new YAMLMapper()
                .readTree(PLACEHOLDER
                        .matcher(yaml)
                        .replaceAll(each -> each.group(1).isEmpty() ? "0" : each.group(1)));
    }

    private static JsonSchema schema() {
        try (InputStream in = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                    .getSchema(
                            new ObjectMapper().readTree(in),
                            SchemaValidatorsConfig.builder().typeLoose(true).build());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
