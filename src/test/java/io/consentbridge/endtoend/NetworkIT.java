package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zoho behind a proxy, with certificates that Java does not trust. */
class NetworkIT extends BridgeFixture {

    @TempDir
    static Path folder;

    private static TlsFront front;

    @BeforeAll
    static void open() throws Exception {
        bridge = Bridge.open(10, files -> files.letters("letters", "Leads"));
        front = new TlsFront(folder, bridge.zoho().url());
    }

    @AfterAll
    static void closeFront() throws Exception {
        front.close();
    }

    private static void reach(String host, String proxy, String trusted) {
        for (String api : List.of("ACCOUNTS", "CRM", "CAMPAIGNS")) {
            bridge.files()
                    .set(
                            "ZOHO_MAIN_" + api + "_URL",
                            host == null
                                    ? bridge.zoho().url()
                                    : "https://" + api.toLowerCase(java.util.Locale.ROOT) + "." + host);
        }
        bridge.files().set("CALLS_PROXY", proxy).set("CALLS_TRUST_STORE", trusted);
        bridge.runtime().database().change(handle -> handle.execute("delete from access_token"));
        bridge.reopen();
    }

    private static List<String> problems() {
        CheckView check = bridge.operations().check();
        return check.problems().stream().map(Problem::message).toList();
    }

    @Test
    @DisplayName(
            "calls.proxy and calls.trust-store, a path relative to the home folder, apply to accounts, CRM and Campaigns alike")
    void allHosts() throws Exception {
        Files.copy(front.certificate, bridge.files().folder().resolve("own.pem"));
        front.forget();
        reach("front.test", front.proxy(), "own.pem");

        assertThat(problems()).isEmpty();
        assertThat(bridge.run("letters").state()).isEqualTo("completed");
        assertThat(front.hosts())
                .containsExactlyInAnyOrder("accounts.front.test", "crm.front.test", "campaigns.front.test");
    }

    @Test
    @DisplayName("An untrusted certificate is reported as one, with the host and the remedy, for every host")
    void untrusted() {
        reach("front.test", front.proxy(), "");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("the certificate of accounts.front.test is not signed by an authority", "calls.trust-store");

        bridge.files().set("ZOHO_MAIN_ACCOUNTS_URL", bridge.zoho().url());
        bridge.reopen();
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("the certificate of crm.front.test is not signed by an authority", "calls.trust-store");
    }

    @Test
    @DisplayName("A certificate of another host and a proxy that does not run are reported as such")
    void others() {
        reach("other.test", front.proxy(), front.certificate.toString());
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("the certificate belongs to another host than accounts.other.test");

        reach("front.test", "127.0.0.1:1", front.certificate.toString());
        assertThat(problems()).singleElement().asString().contains("through the proxy 127.0.0.1:1", "calls.proxy");
    }

    @Test
    @DisplayName(
            "Hosts on this machine are called without the proxy, and the proxy is not blamed for one that does not answer")
    void here() {
        reach(null, "127.0.0.1:1", "");

        assertThat(problems()).isEmpty();

        bridge.files().set("ZOHO_MAIN_CRM_URL", "http://127.0.0.1:2");
        bridge.reopen();
        assertThat(problems())
                .allSatisfy(message -> assertThat(message).doesNotContain("through the proxy", "calls.proxy"))
                .anyMatch(message -> message.contains("called without the proxy. Check that it runs"));
    }
}
