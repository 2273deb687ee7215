package io.consentbridge.zoho;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.consentbridge.ZohoStandIn;
import io.consentbridge.ZohoStandIn.MemoryTokens;
import io.consentbridge.mail.TlsLine;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTokensTest {

    @RegisterExtension
    static final WireMockExtension ACCOUNTS =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final TestClock clock = new TestClock();
    private final MemoryTokens store = new MemoryTokens();
    private final CallCounter counter = new CallCounter(CallListener.NONE);
    private final AccessTokens tokens = tokens();
    private Connection connection;

    private AccessTokens tokens() {
        return new AccessTokens(store, counter, clock, List.of(Duration.ZERO, Duration.ZERO));
    }

    @BeforeEach
    void connect() {
        connection = ZohoStandIn.connection("main", ACCOUNTS.baseUrl());
    }

    @Test
    @DisplayName("A reply that trickles and one without end are given up, and count as no reply")
    void bounded() {
        AccessTokens bounded =
                new AccessTokens(store, counter, clock, List.of(), new CallLimits(Duration.ofMillis(500), 10_000));
        answer(okJson("{\"access_token\":\"a1\",\"expires_in\":3600}").withChunkedDribbleDelay(40, 20_000));
        assertThatThrownBy(() -> bounded.token(connection, "r")).isInstanceOf(ZohoFault.Transient.class);

        answer(okJson("{\"access_token\":\"" + "a".repeat(20_000) + "\",\"expires_in\":3600}"));
        assertThatThrownBy(() -> bounded.token(connection, "r")).isInstanceOf(ZohoFault.Transient.class);

        answer(okJson("{\"access_token\":\"a1\",\"expires_in\":3600}"));
        assertThat(bounded.token(connection, "r").value()).isEqualTo("a1");
    }

    @Test
    @DisplayName("An accounts server whose certificate is wrong is called once, since that does not pass in seconds")
    void wrongCertificate() throws Exception {
        try (TlsLine untrusted = TlsLine.fromTheBeginning(ACCOUNTS.getPort())) {
            Connection over = ZohoStandIn.connection("main", "https://localhost:" + untrusted.port());

            assertThatThrownBy(() -> tokens.token(over, "r"))
                    .isInstanceOf(ZohoFault.Transient.class)
                    .hasMessageContaining("the certificate of localhost is not signed by an authority");
        }
        assertThat(counter.drain("r")).isEqualTo(new Calls(1, 0, 0));
    }

    @Test
    @DisplayName(
            "The secrets travel in the form body, never in the address; the token serves until five minutes before its end")
    void refreshes() {
        answer(okJson("{\"access_token\":\"a1\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));

        assertThat(tokens.token(connection, "r").value()).isEqualTo("a1");
        clock.forward(Duration.ofMinutes(54));
        tokens.token(connection, "r");
        asked(1);
        clock.forward(Duration.ofMinutes(2));
        tokens.token(connection, "r");
        asked(2);

        ACCOUNTS.verify(
                2,
                postRequestedFor(urlEqualTo("/oauth/v2/token"))
                        .withFormParam("grant_type", equalTo("refresh_token"))
                        .withFormParam("client_id", equalTo("id"))
                        .withFormParam("client_secret", equalTo("secret"))
                        .withFormParam("refresh_token", equalTo("refresh")));
        assertThat(counter.drain("r")).isEqualTo(new Calls(2, 0, 0));
    }

    @Test
    @DisplayName("A process that starts later uses the token that another one stored")
    void shared() {
        store.put(
                connection,
                CredentialHash.of(connection),
                "theirs",
                clock.instant().plusSeconds(3000));

        assertThat(tokens.token(connection, null).value()).isEqualTo("theirs");
        asked(0);
    }

    @Test
    @DisplayName("Many threads that are refused the same token cause one call; all get the same new one")
    void singleFlight() {
        store.put(
                connection,
                CredentialHash.of(connection),
                "old",
                clock.instant().plusSeconds(3000));
        answer(okJson("{\"access_token\":\"new\",\"expires_in\":3600}").withFixedDelay(20));
        AccessToken refused = tokens.token(connection, null);
        Set<String> values = ConcurrentHashMap.newKeySet();

        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(i -> new Thread(() ->
                        tokens.replacement(connection, null, refused).ifPresent(token -> values.add(token.value()))))
                .toList();
        threads.forEach(Thread::start);
        threads.forEach(AccessTokensTest::join);

        assertThat(values).containsExactly("new");
        asked(1);
    }

    @Test
    @DisplayName("Threads that wait while the accounts server is down share one failure and do not each try")
    void sharedFailure() {
        answer(aResponse().withStatus(503).withFixedDelay(200));
        Set<ZohoFault> faults = ConcurrentHashMap.newKeySet();

        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(i -> new Thread(() -> faults.add(
                        catchThrowableOfType(ZohoFault.Transient.class, () -> tokens.token(connection, null)))))
                .toList();
        threads.forEach(Thread::start);
        threads.forEach(AccessTokensTest::join);

        assertThat(faults).hasSize(1);
        asked(3);
    }

    @Test
    @DisplayName("A new token that is also refused is not replaced, since only ten are allowed in a quarter of an hour")
    void replacedOnce() {
        answer(okJson("{\"access_token\":\"a1\",\"expires_in\":3600}"));
        AccessToken first = tokens.token(connection, null);
        answer(okJson("{\"access_token\":\"a2\",\"expires_in\":3600}"));
        AccessToken second = tokens.replacement(connection, null, first).orElseThrow();

        assertThat(tokens.replacement(connection, null, second)).isEmpty();
        clock.forward(Duration.ofMinutes(3));
        assertThat(tokens.replacement(connection, null, second)).isPresent();
        asked(3);
    }

    @Test
    @DisplayName("B84: a revoked refresh token is a credential fault with the remedy; it is not sent again at once")
    void revoked() {
        answer(okJson("{\"error\":\"invalid_code\"}"));

        assertThatThrownBy(() -> tokens.token(connection, null))
                .isInstanceOf(ZohoFault.Credential.class)
                .hasMessageStartingWith("main: ")
                .hasMessageContaining("invalid_code")
                .hasMessageContaining("zoho.main.refresh-token")
                .hasMessageNotContaining("secret,");
        assertThatThrownBy(() -> tokens.token(connection, null)).isInstanceOf(ZohoFault.Credential.class);
        asked(1);

        answer(okJson("{\"access_token\":\"a1\",\"expires_in\":3600}"));
        Connection mended = new Connection(
                "main",
                connection.accountsUrl(),
                null,
                connection.campaignsUrl(),
                "id",
                "secret",
                "new refresh",
                ZoneId.of("UTC"));
        assertThat(tokens.token(mended, null).value()).isEqualTo("a1");
    }

    @Test
    @DisplayName(
            "Too many tokens cause a lock of a quarter of an hour, for any HTTP status, and no call is made meanwhile")
    void throttled() {
        answer(aResponse()
                .withStatus(400)
                .withBody("{\"error_description\":\"Zu viele\",\"error\":\"Access Denied\",\"status\":\"failure\"}"));

        ZohoFault.Throttled fault =
                catchThrowableOfType(ZohoFault.Throttled.class, () -> tokens.token(connection, null));
        assertThat(fault.from(clock.instant())).isEqualTo(Duration.ofMinutes(15));
        clock.forward(Duration.ofMinutes(14));
        assertThatThrownBy(() -> tokens.token(connection, null)).isInstanceOf(ZohoFault.Throttled.class);
        asked(1);
    }

    @Test
    @DisplayName("HTML, a 5xx, a dropped connection and a reply without a token are tried three times")
    void outOfOrder() {
        for (ResponseDefinitionBuilder reply : List.of(
                aResponse().withBody("<html>"),
                aResponse().withStatus(503),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                okJson("{}"))) {
            ACCOUNTS.resetRequests();
            answer(reply);
            assertThatThrownBy(() -> tokens.token(connection, null)).isInstanceOf(ZohoFault.Transient.class);
            asked(3);
        }
    }

    @Test
    @DisplayName("Old replies give milliseconds and the seconds beside them")
    void milliseconds() {
        answer(okJson("{\"access_token\":\"a1\",\"expires_in\":3600000,\"expires_in_sec\":3600}"));

        assertThat(tokens.token(connection, null).expires())
                .isEqualTo(clock.instant().plusSeconds(3600));
    }

    @Test
    @DisplayName("The CRM's address is the configured one, or else the reply's if its host belongs to Zoho")
    void apiDomain() {
        Connection open = new Connection(
                "open", connection.accountsUrl(), null, connection.campaignsUrl(), "i", "s", "r", ZoneId.of("UTC"));
        assertThat(tokens.crmUrl(connection, null)).isEqualTo(connection.crmUrl());

        for (String hostile : List.of(
                "https://evil.example",
                "http://www.zohoapis.eu",
                "https://www.zohoapis.eu@evil.example",
                "https://www.zohoapis.eu.evil.example",
                "https://www.zohoapis.eu:8443",
                "::")) {
            answer(okJson("{\"access_token\":\"a1\",\"api_domain\":\"" + hostile + "\"}"));
            assertThatThrownBy(() -> tokens.crmUrl(open, null)).isInstanceOf(ZohoFault.Rejected.class);
        }
        answer(okJson("{\"access_token\":\"a1\",\"api_domain\":\"https://www.zohoapis.eu\"}"));
        assertThat(tokens.crmUrl(open, null)).isEqualTo(URI.create("https://www.zohoapis.eu"));
    }

    private static void answer(ResponseDefinitionBuilder reply) {
        ACCOUNTS.stubFor(post(urlEqualTo("/oauth/v2/token")).willReturn(reply));
    }

    private static void asked(int times) {
        ACCOUNTS.verify(times, postRequestedFor(urlEqualTo("/oauth/v2/token")));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-05-01T00:00:00Z");

        void forward(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
