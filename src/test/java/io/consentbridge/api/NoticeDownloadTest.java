package io.consentbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import io.consentbridge.zoho.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("NoticeDownloadTest: fetching the privacy notice of a purpose")
class NoticeDownloadTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = "http://localhost:" + server.getAddress().getPort();
        server.createContext("/notice", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("We write to you.".getBytes());
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('W');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    @DisplayName("The bytes are those of the address, directly or by the proxy of the settings")
    void fetches() {
        assertThat(new NoticeDownload(Network.DIRECT, Duration.ofSeconds(30)).fetch(url + "/notice"))
                .isEqualTo("We write to you.".getBytes());
        Network proxied = new Network(Optional.of(server.getAddress()), Optional.empty());
        assertThat(new NoticeDownload(proxied, Duration.ofSeconds(30)).fetch("http://www.example.com/notice"))
                .isEqualTo("We write to you.".getBytes());
    }

    @Test
    @DisplayName("A notice that is not there, or whose server is not, is told")
    void notThere() {
        assertThatThrownBy(() -> new NoticeDownload(Network.DIRECT, Duration.ofSeconds(30)).fetch(url + "/gone"))
                .isInstanceOf(OperationFailure.OutOfReach.class)
                .hasMessageContaining("/gone: it answers with HTTP status 404");
        server.stop(0);
        assertThatThrownBy(() -> new NoticeDownload(Network.DIRECT, Duration.ofSeconds(30)).fetch(url + "/notice"))
                .isInstanceOf(OperationFailure.OutOfReach.class)
                .hasMessageEndingWith("/notice: ConnectException");
    }

    @Test
    @DisplayName("A notice that never ends is told and not waited for")
    void endless() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> new NoticeDownload(Network.DIRECT, SHORT).fetch(url + "/endless"))
                        .isInstanceOf(OperationFailure.OutOfReach.class)
                        .hasMessageContaining("/endless: "));
    }
}
