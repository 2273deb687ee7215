package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With {@code -Dreleases.write=true} the hashes of the version that is about to be released are written instead. */
class MigrationsTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/db/migration");
    private static final Path HASHES = Path.of("src/test/resources/releases/0.1.0/migrations.txt");
    private static final String FIRST = "V1__tables.sql";

    @Test
    @DisplayName(
            "The migrations of a release never change, nor do the types that they name; a change is a new migration")
    void frozen() throws Exception {
        List<String> hashes = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            hashes.add(FIRST + " " + engine + " " + hash(engine));
        }
        if (Boolean.getBoolean("releases.write")) {
            Files.write(HASHES, hashes);
        }
        assertThat(hashes)
                .as("version 0.1.0 has these tables; change them by a script V2__….sql")
                .isEqualTo(Files.readAllLines(HASHES));
    }

    private static String hash(Engine engine) throws IOException, NoSuchAlgorithmException {
        String script = Files.readString(SCRIPTS.resolve(FIRST));
        for (Map.Entry<String, String> type : engine.types().entrySet()) {
            script = script.replace("${" + type.getKey() + "}", type.getValue());
        }
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
