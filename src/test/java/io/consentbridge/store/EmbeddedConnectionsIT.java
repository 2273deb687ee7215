package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every connection to the embedded database is set to, since any of them may move the log into the file. */
class EmbeddedConnectionsIT {

    private static final List<String> ASKED =
            List.of("journal_mode", "synchronous", "fullfsync", "busy_timeout", "locking_mode", "wal_autocheckpoint");

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "The writer and each reader sync each commit to the disk itself and wait for locks of others; a probe syncs, too")
    void everyConnection() throws SQLException {
        DatabaseLocation location = DatabaseLocation.of("jdbc:sqlite:" + folder.resolve("consentbridge.db"));
        List<Map<String, String>> set = new ArrayList<>();
        try (ConnectionPools pools = ConnectionPools.open(location, null, null)) {
            set.addAll(settings(pools.writer()));
            set.addAll(settings(pools.reader()));
            try (Connection probe = ConnectionPools.probe(location)) {
                assertThat(settings(probe)).containsEntry("journal_mode", "wal").containsEntry("synchronous", "2");
            }
        }

        assertThat(set).hasSizeGreaterThan(2);
        assertThat(set)
                .allSatisfy(settings -> assertThat(settings)
                        .containsEntry("journal_mode", "wal")
                        .containsEntry("synchronous", "2")
                        .containsEntry("fullfsync", "1")
                        .containsEntry("busy_timeout", "20000")
                        .containsEntry("locking_mode", "normal")
                        .containsEntry("wal_autocheckpoint", "8192"));
    }

    @Test
    @DisplayName("Only a database that may be lost, such as that of a preview, is not synced")
    void scratch() throws SQLException {
        DatabaseLocation location = DatabaseLocation.scratch(folder.resolve("preview.db"));
        try (ConnectionPools pools = ConnectionPools.open(location, null, null)) {
            assertThat(settings(pools.writer())).extracting("synchronous").containsOnly("0");
        }
    }

    /** Of each connection that the pool can have at once. */
    private static List<Map<String, String>> settings(HikariDataSource pool) throws SQLException {
        List<Connection> open = new ArrayList<>();
        List<Map<String, String>> settings = new ArrayList<>();
        try {
            for (int connection = 0; connection < pool.getMaximumPoolSize(); connection++) {
                open.add(pool.getConnection());
                settings.add(settings(open.get(connection)));
            }
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
        return settings;
    }

    private static Map<String, String> settings(Connection connection) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        for (String name : ASKED) {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("pragma " + name)) {
                settings.put(name, found.next() ? found.getString(1) : "nothing");
            }
        }
        return settings;
    }
}
