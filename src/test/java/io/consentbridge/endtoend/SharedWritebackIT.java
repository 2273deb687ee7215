package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.QuotaView;
import io.consentbridge.campaigns.CampaignsCall;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmCall;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import io.consentbridge.writeback.RecordWrites;
import io.consentbridge.writeback.WorkflowStart;
import io.consentbridge.writeback.WorkflowStarts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/**
 * Two workers over the same updates of records and starts of workflows: two runtimes where the database can be shared, and two
 * threads of one runtime otherwise.
 */
@EveryEngine
class SharedWritebackIT extends EveryEngineFixture {

    private static final String MODULE = "Memberships";
    private static final int PEOPLE = 430;

    /** What left, a call each: ids of records, or addresses. */
    private static final List<List<String>> CALLS = new CopyOnWriteArrayList<>();

    /** Makes both workers have a claimed batch in hand before either call leaves. */
    private static volatile CountDownLatch bothHaveClaimed = new CountDownLatch(0);

    private static Runtime other;

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) throws Exception {
        bridge = Bridge.openPrepared(
                10,
                files -> files.on(engine)
                        .set("QUOTA_CRM_UPDATE", "1000/1d")
                        .set("QUOTA_WORKFLOW_TRIGGER", "none")
                        .letters("shared", MODULE),
                SharedWritebackIT::watch);
        bridge.runtime().work();
        // The workers of these tests take their place.
        bridge.runtime().context().getRouteController().stopRoute("tick-record-updates");
        bridge.runtime().context().getRouteController().stopRoute("tick-workflow-starts");
        other = engine.shared() ? bridge.start() : bridge.runtime();
    }

    @AfterParameterizedClassInvocation
    static void closeOther() {
        if (other != bridge.runtime()) {
            other.close();
        }
    }

    private static void watch(CamelContext context) {
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                Object body = ((CamelEvent.ExchangeSendingEvent) event)
                        .getExchange()
                        .getMessage()
                        .getBody();
                String to =
                        ((CamelEvent.ExchangeSendingEvent) event).getEndpoint().getEndpointUri();
                if (to.endsWith("crm-update") && body instanceof CrmCall call) {
                    List<String> ids = new ArrayList<>();
                    ((List<?>) call.json().get("data"))
                            .forEach(record -> ids.add((String) ((Map<?, ?>) record).get("id")));
                    left(ids);
                } else if (to.endsWith("trigger-workflow") && body instanceof CampaignsCall call) {
                    left(List.of(((String) call.details().get("lead_email")).split(",")));
                }
            }

            @Override
            public boolean isEnabled(CamelEvent event) {
                return event instanceof CamelEvent.ExchangeSendingEvent;
            }
        });
    }

    private static void left(List<String> whom) {
        CALLS.add(whom);
        bothHaveClaimed.countDown();
        try {
            assertThat(bothHaveClaimed.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @BeforeEach
    void begin() {
        database().change(handle -> handle.execute("delete from record_update"));
        database().change(handle -> handle.execute("delete from workflow_start"));
        CALLS.clear();
        bridge.zoho().forgetCalls();
    }

    @AfterEach
    void end() {
        bothHaveClaimed = new CountDownLatch(0);
    }

    private static Database database() {
        return bridge.runtime().database();
    }

    /** Both workers send until nothing is pending, while the work is done; each has its first call in hand before either leaves. */
    private static void bothWork(String route, String table, Runnable meanwhile) throws Exception {
        bothHaveClaimed = new CountDownLatch(2);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (Runtime runtime : List.of(bridge.runtime(), other)) {
                workers.add(pool.submit(() -> {
                    try (ProducerTemplate template = runtime.context().createProducerTemplate()) {
                        do {
                            template.sendBody("direct:" + route, null);
                        } while (pending(table) > 0);
                    }
                    return null;
                }));
            }
            meanwhile.run();
            for (Future<?> worker : workers) {
                worker.get(2, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static long pending(String table) {
        return count(table, "pending");
    }

    private static long count(String table, String state) {
        return database()
                .query(handle -> handle.createQuery("select count(*) from " + table + " where state = :state")
                        .bind("state", state)
                        .mapTo(Long.class)
                        .one());
    }

    private static void update(List<String> records, Map<String, Object> fields) {
        database()
                .change(handle -> RecordUpdates.enqueue(
                        handle,
                        records.stream()
                                .map(id -> new RecordUpdate("main", MODULE, id, fields, "confirmed"))
                                .toList()));
    }

    private static long creditsCounted() {
        return bridge.operations().quota().connections().get(0).methods().stream()
                .filter(method -> method.method().equals(RecordWrites.QUOTA))
                .flatMap(method -> method.windows().stream())
                .mapToLong(QuotaView.Window::used)
                .sum();
    }

    private static long creditsTaken() {
        return bridge.zoho().state().path("quotas").path("crmCreditsUsed").asLong();
    }

    private static List<String> everything() {
        return CALLS.stream().flatMap(List::stream).toList();
    }

    @Test
    @DisplayName("Two workers that update records at once send each update once, lose none, and count each credit once")
    void updates() throws Exception {
        List<String> ids = bridge.zoho().crowd(PEOPLE, "shared");
        update(ids, Map.of("Club", "Chess"));
        long counted = creditsCounted();

        bothWork("update-records", "record_update", () -> {});

        assertThat(everything()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(count("record_update", "done")).isEqualTo(PEOPLE);
        assertThat(CALLS).hasSizeBetween(5, 6);
        assertThat(creditsCounted() - counted)
                .isEqualTo(
                        CALLS.stream().mapToLong(call -> (call.size() + 9) / 10).sum());
        assertThat(bridge.zoho()
                        .record(MODULE, ids.get(PEOPLE - 1))
                        .path("Club")
                        .asText())
                .isEqualTo("Chess");
    }

    @Test
    @DisplayName("An update that comes in while both workers send is written too, and takes nothing back")
    void meanwhile() throws Exception {
        List<String> ids = bridge.zoho().crowd(120, "meanwhile");
        update(ids, Map.of("Club", "Chess"));

        bothWork("update-records", "record_update", () -> update(ids, Map.of("Honorary", true)));

        assertThat(count("record_update", "done")).isEqualTo(ids.size());
        for (String id : ids) {
            assertThat(bridge.zoho().record(MODULE, id).path("Club").asText()).isEqualTo("Chess");
            assertThat(bridge.zoho().record(MODULE, id).path("Honorary").asText())
                    .isEqualTo("true");
        }
    }

    @Test
    @DisplayName(
            "Updates that are not sent, because no field takes them, cost the credits of reading the fields and no other")
    void unwritable() throws Exception {
        List<String> ids = bridge.zoho().crowd(25, "unwritable");
        update(ids, Map.of("No_Such_Field", "x"));
        long counted = creditsCounted();
        long taken = creditsTaken();
        try (ProducerTemplate template = other.context().createProducerTemplate()) {
            template.sendBody("direct:update-records", null);
        }

        assertThat(count("record_update", "dead-lettered")).isEqualTo(ids.size());
        assertThat(CALLS).isEmpty();
        assertThat(creditsCounted()).isBetween(counted + 1, counted + 2).isEqualTo(counted + creditsTaken() - taken);
    }

    @Test
    @DisplayName("Two workers that start workflows at once hand each person over once, and lose nobody")
    void starts() throws Exception {
        List<String> addresses = IntStream.range(0, PEOPLE)
                .mapToObj(i -> "start" + i + "@c2.example.com")
                .toList();
        bridge.zoho().crowd(PEOPLE, "start");
        bridge.complete("shared");
        long list = listOf();
        database()
                .change(handle -> WorkflowStarts.enqueue(
                        handle,
                        addresses.stream()
                                .map(address ->
                                        new WorkflowStart("main", "W1", "T1", list, new Person(address), "shared"))
                                .toList()));

        bothWork("start-workflows", "workflow_start", () -> {});

        assertThat(everything()).containsExactlyInAnyOrderElementsOf(addresses);
        assertThat(count("workflow_start", "done")).isEqualTo(PEOPLE);
        List<String> started = new ArrayList<>();
        bridge.zoho().state().path("workflows").forEach(start -> started.add(start.asText()));
        assertThat(started)
                .containsExactlyInAnyOrderElementsOf(
                        addresses.stream().map(address -> "W1 T1 " + address).toList());
    }

    private static long listOf() {
        return bridge.runtime()
                .components()
                .audience()
                .lists()
                .of("main")
                .get(0)
                .id();
    }
}
