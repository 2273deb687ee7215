package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.runtime.RoutesSeen.Shipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesSeenTest {

    private static final String RUN = "run.camel.yaml";

    @TempDir
    private Path folder;

    private Path own;
    private Path shipped;
    private RoutesSeen seen;

    @BeforeEach
    void folders() throws IOException {
        own = Files.createDirectories(folder.resolve("own"));
        shipped = Files.createDirectories(folder.resolve("shipped"));
        seen = new RoutesSeen(new RouteFolders(own, shipped), folder.resolve("data"));
        Files.writeString(shipped.resolve(RUN), "[] # 1");
    }

    @Test
    @DisplayName("A shipped file has changed when it differs from its state when the own file was first seen")
    void changed() throws IOException {
        assertThat(state()).as("no own file").isEmpty();
        mine("[] # 1 and mine");
        assertThat(state()).contains(Shipped.NOT_SEEN);
        seen.note();
        assertThat(state()).contains(Shipped.UNCHANGED);

        mine("[] # 1 and more of mine");
        seen.note();
        assertThat(state()).contains(Shipped.UNCHANGED);

        Files.writeString(shipped.resolve(RUN), "[] # 2");
        seen.note();
        assertThat(state()).as("a second look forgets nothing").contains(Shipped.CHANGED);
        RoutesSeen.Entry entry = seen.entries().get(0);
        assertThat(entry.before()).hasContent("[] # 1");
        assertThat(entry.since()).isNotNull();
    }

    @Test
    @DisplayName("A change no longer counts once a person said that the own file has it, or the own file is a new copy")
    void merged() throws IOException {
        mine("mine");
        seen.note();
        Files.writeString(shipped.resolve(RUN), "[] # 2");
        assertThat(state()).contains(Shipped.CHANGED);
        assertThat(seen.merged(RUN)).isTrue();
        assertThat(state()).contains(Shipped.UNCHANGED);

        Files.writeString(shipped.resolve(RUN), "[] # 3");
        mine("[] # 3");
        assertThat(state()).contains(Shipped.SAME);
        seen.note();
        mine("[] # 3 and mine");
        assertThat(state()).contains(Shipped.UNCHANGED);
        assertThat(seen.merged("deliver.camel.yaml")).isFalse();
    }

    @Test
    @DisplayName("A shipped file that the product no longer contains is reported, until a person keeps the own one")
    void gone() throws IOException {
        mine("mine");
        seen.note();
        Files.delete(shipped.resolve(RUN));
        seen.note();

        assertThat(state()).contains(Shipped.GONE);
        assertThat(seen.merged(RUN)).isTrue();
        assertThat(state()).isEmpty();
    }

    @Test
    @DisplayName("Nothing is stored and nothing has changed without an overlay")
    void oneFolder() throws IOException {
        RoutesSeen one = new RoutesSeen(RouteFolders.only(shipped), folder.resolve("data"));

        one.note();

        assertThat(one.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.shipped()).isEmpty());
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private void mine(String text) throws IOException {
        Files.writeString(own.resolve(RUN), text);
    }

    private Optional<Shipped> state() {
        return seen.entries().stream()
                .filter(entry -> entry.file().name().equals(RUN))
                .findFirst()
                .flatMap(RoutesSeen.Entry::shipped);
    }
}
