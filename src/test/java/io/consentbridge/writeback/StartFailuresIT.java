package io.consentbridge.writeback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.campaigns.CampaignsCall;
import io.consentbridge.campaigns.WorkflowPermits;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.quota.Quota;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.FormText;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of people whose call into a workflow fails as a whole. */
@EveryEngine
class StartFailuresIT {

    private static final int PEOPLE = 3;

    private final TestDatabase engine;
    private final Connection connection = ZohoStandIn.connection("main", "https://campaigns.example.com");
    private OutboxFixture scene;
    private QuotaGovernor quota;
    private WorkflowPermits permits;

    StartFailuresIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
        quota = new QuotaGovernor(scene.database, scene.clock, (connection, method) -> new Quota(List.of()));
        permits = new WorkflowPermits(scene.clock);
        scene.database.change(handle -> {
            for (int i = 0; i < PEOPLE; i++) {
                WorkflowStarts.enqueue(
                        handle,
                        List.of(new WorkflowStart("main", "W", "T", scene.list, OutboxFixture.person(i), "news")));
                handle.execute(
                        "insert into list_member (list_id, person_id, active) select ?, id, true from person where address = ?",
                        scene.list,
                        OutboxFixture.person(i).address());
            }
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private WorkflowStarts worker(String owner) {
        return new WorkflowStarts(
                () -> List.of(connection),
                scene.database,
                permits,
                quota,
                scene.backoff,
                owner,
                OutboxFixture.LEASE,
                scene.clock,
                () -> true);
    }

    /** An exchange whose body is the next batch of the worker, and whose call is made. */
    private Exchange prepared(WorkflowStarts worker) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(worker.claim().next());
        exchange.getMessage().setBody(worker.prepare(exchange));
        return exchange;
    }

    /** The call leaves as its route makes it. */
    private void leaves(Exchange exchange) {
        CampaignsCall call = exchange.getMessage().getBody(CampaignsCall.class);
        permits.check(
                connection,
                "POST",
                URI.create("https://campaigns.example.com/api/v1.1/" + call.path()),
                ("details=" + FormText.encode(ZohoJson.write(call.details()))).getBytes(StandardCharsets.UTF_8),
                call);
    }

    private List<Map<String, Object>> rows() {
        return scene.database.query(handle -> handle.createQuery(
                        "select state, rounds, claimed_by, cause, due_at from workflow_start order by id")
                .mapToMap()
                .list());
    }

    @Test
    @DisplayName(
            "People whose claim ends before their call leaves are given back at once: nothing counts against them, and nothing is locked")
    void claimEnded() {
        WorkflowStarts worker = worker("one");
        Exchange exchange = prepared(worker);
        scene.clock.pass(OutboxFixture.LEASE);
        Throwable ended = catchThrowable(() -> leaves(exchange));
        assertThat(ended).isInstanceOf(ZohoFault.ClaimEnded.class);
        worker.failed(exchange, ended);

        assertThat(rows()).hasSize(PEOPLE).allSatisfy(row -> {
            assertThat(row.get("state")).isEqualTo("pending");
            assertThat(((Number) row.get("rounds")).intValue()).isZero();
            assertThat(row.get("claimed_by")).isNull();
            assertThat(row.get("cause")).isNull();
            assertThat(row.get("due_at")).isNull();
        });
        assertThat(quota.mayCall("main", WorkflowPermits.METHOD)).isTrue();
        assertThat(scene.backoff.current("main")).isEmpty();
        assertThat(worker("two").claim().next().size()).isEqualTo(PEOPLE);
    }

    @Test
    @DisplayName("People whom another process has claimed since stay claimed by it, however the lost call ends")
    void claimedSince() {
        WorkflowStarts first = worker("one");
        Exchange exchange = prepared(first);
        scene.clock.pass(OutboxFixture.LEASE);
        Exchange second = prepared(worker("two"));
        first.failed(exchange, catchThrowable(() -> leaves(exchange)));

        assertThat(rows()).hasSize(PEOPLE).allSatisfy(row -> {
            assertThat(row.get("state")).isEqualTo("pending");
            assertThat(row.get("claimed_by")).isEqualTo("two");
        });
        leaves(second);
    }
}
