package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.Person;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import io.consentbridge.writeback.WorkflowStart;
import io.consentbridge.writeback.WorkflowStarts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while Zoho answers: the call had its effect, and nobody ever saw the answer. */
@EveryEngine
class WritebackKilledIT {

    private static final String PUT = "PUT /crm/v8/Memberships";
    private static final String TRIGGER = "workflow/trigger";
    private static final List<String> NAMES = List.of("ann", "bob", "eve");

    @TempDir
    private Path folder;

    private final TestDatabase engine;
    private Sandbox sandbox;
    private InterruptedConnector connector;

    WritebackKilledIT(TestDatabase engine) {
        this.engine = engine;
    }

    private static String email(String name) {
        return name + "@killed.example.com";
    }

    private Process start() throws Exception {
        return connector.start("start", "--config", folder.resolve("config").toString());
    }

    private JsonNode state() throws Exception {
        return EndState.get(sandbox, "/sandbox/state");
    }

    private long calls(String method) throws Exception {
        long calls = 0;
        for (JsonNode result : state().path("calls").path(method)) {
            calls += result.asLong();
        }
        return calls;
    }

    private String club(String record) throws Exception {
        return EndState.get(sandbox, "/sandbox/records/Memberships/" + record)
                .path("fields")
                .path("Club")
                .asText();
    }

    private List<String> started() throws Exception {
        List<String> started = new ArrayList<>();
        state().path("workflows").forEach(start -> started.add(start.asText()));
        return started;
    }

    /** Starts a process, and ends it as {@code kill -9} does as soon as that is so. */
    private void killedWhen(Callable<Boolean> so) throws Exception {
        Process process = start();
        await(process, so);
        process.destroyForcibly().waitFor();
    }

    private void await(Process process, Callable<Boolean> so) throws Exception {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !process.isAlive() || so.call());
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(connector.said() + state(), late);
        }
        assertThat(process.isAlive()).as(connector.said()).isTrue();
    }

    private static List<String> states(Handle handle) {
        return handle.createQuery("select state from record_update union all select state from workflow_start")
                .mapTo(String.class)
                .list();
    }

    @Test
    @Tag("long")
    @DisplayName(
            "A process killed while Zoho answers: the next one writes the records again and hands the people over again, and nothing is lost")
    void killed() throws Exception {
        Files.createDirectories(folder.resolve("config/purposes"));
        Files.createDirectories(folder.resolve("config/syncs"));
        Files.writeString(folder.resolve("config/application.properties"), "zoho.connections = main\n");
        try (Sandbox running =
                Sandbox.start(SandboxOptions.defaults().withPeople(10).withoutQuotas())) {
            sandbox = running;
            Path home = folder.resolve("home");
            connector = new InterruptedConnector(
                    sandbox, home, engine, engine.fresh(home), Map.of("HTTP_PORT", "0", "DELIVERY_EVERY", "100ms"));
            List<String> records = new ArrayList<>();
            EndState.control(sandbox, "lists", Map.of("name", "News"));
            for (String name : NAMES) {
                records.add(EndState.create(sandbox, "Memberships", Map.of("Name", name, "Email", email(name))));
                EndState.control(sandbox, "members/join", Map.of("list", "News", "email", email(name)));
            }
            try (Database database = connector.open()) {
                database.change(handle -> update(handle, records));
            }

            EndState.fault(sandbox, Map.of("method", PUT, "kind", "drip", "delayMillis", 500));
            killedWhen(() -> club(records.get(2)).equals("Chess"));
            String listKey = listKey();
            try (Database database = connector.open()) {
                assertThat(database.query(WritebackKilledIT::states)).containsOnly("pending");
                database.change(handle -> start(handle, listKey));
            }
            EndState.fault(sandbox, Map.of("method", TRIGGER, "kind", "drip", "delayMillis", 500));
            killedWhen(() -> started().size() == NAMES.size());
            try (Database database = connector.open()) {
                assertThat(database.query(WritebackKilledIT::states)).contains("pending");
            }

            Process last = start();
            await(last, () -> calls(PUT) >= 2 && calls(TRIGGER) >= 2);
            last.destroy();
            assertThat(last.waitFor(1, TimeUnit.MINUTES)).isTrue();
            try (Database database = connector.open()) {
                assertThat(database.query(WritebackKilledIT::states)).hasSize(6).containsOnly("done");
            }
            for (String record : records) {
                assertThat(club(record)).isEqualTo("Chess");
            }
            assertThat(started())
                    .as("Campaigns ignores those whom it has started")
                    .containsExactlyInAnyOrderElementsOf(
                            NAMES.stream().map(name -> "W1 T1 " + email(name)).toList());
        }
    }

    private String listKey() throws Exception {
        for (JsonNode list : state().path("lists")) {
            if (list.path("name").asText().equals("News")) {
                return list.path("listkey").asText();
            }
        }
        throw new AssertionError("no list");
    }

    private static void update(Handle handle, List<String> records) {
        RecordUpdates.enqueue(
                handle,
                records.stream()
                        .map(id -> new RecordUpdate("main", "Memberships", id, Map.of("Club", "Chess"), "confirmed"))
                        .toList());
    }

    private static void start(Handle handle, String listKey) {
        handle.execute("insert into mailing_list (connection, name, list_key) values ('main', 'News', ?)", listKey);
        long list = handle.createQuery("select id from mailing_list")
                .mapTo(Long.class)
                .one();
        WorkflowStarts.enqueue(
                handle,
                NAMES.stream()
                        .map(name -> new WorkflowStart("main", "W1", "T1", list, new Person(email(name)), "news"))
                        .toList());
        handle.execute("insert into list_member (list_id, person_id, active) select ?, id, true from person", list);
    }
}
