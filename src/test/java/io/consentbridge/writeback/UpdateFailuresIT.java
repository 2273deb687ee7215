package io.consentbridge.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.ZohoStandIn;
import io.consentbridge.outbox.OutboxFixture;
import io.consentbridge.quota.Quota;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.ZohoFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of updates whose call fails as a whole. */
@EveryEngine
class UpdateFailuresIT {

    private final TestDatabase engine;
    private OutboxFixture scene;
    private QuotaGovernor quota;
    private UpdateFailures failures;

    UpdateFailuresIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
        quota = new QuotaGovernor(scene.database, scene.clock, (connection, method) -> new Quota(List.of()));
        failures = new UpdateFailures(quota, scene.backoff, scene.clock, 0);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private RecordBatch batch() {
        ClaimedUpdate update = new ClaimedUpdate(1, "r1", Optional.empty(), Map.of("A", "x"), 1, 0, false);
        return new RecordBatch(
                ZohoStandIn.connection("main", "https://crm.example.com"),
                "Leads",
                List.of(update),
                List.of(Map.of("id", "r1", "A", "x")),
                Map.of(),
                null,
                scene.clock.instant());
    }

    @Test
    @DisplayName(
            "A call that did not leave because its claim had ended is no outage: nothing counts, and nothing is locked")
    void claimEnded() {
        List<UpdateSettlement> settlements = failures.failed(batch(), new ZohoFault.ClaimEnded("the claim has ended"));

        assertThat(settlements)
                .containsExactly(new UpdateSettlement.Released(batch().updates().get(0), null, false, null));
        assertThat(quota.mayCall("main", RecordWrites.QUOTA)).isTrue();
    }

    @Test
    @DisplayName("A record that was changed meanwhile is tried again, also if its call is refused as a whole")
    void modified() {
        List<UpdateSettlement> settlements = failures.failed(
                batch(), new ZohoFault.Rejected("ALREADY_MODIFIED", "Zoho CRM refuses update of Leads"));

        assertThat(settlements).singleElement().isInstanceOf(UpdateSettlement.Postponed.class);
    }

    @Test
    @DisplayName("A call without an answer locks updates for a pause, and nothing counts against its records")
    void noAnswer() {
        List<UpdateSettlement> settlements = failures.failed(batch(), new ZohoFault.Transient("no answer", null));

        assertThat(settlements).singleElement().isInstanceOf(UpdateSettlement.Released.class);
        assertThat(quota.mayCall("main", RecordWrites.QUOTA)).isFalse();
    }
}
