package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Updates of CRM records on their whole way, with a CRM that is unkind. */
@EveryEngine
class RecordUpdatesFlowIT extends EveryEngineFixture {

    private static final String MODULE = "Memberships";
    private static final String PUT = "PUT /crm/v8/" + MODULE;
    private static final Instant CONFIRMED = Instant.parse("2026-11-28T23:15:30.123Z");

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(10, files -> files.on(engine).set("QUOTA_CRM_UPDATE", "none"));
        bridge.runtime().work();
    }

    @BeforeEach
    void begin() {
        database().change(handle -> handle.execute("delete from record_update"));
        database().change(handle -> handle.execute("update quota_lock set locked_until = null"));
        bridge.zoho().forgetCalls();
    }

    @AfterEach
    void end() {
        bridge.zoho().mend(MODULE);
        bridge.zoho().writes(Map.of("unknownFields", "ignored", "readOnlyFields", "ignored", "allRefused", 400));
    }

    private static Database database() {
        return bridge.runtime().database();
    }

    private static String member(String name) {
        return bridge.zoho().create(MODULE, Map.of("Name", name, "Email", name + "@c3.example.com"));
    }

    private static void update(String record, Map<String, Object> fields) {
        updateAll(List.of(new RecordUpdate("main", MODULE, record, fields, "confirmed")));
    }

    private static void updateAll(List<RecordUpdate> updates) {
        database().change(handle -> RecordUpdates.enqueue(handle, updates));
    }

    /** Record id to state. */
    private static Map<String, String> states() {
        Map<String, String> states = new HashMap<>();
        database()
                .query(handle -> handle.createQuery("select record_id, state from record_update")
                        .map((row, context) -> states.put(row.getString("record_id"), row.getString("state")))
                        .list());
        return states;
    }

    private static void becomes(String record, String state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> state.equals(states().get(record)));
    }

    private static Map<String, Object> row(String record) {
        return database()
                .query(handle -> handle.createQuery("select * from record_update where record_id = :record")
                        .bind("record", record)
                        .mapToMap()
                        .one());
    }

    private static void dueNow() {
        database().change(handle -> handle.execute("update record_update set due_at = null"));
    }

    private static JsonNode record(String id) {
        return bridge.zoho().record(MODULE, id);
    }

    @Test
    @DisplayName("Values are written in the form of their fields, a long text is cut, and no workflow is started")
    void written() {
        String id = member("Ann");
        update(
                id,
                Map.of("Renewed_At", CONFIRMED, "Member_Since", CONFIRMED, "Club", "x".repeat(250), "Honorary", true));
        becomes(id, "done");

        JsonNode record = record(id);
        assertThat(Instant.parse(record.path("Renewed_At").asText())).isEqualTo("2026-11-28T23:15:30Z");
        assertThat(record.path("Club").asText()).hasSize(200);
        assertThat(record.path("Honorary").asText()).isEqualTo("true");
        assertThat(row(id)).containsEntry("note", "Club is cut to 200 characters");
        assertThat(row(id).get("fields").toString()).contains("Club").doesNotContain("xxx");
    }

    @Test
    @DisplayName("Updates go a hundred a call, and only those that are refused are not done")
    void manyAtOnce() {
        List<String> ids = bridge.zoho().crowd(150, "many");
        String locked = ids.get(3);
        String stopped = ids.get(101);
        bridge.zoho().refuseWrites(MODULE, locked, "RECORD_LOCKED", null, 1);
        bridge.zoho().refuseWrites(MODULE, stopped, "NOT_ALLOWED", null, 0);
        bridge.zoho().delete(MODULE, ids.get(140));
        updateAll(ids.stream()
                .map(id -> new RecordUpdate("main", MODULE, id, Map.of("Club", "Chess"), "confirmed"))
                .toList());
        becomes(ids.get(149), "done");
        becomes(stopped, "dead-lettered");

        assertThat(states()).containsEntry(ids.get(140), "gone").containsEntry(locked, "pending");
        assertThat(states().values().stream().filter("done"::equals)).hasSize(147);
        assertThat(bridge.zoho().calls(PUT)).isEqualTo(2);
        assertThat(row(stopped)).containsEntry("code", "NOT_ALLOWED");
        assertThat(row(locked)).containsEntry("code", "RECORD_LOCKED");
        dueNow();
        becomes(locked, "done");
        assertThat(record(locked).path("Club").asText()).isEqualTo("Chess");
    }

    @Test
    @DisplayName("A call whose records are all refused is read row by row as well, whatever its status")
    void allRefused() {
        for (int status : List.of(400, 202)) {
            bridge.zoho().writes(Map.of("allRefused", status));
            String refused = member("Refused" + status);
            String gone = member("Gone" + status);
            bridge.zoho().refuseWrites(MODULE, refused, "INVALID_DATA", "Club", 0);
            bridge.zoho().delete(MODULE, gone);
            updateAll(List.of(
                    new RecordUpdate("main", MODULE, refused, Map.of("Club", "Chess"), "confirmed"),
                    new RecordUpdate("main", MODULE, gone, Map.of("Club", "Chess"), "confirmed")));
            becomes(refused, "dead-lettered");
            becomes(gone, "gone");
            assertThat(row(refused).get("cause").toString()).contains("INVALID_DATA, field Club");
        }
    }

    @Test
    @DisplayName("A call that is cut before, within or after its answer is made again, which does no harm")
    void cut() {
        for (String kind : List.of("drop", "lost-reply", "truncated", "html", "xml")) {
            String id = member("Cut" + kind);
            bridge.zoho().forgetCalls();
            bridge.zoho().fault(Map.of("method", PUT, "kind", kind));
            update(id, Map.of("Club", "Chess"));
            becomes(id, "done");

            assertThat(bridge.zoho().calls(PUT)).as(kind).isEqualTo(2);
            assertThat(record(id).path("Club").asText()).as(kind).isEqualTo("Chess");
            assertThat(row(id)).as(kind).containsEntry("rounds", 0);
        }
    }

    @Test
    @DisplayName(
            "While the CRM is out of reach updates wait and nothing counts against them; deliveries to Campaigns go on")
    void outage() {
        String id = member("Outage");
        bridge.zoho().fault(Map.of("method", PUT, "kind", "status", "status", 503, "times", 0));
        update(id, Map.of("Club", "Chess"));
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            dueNow();
            return bridge.zoho().calls(PUT) > 6;
        });
        assertThat(row(id)).containsEntry("state", "pending").containsEntry("rounds", 0);
        assertThat(bridge.runtime().components().outbox().backoff().current("main"))
                .isEmpty();

        bridge.zoho().noFaults();
        dueNow();
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            dueNow();
            return "done".equals(states().get(id));
        });
    }

    @Test
    @DisplayName("One record that makes every call fail is found, and the others are written")
    void poison() {
        List<String> ids =
                IntStream.range(0, 4).mapToObj(i -> member("Poison" + i)).toList();
        // The call of one record alone names it; a call of several names it too.
        bridge.zoho().fault(Map.of("method", PUT, "kind", "status", "status", 500, "times", 0, "email", ids.get(1)));
        updateAll(ids.stream()
                .map(id -> new RecordUpdate("main", MODULE, id, Map.of("Club", "Chess"), "confirmed"))
                .toList());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    dueNow();
                    return states().get(ids.get(1)).equals("dead-lettered");
                });
        List<String> others = new ArrayList<>(ids);
        others.remove(1);
        others.forEach(id -> becomes(id, "done"));
    }

    @Test
    @DisplayName(
            "A field that is missing or read-only becomes a dead letter without a call, since the CRM may ignore it silently")
    void unwritable() {
        String id = member("Field");
        update(id, Map.of("No_Such_Field", "x", "Years", 3));
        becomes(id, "dead-lettered");

        assertThat(row(id).get("cause").toString())
                .contains("Memberships: the API does not write the field Years, which is read-only")
                .contains("the module has no field No_Such_Field");
        assertThat(bridge.zoho().calls(PUT)).isZero();
    }

    @Test
    @DisplayName("Where few credits are left, nothing is written, so that refusals can still be read")
    void credits() {
        String id = member("Credit");
        int used = bridge.zoho().state().path("quotas").path("crmCreditsUsed").asInt();
        bridge.zoho().credits(true, 2 * used);
        try {
            update(id, Map.of("Club", "Chess"));
            becomes(id, "done");
            update(id, Map.of("Club", "Go"));
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            assertThat(states()).containsEntry(id, "pending");
            assertThat(bridge.operations().quota().connections().get(0).methods())
                    .anySatisfy(method -> {
                        assertThat(method.method()).isEqualTo("crm/update");
                        assertThat(method.lockedBecause()).contains("credits left for the day");
                    });
        } finally {
            bridge.zoho().credits(false, 100_000);
        }
    }

    @Test
    @DisplayName("The product's own change is read once, finds nothing to do, and calls Campaigns for nobody")
    void noFeedback() {
        bridge.letters("feedback", MODULE);
        String id = member("Feedback");
        bridge.complete("feedback");
        bridge.zoho().forward("PT5M");
        update(id, Map.of("Club", "Chess"));
        becomes(id, "done");
        bridge.zoho().forward("PT5M");
        bridge.zoho().forgetCalls();

        assertThat(bridge.complete("feedback").duplicate()).isPositive();
        assertThat(bridge.zoho().calls("json/listsubscribe")).isZero();
        assertThat(states()).containsEntry(id, "done");
        assertThat(bridge.zoho().calls(PUT)).isZero();
    }

    @Test
    @DisplayName("Dead letters of updates stand beside those of deliveries: listed, shown, replayed and discarded")
    void deadLetters() {
        String mended = member("Mended");
        String dropped = member("Dropped");
        bridge.zoho().refuseWrites(MODULE, mended, "INVALID_DATA", "Club", 1);
        bridge.zoho().refuseWrites(MODULE, dropped, "INVALID_DATA", "Club", 1);
        updateAll(List.of(
                new RecordUpdate("main", MODULE, mended, Map.of("Club", "Chess"), "confirmed"),
                new RecordUpdate("main", MODULE, dropped, Map.of("Club", "Chess"), "confirmed")));
        becomes(mended, "dead-lettered");
        becomes(dropped, "dead-lettered");

        Map<String, Long> ids = new HashMap<>();
        bridge.operations().deadLetters(100).forEach(letter -> {
            assertThat(letter.action()).isEqualTo("update-record");
            assertThat(letter.module()).isEqualTo(MODULE);
            assertThat(letter.fields()).isEmpty();
            ids.put(letter.record(), letter.id());
        });
        assertThat(bridge.operations().deadLetter(ids.get(mended)).fields()).isEqualTo(Map.of("Club", "Chess"));
        assertThat(bridge.operations().status().connections().get(0).deadLetters())
                .isEqualTo(2);

        assertThat(bridge.operations().discard(List.of(ids.get(dropped))).ids()).containsExactly(ids.get(dropped));
        assertThat(bridge.operations().replayAfter(0).ids()).containsExactly(ids.get(mended));
        becomes(mended, "done");
        assertThat(states()).doesNotContainKey(dropped);
        assertThat(bridge.operations().deadLetters(100)).isEmpty();
    }

    @Test
    @DisplayName(
            "status counts pending updates, a preview writes none and foresees none, and explain names those of a person's records")
    void shown() {
        bridge.letters("shown", MODULE);
        String id = member("Shown");
        bridge.complete("shown");
        bridge.zoho().fault(Map.of("method", PUT, "kind", "status", "status", 503, "times", 0));
        update(id, Map.of("Club", "Chess"));
        assertThat(bridge.operations().status().connections().get(0).waiting())
                .anySatisfy(waiting -> assertThat(waiting.toString()).contains("update-record", "deliveries=1"));
        long before = bridge.zoho().calls(PUT);
        assertThat(bridge.preview("shown", true).lines()).isEmpty();
        assertThat(bridge.operations().explain("shown@c3.example.com").updates())
                .singleElement()
                .satisfies(shown -> {
                    assertThat(shown.state()).isEqualTo("pending");
                    assertThat(shown.fields()).containsExactly("Club");
                });
        assertThat(before).isLessThanOrEqualTo(bridge.zoho().calls(PUT));
        bridge.zoho().noFaults();
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            dueNow();
            return "done".equals(states().get(id));
        });
        assertThat(bridge.operations().explain("shown@c3.example.com").updates())
                .singleElement()
                .satisfies(shown -> assertThat(shown.state()).isEqualTo("done"));
    }
}
