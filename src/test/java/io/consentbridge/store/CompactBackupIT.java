package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactBackupIT {

    private static final String NAME = "zerelda.quux@example.com";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a backup that is restored holds nothing of what was deleted before deleted rows were overwritten")
    void compact() throws Exception {
        String url = TestDatabase.SQLITE.fresh(folder);
        TestDatabase.SQLITE.reopen(url).close();
        Path file = TestDatabase.fileOf(url);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma secure_delete = off");
            statement.execute("insert into person (address) values ('" + NAME + "')");
            statement.execute("delete from person");
            statement.execute("pragma wal_checkpoint(truncate)");
        }
        assertThat(holds(file)).as("an earlier version did not overwrite it").isTrue();

        Path backup = folder.resolve("backup.db");
        DatabaseFiles files = DatabaseFiles.of(url);
        files.backup(backup);
        files.restore(backup, new MovedClock().instant());

        assertThat(holds(backup)).isFalse();
        assertThat(holds(file)).isFalse();
    }

    private static boolean holds(Path file) throws Exception {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(NAME);
    }
}
