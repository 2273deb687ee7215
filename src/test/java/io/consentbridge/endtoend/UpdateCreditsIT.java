package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.QuotaView;
import io.consentbridge.campaigns.WorkflowPermits;
import io.consentbridge.consent.Person;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import io.consentbridge.writeback.RecordWrites;
import io.consentbridge.writeback.WorkflowStart;
import io.consentbridge.writeback.WorkflowStarts;
import io.consentbridge.zoho.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** What updates of CRM records and starts of workflows reserve before their calls, beside what Zoho counts. */
@EveryEngine
class UpdateCreditsIT extends EveryEngineFixture {

    private static final String MODULE = "Memberships";
    private static final String PUT = "PUT /crm/v8/" + MODULE;
    private static final String QUERY = "POST /crm/v8/coql";
    private static final String START = WorkflowPermits.METHOD;
    private static final String FIELDS = "GET /crm/v8/settings/fields";

    private long reservedBefore;
    private long takenBefore;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) throws Exception {
        // The window is so long that no test crosses from one of its slots into the next.
        bridge = Bridge.open(
                10,
                files -> files.on(engine)
                        .set("QUOTA_CRM_UPDATE", "100000/30d")
                        .set("QUOTA_WORKFLOW_TRIGGER", "100000/30d")
                        .letters("started", MODULE));
        bridge.runtime().work();
        bridge.runtime().context().getRouteController().stopRoute("tick-record-updates");
        bridge.runtime().context().getRouteController().stopRoute("tick-workflow-starts");
    }

    @BeforeEach
    void begin() {
        database().change(handle -> handle.execute("delete from record_update"));
        database().change(handle -> handle.execute("delete from workflow_start"));
        database().change(handle -> handle.execute("delete from quota_use"));
        database().change(handle -> handle.execute("update quota_lock set locked_until = null"));
        begunNow();
    }

    @AfterEach
    void end() {
        bridge.zoho().mend(MODULE);
    }

    private static Database database() {
        return bridge.runtime().database();
    }

    private static long reservedEver(String quota) {
        return bridge.operations().quota().connections().get(0).methods().stream()
                .filter(method -> method.method().equals(quota))
                .flatMap(method -> method.windows().stream())
                .mapToLong(QuotaView.Window::used)
                .sum();
    }

    private static long takenEver() {
        return bridge.zoho().state().path("quotas").path("crmCreditsUsed").asLong();
    }

    private long reserved() {
        return reservedEver(RecordWrites.QUOTA) - reservedBefore;
    }

    private long taken() {
        return takenEver() - takenBefore;
    }

    /** Updates of the records of a crowd, each about the person whose address it carries. */
    private static List<String> confirmed(int people, String name) {
        List<String> ids = bridge.zoho().crowd(people, name);
        List<RecordUpdate> updates = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            updates.add(new RecordUpdate(
                    "main",
                    MODULE,
                    ids.get(i),
                    Optional.of(new Person(name + i + "@c2.example.com")),
                    Map.of("Club", "Chess"),
                    "confirmed"));
        }
        database().change(handle -> RecordUpdates.enqueue(handle, updates));
        return ids;
    }

    /** Writes until nothing is pending, as if each pause were over at once. */
    private static void write() throws Exception {
        untilSettled("record_update", "update-records");
    }

    private static void untilSettled(String table, String route) throws Exception {
        for (int tick = 0; tick < 20 && count(table, "pending") > 0; tick++) {
            database().change(handle -> handle.execute("update " + table + " set due_at = null"));
            database().change(handle -> handle.execute("update quota_lock set locked_until = null"));
            tick(route);
        }
        assertThat(count(table, "pending")).isZero();
    }

    private static void tick(String route) throws Exception {
        try (ProducerTemplate template = bridge.runtime().context().createProducerTemplate()) {
            template.sendBody("direct:" + route, null);
        }
    }

    private static long count(String state) {
        return count("record_update", state);
    }

    private static long count(String table, String state) {
        return database()
                .query(handle -> handle.createQuery("select count(*) from " + table + " where state = :state")
                        .bind("state", state)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    @DisplayName(
            "Without a failure, updates reserve the credits that the CRM takes, those of reading the addresses among them")
    void allWell() throws Exception {
        confirmed(125, "well");
        write();

        assertThat(count("done")).isEqualTo(125);
        assertThat(taken()).isBetween(1L + 10 + 1 + 3, 1L + 10 + 1 + 3 + 1);
        assertThat(reserved()).isEqualTo(taken());
    }

    @Test
    @DisplayName(
            "Over a run with lost replies, retries, a new token, and rows that are sent again, updates reserve the credits that the CRM takes")
    void failures() throws Exception {
        List<String> ids = confirmed(125, "failing");
        bridge.zoho().refuseWrites(MODULE, ids.get(3), "RECORD_LOCKED", null, 2);
        bridge.zoho().refuseWrites(MODULE, ids.get(110), "NOT_ALLOWED", null, 0);
        bridge.zoho().delete(MODULE, ids.get(111));
        bridge.zoho().change(MODULE, ids.get(112), Map.of("Email", "another@c2.example.com"));
        bridge.zoho().fault(Map.of("method", PUT, "kind", "lost-reply", "times", 1));
        bridge.zoho().fault(Map.of("method", PUT, "kind", "truncated", "times", 4, "skip", 1));
        bridge.zoho().fault(Map.of("method", QUERY, "kind", "truncated", "times", 2));
        // The first call has a token that is refused; the reply to the next one is lost. No other test may do that: a
        // token is
        // replaced once a minute.
        bridge.zoho().revoke(null);
        bridge.runtime().components().crm().fields().forget(connection(), MODULE);
        bridge.zoho().fault(Map.of("method", FIELDS, "kind", "lost-reply", "times", 1, "skip", 1));
        bridge.zoho().forgetCalls();
        write();

        assertThat(count("done")).isEqualTo(122);
        assertThat(count("dead-lettered")).isEqualTo(1);
        assertThat(count("gone")).isEqualTo(1);
        assertThat(count("superseded")).isEqualTo(1);
        assertThat(bridge.zoho().calls(PUT)).isGreaterThan(6);
        assertThat(bridge.zoho().calls(QUERY)).isGreaterThan(4);
        assertThat(bridge.zoho().calls(FIELDS)).isEqualTo(3);
        assertThat(reserved()).isEqualTo(taken());
    }

    @Test
    @DisplayName(
            "A call that is cut before Zoho has it stays counted, since nobody knows that, and its retry is counted too")
    void cut() throws Exception {
        confirmed(20, "cut");
        bridge.zoho().fault(Map.of("method", PUT, "kind", "drop", "times", 1));
        write();

        assertThat(count("done")).isEqualTo(20);
        assertThat(reserved()).isEqualTo(taken() + 2);
    }

    @Test
    @DisplayName(
            "A retry for which the quota has too few credits does not leave; its updates wait, and nothing counts against them")
    void tooFew() throws Exception {
        confirmed(100, "few");
        bridge.runtime().components().crm().fields().of(connection(), null, MODULE);
        begunNow();
        quota().reserve("main", RecordWrites.QUOTA, 100_000 - 12);
        bridge.zoho().fault(Map.of("method", PUT, "kind", "lost-reply", "times", 1));
        bridge.zoho().forgetCalls();
        tick("update-records");

        assertThat(bridge.zoho().calls(PUT)).isEqualTo(1);
        assertThat(count("pending")).isEqualTo(100);
        List<String> waiting = database()
                .query(handle -> handle.createQuery("select distinct rounds, alone, cause from record_update")
                        .map((row, context) ->
                                row.getInt("rounds") + " " + row.getBoolean("alone") + " " + row.getString("cause"))
                        .list());
        assertThat(waiting).singleElement().asString().startsWith("0 false main: crm/update has used its quota until ");
        assertThat(quota().mayCall("main", RecordWrites.QUOTA)).isTrue();
        assertThat(reserved() - (100_000 - 12)).isEqualTo(11);

        database().change(handle -> handle.execute("delete from quota_use"));
        tick("update-records");
        assertThat(count("done")).isEqualTo(100);
    }

    @Test
    @DisplayName("Calls that start workflows are counted one by one, those of a lost reply and of a retry too")
    void starts() throws Exception {
        bridge.zoho().crowd(3, "start");
        bridge.complete("started");
        long list = bridge.runtime()
                .components()
                .audience()
                .lists()
                .of("main")
                .get(0)
                .id();
        database()
                .change(handle -> WorkflowStarts.enqueue(
                        handle,
                        List.of(0, 1, 2).stream()
                                .map(i -> new WorkflowStart(
                                        "main",
                                        "W1",
                                        "T1",
                                        list,
                                        new Person("start" + i + "@c2.example.com"),
                                        "started"))
                                .toList()));
        bridge.zoho().forgetCalls();
        bridge.zoho().fault(Map.of("method", START, "kind", "lost-reply", "times", 1));
        bridge.zoho().fault(Map.of("method", START, "kind", "truncated", "times", 1));
        untilSettled("workflow_start", "start-workflows");

        assertThat(count("workflow_start", "done")).isEqualTo(3);
        assertThat(bridge.zoho().calls(START)).isEqualTo(3);
        assertThat(reservedEver(START)).isEqualTo(3);
    }

    private void begunNow() {
        reservedBefore = reservedEver(RecordWrites.QUOTA);
        takenBefore = takenEver();
    }

    private static QuotaGovernor quota() {
        return bridge.runtime().components().access().quota();
    }

    private static Connection connection() {
        return bridge.runtime().configuration().settings().connections().get("main");
    }
}
