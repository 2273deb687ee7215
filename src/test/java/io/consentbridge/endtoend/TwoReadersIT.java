package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.lifecycle.DailyReading;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two runtimes over one PostgreSQL take turns at what is read between runs. */
class TwoReadersIT extends BridgeFixture {

    private static Runtime other;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.on(TestDatabase.POSTGRES)
                        .letters("first", "Contacts")
                        .letters("second", "Leads"));
        other = bridge.start();
    }

    @AfterAll
    static void closeOther() {
        other.close();
    }

    @Test
    @DisplayName("One node reads what is due between runs: the refusals in the CRM, and the members of each list")
    void oneReadsBetweenRuns() {
        bridge.complete("first");
        bridge.complete("second");
        Map<String, Long> alone = readBetweenRuns(Stream.of(bridge.runtime()));
        bridge.zoho().fault(Map.of("kind", "delay", "delayMillis", 50, "times", 0));

        Map<String, Long> both =
                readBetweenRuns(Stream.of(bridge.runtime(), other).parallel());

        assertThat(alone.values()).allMatch(calls -> calls > 0);
        assertThat(both).isEqualTo(alone);
    }

    /** How many calls it takes when everything is due. */
    private static Map<String, Long> readBetweenRuns(Stream<Runtime> runtimes) {
        longerAgo(Duration.ofDays(1), "refusal_state", "swept_at");
        longerAgo(Duration.ofHours(25), "mailing_list", "members_read_at");
        bridge.zoho().forgetCalls();
        runtimes.forEach(runtime -> {
            var beans = runtime.context().getRegistry();
            ConnectionSweep sweep = beans.lookupByNameAndType("connectionSweep", ConnectionSweep.class);
            sweep.due().forEach(sweep::sweep);
            DailyReading reading = beans.lookupByNameAndType("dailyReading", DailyReading.class);
            reading.due().forEach(reading::read);
        });
        return Map.of(
                "coql", bridge.zoho().calls("POST /crm/v8/coql"),
                "getlistsubscribers", bridge.zoho().calls("getlistsubscribers"));
    }
}
