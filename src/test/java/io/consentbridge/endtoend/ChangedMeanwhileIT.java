package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Records that somebody changes between the reading of their addresses and the call that writes them. */
@EveryEngine
class ChangedMeanwhileIT extends EveryEngineFixture {

    private static final String MODULE = "Memberships";
    private static final String PUT = "PUT /crm/v8/" + MODULE;

    /** Done once, when the next call that writes is about to leave. */
    private static final AtomicReference<Runnable> BETWEEN = new AtomicReference<>();

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) throws Exception {
        bridge = Bridge.openPrepared(
                10, files -> files.on(engine).set("QUOTA_CRM_UPDATE", "none"), ChangedMeanwhileIT::watch);
        bridge.runtime().work();
        bridge.runtime().context().getRouteController().stopRoute("tick-record-updates");
    }

    private static void watch(CamelContext context) {
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                String to =
                        ((CamelEvent.ExchangeSendingEvent) event).getEndpoint().getEndpointUri();
                Runnable between = to.endsWith("crm-update") ? BETWEEN.getAndSet(null) : null;
                if (between != null) {
                    between.run();
                }
            }

            @Override
            public boolean isEnabled(CamelEvent event) {
                return event instanceof CamelEvent.ExchangeSendingEvent;
            }
        });
    }

    @BeforeEach
    void begin() {
        database().change(handle -> handle.execute("delete from record_update"));
    }

    @AfterEach
    void end() {
        BETWEEN.set(null);
        bridge.zoho().writes(Map.of("modified", "row"));
    }

    private static Database database() {
        return bridge.runtime().database();
    }

    /** Updates of the records of a crowd that nobody has changed for a minute; the last one is about no person. */
    private static List<String> confirmed(String name) {
        List<String> ids = bridge.zoho().crowd(4, name);
        bridge.zoho().pass(Duration.ofMinutes(1));
        List<RecordUpdate> updates = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Optional<Person> person =
                    i == ids.size() - 1 ? Optional.empty() : Optional.of(new Person(name + i + "@c2.example.com"));
            updates.add(new RecordUpdate("main", MODULE, ids.get(i), person, Map.of("Club", "Chess"), "confirmed"));
        }
        database().change(handle -> RecordUpdates.enqueue(handle, updates));
        bridge.zoho().forgetCalls();
        return ids;
    }

    private static void tick() throws Exception {
        database().change(handle -> handle.execute("update record_update set due_at = null"));
        try (ProducerTemplate template = bridge.runtime().context().createProducerTemplate()) {
            template.sendBody("direct:update-records", null);
        }
    }

    private static List<String> states() {
        return database()
                .query(handle -> handle.createQuery("select state, code from record_update order by record_id")
                        .map((row, context) -> row.getString("code") == null
                                ? row.getString("state")
                                : row.getString("state") + " " + row.getString("code"))
                        .list());
    }

    private static String club(String id) {
        return bridge.zoho().record(MODULE, id).path("Club").asText("");
    }

    @Test
    @DisplayName(
            "A proof is not written into a record whose address changes between its reading and the call, and the others are written")
    void address() throws Exception {
        List<String> ids = confirmed("row");
        BETWEEN.set(() -> bridge.zoho().change(MODULE, ids.get(1), Map.of("Email", "another@c2.example.com")));
        tick();

        assertThat(states()).containsExactly("done", "pending ALREADY_MODIFIED", "done", "done");
        assertThat(bridge.zoho().calls(PUT)).isEqualTo(1);
        assertThat(club(ids.get(1))).isNotEqualTo("Chess");
        tick();
        assertThat(states()).containsExactly("done", "superseded", "done", "done");
        assertThat(club(ids.get(1))).isNotEqualTo("Chess");
    }

    @Test
    @DisplayName(
            "The same if the CRM refuses the whole call for one such record: the others are written with the next one")
    void wholeCall() throws Exception {
        bridge.zoho().writes(Map.of("modified", "call"));
        List<String> ids = confirmed("call");
        BETWEEN.set(() -> bridge.zoho().change(MODULE, ids.get(1), Map.of("Email", "another@c2.example.com")));
        tick();

        assertThat(states()).containsExactly("pending", "pending ALREADY_MODIFIED", "pending", "pending");
        assertThat(bridge.zoho().calls(PUT)).isEqualTo(1);
        tick();
        assertThat(states()).containsExactly("done", "superseded", "done", "done");
        assertThat(club(ids.get(1))).isNotEqualTo("Chess");
    }

    @Test
    @DisplayName("A record that somebody changes meanwhile without touching its address is written with a later call")
    void another() throws Exception {
        List<String> ids = confirmed("other");
        BETWEEN.set(() -> bridge.zoho().change(MODULE, ids.get(3), Map.of("Remarks", "called")));
        tick();

        assertThat(states()).containsExactly("done", "done", "done", "pending ALREADY_MODIFIED");
        tick();
        assertThat(states()).containsOnly("done");
        assertThat(club(ids.get(3))).isEqualTo("Chess");
    }
}
