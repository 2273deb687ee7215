package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import io.consentbridge.store.Database;
import io.consentbridge.store.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisfitDatabaseIT {

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "A database that this program must not use is a configuration error (status 2), not a connection failure")
    void misfit() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("application.properties"), "zoho.connections = main\nzoho.main.data-centre = eu\n");
        try (Database database = Database.open("jdbc:sqlite:" + folder + "/data/consentbridge.db", null, null)) {
            database.change(handle -> handle.execute("update \"flyway_schema_history\" set \"checksum\" = 1"));
        }
        assertThatThrownBy(() -> new LocalInstallation(Clock.systemUTC())
                        .open(config, RouteFolders.only(folder.resolve("routes")), Map.of(), Extent.RECORDS))
                .isInstanceOf(OperationFailure.Misconfigured.class)
                .hasMessageContaining(folder + "/data/consentbridge.db has tables of version " + Migrations.newest());
    }
}
