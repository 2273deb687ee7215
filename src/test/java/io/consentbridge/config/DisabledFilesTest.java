package io.consentbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a disabled connection are moved, and never lost. */
class DisabledFilesTest {

    private static final Instant AT = Instant.parse("2026-11-29T03:05:07.5Z");

    @TempDir
    Path config;

    private Path sync(String file, String name) throws IOException {
        return write("syncs/" + file, "name: " + name + "\n");
    }

    private Path write(String file, String text) throws IOException {
        Path path = config.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private DisabledFiles files() {
        return new DisabledFiles(config);
    }

    @Test
    @DisplayName("A file is moved into a folder with the time, unchanged, and is found there by its name")
    void moved() throws IOException {
        Path file = sync("leads.yaml", "leads");
        String text = Files.readString(file);

        Path now = files().move(file, AT);

        assertThat(config.relativize(now)).isEqualTo(Path.of("disabled/20261129T030507Z/syncs/leads.yaml"));
        assertThat(now).hasContent(text);
        assertThat(file).doesNotExist();
    }

    @Test
    @DisplayName("A file that is there already is not overwritten; the other one gets a name of its own")
    void neverOverwritten() throws IOException {
        Path there = write("disabled/20261129T030507Z/syncs/leads.yaml", "of an earlier time");
        write("disabled/20261129T030507Z/syncs/leads-2.yaml", "another one");

        Path now = files().move(sync("leads.yaml", "leads"), AT);

        assertThat(now).hasFileName("leads-3.yaml").hasContent("name: leads\n");
        assertThat(there).hasContent("of an earlier time");
    }

    @Test
    @DisplayName("A move that was interrupted between its two steps is completed by the next attempt")
    void interrupted() throws IOException {
        Path file = sync("leads.yml", "leads");
        Path there = write("disabled/20261129T030507Z/syncs/leads.yml", Files.readString(file));

        assertThat(files().move(file, AT)).isEqualTo(there).hasContent("name: leads\n");

        assertThat(file).doesNotExist();
        assertThat(config.resolve("disabled/20261129T030507Z/syncs")).isDirectoryContaining(there::equals);
        assertThatThrownBy(() -> files().move(file, AT)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @DisplayName("A link to a file is replaced by what it leads to, since it may be relative")
    void link() throws IOException {
        write("shared/leads.yaml", "name: leads\n");
        Path file = config.resolve("syncs/leads.yaml");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of("../shared/leads.yaml"));

        Path now = files().move(file, AT);

        assertThat(Files.isSymbolicLink(now)).isFalse();
        assertThat(now).hasContent("name: leads\n");
        assertThat(config.resolve("shared/leads.yaml")).exists();
        assertThat(Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    @DisplayName("Files are found by the name that they give, whatever their own name is")
    void found() throws IOException {
        Path one = sync("b.yml", "leads");
        sync("leads.yaml", "members");
        sync(".leads.yaml", "leads");
        Path two = sync("a.yaml", "customers");

        assertThat(files().find("syncs", List.of("leads", "customers"))).containsExactly(two, one);
        assertThat(files().find("campaigns", List.of("leads"))).isEmpty();
    }
}
