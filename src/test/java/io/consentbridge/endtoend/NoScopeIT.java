package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A credential that may read and not write. */
class NoScopeIT extends BridgeFixture {

    private static final int PEOPLE = 200;

    @BeforeAll
    static void open() {
        bridge = Bridge.openWithTriggers(
                10, files -> files.set("HOLD_FIRST", "1s").set("HOLD_MOST", "2s"));
    }

    @ParameterizedTest(name = "HTTP {0} with code {1}")
    @CsvSource({"401,Unauthorized", "200,1007", "401,OAUTH_SCOPE_MISMATCH"})
    @DisplayName(
            "holds everything with one log line and few calls, marks nobody, and everybody arrives once writing is allowed")
    void held(int status, String code) {
        String name = "may-not-" + status + code;
        bridge.zoho().crowd(PEOPLE, name);
        bridge.letters(name, "Memberships");
        bridge.zoho().list(name);
        bridge.zoho().forgetCalls();
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "status", status, "code", code, "times", 0));
        List<String> said;
        String run;
        try (ErrorLog log = ErrorLog.listenToWarnings()) {
            run = bridge.begin(name);
            await().atMost(Duration.ofSeconds(30)).until(() -> bridge.waiting() >= PEOPLE);
            await().pollDelay(Duration.ofSeconds(6))
                    .timeout(Duration.ofSeconds(30))
                    .until(() -> true);
            said = log.errors();
        }
        assertThat(bridge.deadLetters(name)).isEmpty();
        assertThat(bridge.waiting()).isGreaterThanOrEqualTo(PEOPLE);
        assertThat(said).as("lines").hasSize(1);
        assertThat(bridge.zoho().calls(SUBSCRIBE)).as("calls").isLessThan(60);

        bridge.zoho().noFaults();

        assertThat(bridge.end(run).state()).isEqualTo("completed");
        assertThat(bridge.zoho().statuses(name)).hasSizeGreaterThanOrEqualTo(PEOPLE);
    }

    @Test
    @DisplayName("start names the required scopes that the credential lacks, one line each")
    void toldAtStart() {
        bridge.letters("told", "Memberships");
        bridge.zoho().scopes("ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ", true, false);
        bridge.runtime().database().change(handle -> handle.execute("delete from access_token"));
        try (ErrorLog log = ErrorLog.listenToWarnings()) {
            bridge.reopen();
            await().until(() -> log.errors().size() >= 3);
            assertThat(log.errors())
                    .hasSize(3)
                    .allMatch(line -> line.contains("lacks the scope ZohoCampaigns.contact."));
        } finally {
            bridge.zoho().scopes(null, true, false);
        }
    }
}
