package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConsentFaultsTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    @DisplayName("every row of docs/consent-faults.md names a test class that exists")
    void everyRowHasATest() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/consent-faults.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--") && !line.startsWith("| what happens"))
                .toList();
        assertThat(rows).isNotEmpty();
        Set<String> classes = classes();
        assertThat(rows).allSatisfy(row -> {
            String[] cells = row.strip().split("(?<!\\\\)\\|");
            List<String> tests = NAMED.matcher(cells[cells.length - 1])
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(tests).as(row).isNotEmpty();
            assertThat(classes).as(row).containsAll(tests);
        });
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
