package io.consentbridge.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EveryEngine
class ExportsIT {

    private static final Person ANN = new Person("ann@example.com");

    private final TestDatabase engine;

    @TempDir
    private Path home;

    ExportsIT(TestDatabase engine) {
        this.engine = engine;
    }

    private static Exports exports(Database database, Exports.Proofs proofs) {
        database.change(handle -> PersonNumbers.of(handle, List.of(ANN)));
        return new Exports(database, Map::of, proofs, new MovedClock());
    }

    private static int full(Person person, Path folder) throws IOException {
        Files.writeString(folder.resolve("1.tlog-proof"), person.address());
        throw new IOException("No space left on device");
    }

    @Test
    @DisplayName("an export that breaks off leaves nothing of the person, and can be made again in the same folder")
    void brokenOff() throws IOException {
        Path made = home.resolve("made/by/the export");
        Path there = Files.createDirectory(home.resolve("there"));
        try (Database database = engine.open()) {
            for (Path folder : List.of(made, there)) {
                assertThatThrownBy(() -> exports(database, ExportsIT::full).write(ANN, folder))
                        .isInstanceOf(IOException.class);
            }
            assertThat(made).doesNotExist();
            assertThat(there).isEmptyDirectory();

            assertThat(exports(database, (person, folder) -> 0).write(ANN, made))
                    .isPresent();
            assertThat(made.resolve("held.json")).exists();
        }
    }
}
