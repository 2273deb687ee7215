package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFoldersTest {

    @TempDir
    private Path folder;

    private Path own;
    private Path shipped;

    @BeforeEach
    void folders() throws IOException {
        own = folder.resolve("own");
        shipped = Files.createDirectories(folder.resolve("shipped"));
        write(shipped, "deliver.camel.yaml");
        write(shipped, "run.camel.yaml");
    }

    @Test
    @DisplayName("Shipped files are loaded, own files of the same name replace them, and further own files add to them")
    void overlay() throws IOException {
        write(own, "deliver.camel.yaml");
        write(own, "more/run.camel.yaml");
        write(own, "note.txt");
        write(own, "..data/run.camel.yaml");
        write(own, ".#run.camel.yaml");

        assertThat(loaded(new RouteFolders(own, shipped)))
                .containsExactly(
                        Map.entry("deliver.camel.yaml", own.resolve("deliver.camel.yaml")),
                        Map.entry("more/run.camel.yaml", own.resolve("more/run.camel.yaml")),
                        Map.entry("run.camel.yaml", shipped.resolve("run.camel.yaml")));
    }

    @Test
    @DisplayName("Only the shipped files are loaded without an own folder")
    void none() {
        assertThat(loaded(new RouteFolders(own, shipped)).values())
                .containsExactly(shipped.resolve("deliver.camel.yaml"), shipped.resolve("run.camel.yaml"));
    }

    @Test
    @DisplayName("One folder for both, under any name, means no overlay, and each file is loaded once")
    void oneFolder() throws IOException {
        RouteFolders linked = new RouteFolders(Files.createSymbolicLink(folder.resolve("link"), shipped), shipped);

        assertThat(linked.overlay()).isFalse();
        assertThat(loaded(linked)).hasSize(2);
        assertThat(RouteFolders.only(shipped).overlay()).isFalse();
        assertThat(new RouteFolders(shipped.resolve("../shipped"), shipped).overlay())
                .isFalse();
    }

    @Test
    @DisplayName("An own folder within the shipped one is not loaded twice")
    void within() throws IOException {
        Path inner = shipped.resolve("mine");
        write(inner, "own.camel.yaml");

        assertThat(loaded(new RouteFolders(inner, shipped)).keySet())
                .containsExactly("deliver.camel.yaml", "own.camel.yaml", "run.camel.yaml");
    }

    @Test
    @DisplayName("A required folder that is missing is named")
    void missing() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        write(own, "deliver.camel.yaml");

        assertThatThrownBy(() -> new RouteFolders(own, nowhere).files())
                .isInstanceOf(RuntimeFault.class)
                .hasMessageContaining(nowhere + " cannot be read. It is part of the product");
        assertThatThrownBy(() -> RouteFolders.only(nowhere).files())
                .isInstanceOf(RuntimeFault.class)
                .hasMessageContaining(nowhere + " cannot be read. Give an existing one with --routes");
    }

    private static Map<String, Path> loaded(RouteFolders folders) {
        Map<String, Path> loaded = new LinkedHashMap<>();
        folders.files().forEach(file -> loaded.put(file.name(), file.path()));
        return loaded;
    }

    private static void write(Path in, String name) throws IOException {
        Path file = in.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "[]");
    }
}
