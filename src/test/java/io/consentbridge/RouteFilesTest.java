package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.consentbridge.runtime.RouteSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteFilesTest {

    private static final Set<String> LEAVING =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "process", "bean");

    static Stream<Path> files() throws IOException {
        return Stream.concat(in("routes"), in("docs/examples/extending/routes"));
    }

    private static Stream<Path> in(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("Each route file keeps to the schema of Camel's YAML, so that editors open it")
    void schema(Path file) throws IOException {
        JsonNode yaml = read(file);
        assertThat(RouteSchema.violations(yaml)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("Each route has an id in kebab case and one sentence for an operator; each step that leaves has an id")
    void described(Path file) throws IOException {
        for (JsonNode element : read(file)) {
            assertThat(withoutId(element, new ArrayList<>())).isEmpty();
            for (String kind : List.of("route", "routeTemplate", "routeConfiguration")) {
                JsonNode route = element.path(kind);
                if (route.isMissingNode()) {
                    continue;
                }
                assertThat(route.path("id").asText()).matches("[a-z]+(-[a-z]+)+");
                assertThat(route.path("description").asText())
                        .as(route.path("id").asText())
                        .matches("[A-Z].*\\.");
            }
        }
    }

    @Test
    @DisplayName("No two routes, configurations or steps of all files have the same id")
    void unique() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : in("routes").toList()) {
            read(file).findValues("id").forEach(id -> ids.add(id.asText()));
        }
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("Each route names the route configuration that handles its failures")
    void responsible(Path file) throws IOException {
        for (JsonNode element : read(file)) {
            JsonNode route = element.path("route");
            if (!route.isMissingNode()) {
                assertThat(route.path("routeConfigurationId").asText())
                        .as(route.path("id").asText())
                        .isNotEmpty();
                assertThat(route.has("errorHandler"))
                        .as(route.path("id").asText())
                        .isFalse();
            }
        }
    }

    @Test
    @DisplayName("No route calls itself, neither directly nor by the routes that it calls")
    void noRecursion() throws IOException {
        Map<String, Set<String>> called = new HashMap<>();
        for (Path file : in("routes").toList()) {
            for (JsonNode element : read(file)) {
                JsonNode from = element.path("route").path("from");
                called.put(
                        from.path("parameters")
                                .path("name")
                                .asText(element.path("route").path("id").asText()),
                        called(from.path("steps")));
            }
        }
        assertThat(called).containsKeys("run-sync", "carry-out-run", "read-run");
        called.keySet()
                .forEach(route -> assertThat(reached(route, called)).as(route).doesNotContain(route));
    }

    private static Set<String> called(JsonNode steps) {
        return steps.findValues("parameters").stream()
                .filter(parameters -> parameters.has("name"))
                .map(parameters -> parameters.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> reached(String route, Map<String, Set<String>> called) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(called.get(route));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (reached.add(next)) {
                open.addAll(called.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("A route contains no Java: beans are steps with a name, and expressions only read")
    void noJava(Path file) throws IOException {
        JsonNode yaml = read(file);
        for (String language : List.of("groovy", "joor", "java", "mvel", "ognl", "script", "spel", "js")) {
            assertThat(yaml.findValues(language)).as(language).isEmpty();
        }
        assertThat(Files.readString(file)).doesNotContain("${bean:", "${type:", "#class:", "#type:");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName(
            "No policy lets Camel log a retry: its logger changes level for all threads, so a retry may look like an error")
    void noRetryIsLogged(Path file) throws IOException {
        for (JsonNode policy : read(file).findValues("redeliveryPolicy")) {
            assertThat(policy.path("logRetryAttempted").asText())
                    .as(policy.toString())
                    .isEqualTo("false");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("The settings give every figure of the pauses between retries")
    void pausesAreSettings(Path file) throws IOException {
        for (JsonNode policy : read(file).findValues("redeliveryPolicy")) {
            for (String figure : List.of(
                    "redeliveryDelay", "maximumRedeliveryDelay", "backOffMultiplier", "collisionAvoidanceFactor")) {
                if (policy.has(figure)) {
                    assertThat(policy.path(figure).asText()).as(figure).matches("\\{\\{retry\\.[a-z.]+}}");
                }
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
        return new YAMLMapper().readTree(Files.readString(file));
    }
}
