package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The commands about the file of the embedded database. */
class StoreCommandsTest extends CommandLineFixture {

    @Test
    @DisplayName("store backup, check and restore say what they did, with status 0")
    void roundTrip() throws Exception {
        Files.deleteIfExists(database());
        Database.open("jdbc:sqlite:" + database(), null, null).close();
        Path copy = folder.resolve("copy.db");

        Result backup = run("store", "backup", copy.toString());
        assertThat(backup.err()).isEmpty();
        assertThat(backup.status()).isEqualTo(ExitStatus.DONE);
        assertThat(backup.out()).startsWith("Backed up to " + copy).contains("0 people, 0 runs, 0 pending deliveries.");

        Result check = run("store", "check");
        assertThat(check.out()).startsWith(database() + " is undamaged, ");
        assertThat(check.status()).isEqualTo(ExitStatus.DONE);

        Result restore = run("store", "restore", copy.toString());
        assertThat(restore.out())
                .startsWith("Restored from " + copy + ".")
                .contains("The replaced database is in " + database() + ".replaced-");
        assertThat(restore.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    @DisplayName("store check ends with status 1 for a damaged database, and with 2 where there is none")
    void damaged() throws Exception {
        Files.deleteIfExists(database());
        assertThat(run("store", "check").status()).isEqualTo(ExitStatus.USAGE_OR_CONFIGURATION);
        Files.createDirectories(database().getParent());
        Files.writeString(database(), "no database ".repeat(1_000));
        Result check = run("store", "check");
        assertThat(check.status()).isEqualTo(ExitStatus.WITH_FAILURES);
        assertThat(check.out()).contains("is damaged:", "Restore a backup: consentbridge store restore FILE");
        Result json = run("store", "check", "--json");
        assertThat(json.out()).contains("\"whole\":false");
        assertThat(run("store", "restore", folder.resolve("none.db").toString()).status())
                .isEqualTo(ExitStatus.USAGE_OR_CONFIGURATION);
    }
}
