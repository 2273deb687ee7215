package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.store.Database;
import io.consentbridge.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteConnection;

/** An embedded database that takes no writes for a moment while deliveries are under way. */
class LateSettlementIT {

    private static final Duration LESS_THAN_A_LEASE = Duration.ofSeconds(60);

    @Test
    @DisplayName(
            "What Campaigns answered while the database took no writes is settled once it does, long before its claims end")
    void settledLate() throws Exception {
        try (Bridge bridge = Bridge.open(
                10,
                files -> files.on(TestDatabase.SQLITE)
                        .set("DELIVERY_BATCH", "20")
                        .letters("late", "Memberships"))) {
            bridge.zoho().crowd(60, "late");
            bridge.zoho()
                    .fault(Map.of("method", BridgeFixture.SUBSCRIBE, "kind", "delay", "delayMillis", 500, "times", 0));
            String run = bridge.begin("late");
            await().until(() -> bridge.operations().progress(run).state().equals("delivering"));
            await().until(() -> bridge.zoho().struck(2));
            SQLiteConnection writer = writer(bridge.runtime().database());
            writes(writer, false);
            await().until(() -> bridge.runtime().database().fileFault().stream()
                    .flatMap(fault -> Stream.of(fault.getStackTrace()))
                    .anyMatch(frame -> frame.getMethodName().equals("settle")));
            writes(writer, true);

            await().atMost(LESS_THAN_A_LEASE)
                    .until(() -> bridge.operations().run(run).over());
            RunView ended = bridge.operations().run(run);
            assertThat(ended.state()).isEqualTo("completed");
            assertThat(ended.added()).isGreaterThanOrEqualTo(60);
            assertThat(bridge.zoho().calls(BridgeFixture.SUBSCRIBE))
                    .as("at most those whose reply was just being read are sent again")
                    .isLessThan(ended.added() + 20);
        }
    }

    private static SQLiteConnection writer(Database database) {
        return database.transaction(LateSettlementIT::raw);
    }

    private static SQLiteConnection raw(Handle handle) {
        try {
            return handle.getConnection().unwrap(SQLiteConnection.class);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void writes(Connection connection, boolean allowed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma query_only = " + !allowed);
        }
    }
}
