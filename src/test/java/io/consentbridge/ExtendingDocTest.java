package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtendingDocTest {

    private static final Pattern SEAM = Pattern.compile("`direct:([a-z-]+)`");

    @Test
    @DisplayName("docs/extending.md lists every seam of the routes and no seam that does not exist")
    void seams() throws IOException {
        String table = Files.readAllLines(Path.of("docs/extending.md")).stream()
                .filter(line -> line.startsWith("| `direct:"))
                .collect(Collectors.joining("\n"));
        Set<String> listed = new TreeSet<>();
        SEAM.matcher(table).results().forEach(found -> listed.add(found.group(1)));
        assertThat(listed).isEqualTo(seamsOfRoutes());
    }

    @Test
    @DisplayName("docs/extending.md names every bean that a route calls")
    void beans() throws IOException {
        String text = Files.readString(Path.of("docs/extending.md"));
        for (JsonNode file : routes()) {
            file.findValues("ref").forEach(ref -> assertThat(text).contains("`" + ref.asText() + "`"));
            Pattern.compile("#bean:(\\w+)")
                    .matcher(file.toString())
                    .results()
                    .forEach(bean -> assertThat(text).contains("`" + bean.group(1) + "`"));
        }
    }

    @Test
    @DisplayName("The test that docs/extending.md shows is the one that runs")
    void ownTest() throws IOException {
        String text = Files.readString(Path.of("docs/extending.md"));
        String shown = text.substring(text.indexOf("```java\n") + "```java\n".length());
        assertThat(Files.readString(Path.of("src/test/java/io/consentbridge/routes/OwnRoutesTest.java")))
                .contains(shown.substring(0, shown.indexOf("```")));
    }

    private static Set<String> seamsOfRoutes() throws IOException {
        Set<String> seams = new TreeSet<>();
        for (JsonNode file : routes()) {
            file.findValues("from").stream()
                    .filter(from -> from.path("uri").asText().equals("direct"))
                    .forEach(from ->
                            seams.add(from.path("parameters").path("name").asText()));
        }
        return seams;
    }

    private static List<JsonNode> routes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.map(ExtendingDocTest::read).toList();
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
