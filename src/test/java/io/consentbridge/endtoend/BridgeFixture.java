package io.consentbridge.endtoend;

import io.consentbridge.store.Earlier;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The bridge of a class of tests: the class opens it, every test leaves it without faults, and it ends with the last one. */
abstract class BridgeFixture {

    /** The method that subscribes a person, as the sandbox names it. */
    static final String SUBSCRIBE = "json/listsubscribe";

    /** Tables that tell of calls; they move with every call that is made. */
    private static final Set<String> OF_CALLS = Set.of("access_token", "granted_scope", "quota_use", "quota_lock");

    static Bridge bridge;

    /** No record that was read is decided again because its second was still open then. */
    static void secondsAreOver() {
        bridge.runtime().database().change(handle -> handle.execute("update source_record set settled = true"));
    }

    /** What the columns say is longer ago by that time. */
    static void longerAgo(Duration time, String table, String... columns) {
        bridge.runtime().database().change(handle -> Earlier.by(handle, time, table, columns));
    }

    /** All that the database holds, but what tells of calls: the rows of each table, in order. */
    static Map<String, List<String>> tables() {
        // What was appended gets its number at any moment.
        bridge.runtime().components().proofs().ledger().finish(Duration.ofMinutes(1));
        return bridge.runtime().database().query(handle -> {
            Map<String, List<String>> tables = new TreeMap<>();
            for (String table : TestDatabase.tables(handle)) {
                if (!OF_CALLS.contains(table)) {
                    tables.put(
                            table,
                            handle
                                    .createQuery("select * from " + table)
                                    .mapToMap()
                                    .map(row -> readable(row).toString())
                                    .stream()
                                    .sorted()
                                    .toList());
                }
            }
            return tables;
        });
    }

    private static Map<String, Object> readable(Map<String, Object> row) {
        Map<String, Object> sorted = new TreeMap<>(row);
        sorted.replaceAll((column, value) ->
                value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
        return sorted;
    }

    @AfterEach
    void heal() {
        bridge.zoho().noFaults();
        bridge.runtime().components().outbox().backoff().succeeded("main");
    }

    @AfterAll
    static void close() {
        if (bridge != null) {
            bridge.close();
            bridge = null;
        }
    }
}
