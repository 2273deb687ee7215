package io.consentbridge.zoho;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests access tokens from the accounts server (docs/zoho-notes.md, "Accounts: token endpoint"); the secrets travel in
 * the form body only.
 */
final class TokenEndpoint {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);

    /** Made at the first call, because reading the trusted certificates takes time that a start should not spend. */
    private static final class Http {
        static final HttpClient DIRECT = client(Network.DIRECT);
    }

    private final CallCounter counter;
    private final Clock clock;
    private final List<Duration> pauses;
    private final CallLimits limits;
    private final CallDeadlines deadlines;
    private HttpClient led;

    /**
     * @param pauses the pauses before further tries while the accounts server is out of order
     * @param limits how long a call may take, and how large its reply may be
     */
    TokenEndpoint(CallCounter counter, Clock clock, List<Duration> pauses, CallLimits limits) {
        this.counter = counter;
        this.clock = clock;
        this.pauses = pauses;
        this.limits = limits;
        this.deadlines = new CallDeadlines(limits.deadline());
    }

    TokenReply refresh(Connection connection, String runId) {
        for (Duration pause : pauses) {
            try {
                return ask(connection, runId);
            } catch (ZohoFault.Transient outOfOrder) {
                if (Unreached.byCertificate(connection.accountsUrl().getHost(), outOfOrder)) {
                    throw outOfOrder;
                }
                sleep(pause, connection);
            }
        }
        return ask(connection, runId);
    }

    private TokenReply ask(Connection connection, String runId) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(connection.accountsUrl() + "/oauth/v2/token"))
                .timeout(limits.deadline().compareTo(REPLY_TIMEOUT) < 0 ? limits.deadline() : REPLY_TIMEOUT)
                .header("Content-Type", ZohoRequest.FORM)
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form(connection)))
                .build();
        long start = System.nanoTime();
        String result = "unreachable";
        try {
            HttpResponse<InputStream> response = client().send(request, BodyHandlers.ofInputStream());
            byte[] body = readWhole(response.body());
            result = String.valueOf(response.statusCode());
            return TokenReply.read(connection, response.statusCode(), body, clock.instant());
        } catch (IOException e) {
            String host = connection.accountsUrl().getHost();
            throw new ZohoFault.Transient(
                    Unreached.text(connection.name(), "Zoho's accounts server at " + host, host, limits.network(), e),
                    e);
        } catch (InterruptedException e) {
            throw interrupted(connection, e);
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            counter.count(runId, connection.name(), Api.ACCOUNTS, "token", result, took);
        }
    }

    private synchronized HttpClient client() {
        if (limits.network().equals(Network.DIRECT)) {
            return Http.DIRECT;
        }
        if (led == null) {
            led = client(limits.network());
        }
        return led;
    }

    private static HttpClient client(Network network) {
        return network.lead(
                        HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).version(HttpClient.Version.HTTP_1_1))
                .build();
    }

    /** The client limits the time until the reply begins. */
    private byte[] readWhole(InputStream reply) throws IOException {
        CallDeadline deadline = deadlines.begin(() -> close(reply));
        try (reply;
                deadline) {
            byte[] body = new LimitedStream(reply, limits.replyBytes()).readAllBytes();
            if (deadline.passed()) {
                throw new HttpTimeoutException("the reply has no end");
            }
            return body;
        }
    }

    private static void close(InputStream reply) {
        try {
            reply.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }

    private static String form(Connection connection) {
        return ZohoRequest.encode(new TreeMap<>(Map.of(
                "grant_type", "refresh_token",
                "client_id", connection.clientId(),
                "client_secret", connection.clientSecret(),
                "refresh_token", connection.refreshToken())));
    }

    private static void sleep(Duration pause, Connection connection) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(connection, e);
        }
    }

    private static ZohoFault interrupted(Connection connection, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ZohoFault.Transient(connection.name() + ": interrupted while asking for an access token", e);
    }
}
