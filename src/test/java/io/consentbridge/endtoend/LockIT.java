package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A method with which Zoho was called too often is left alone. */
class LockIT extends BridgeFixture {

    private static final String COUNT = "listsubscriberscount";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.letters("locked", "Leads"));
        bridge.zoho().list("locked");
    }

    @Test
    @DisplayName(
            "wait-for-quota: a lock that outlasts a run's patience fails the run, which says so; the lock survives a restart")
    void lockOfAReadingMethod() {
        bridge.zoho().fault(Map.of("method", COUNT, "kind", "code", "code", "2008", "times", 0));

        RunView run = bridge.run("locked");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("too often", "30 minutes");
        bridge.zoho().noFaults();
        bridge.zoho().forgetCalls();
        bridge.reopen();
        RunView next = bridge.run("locked");
        assertThat(next.state()).isEqualTo("failed");
        assertThat(next.message()).contains("locked by Zoho", COUNT);
        assertThat(bridge.zoho().calls(COUNT)).isZero();
    }
}
