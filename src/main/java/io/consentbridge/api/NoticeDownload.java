package io.consentbridge.api;

import io.consentbridge.zoho.Network;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fetches the privacy notice of a purpose from where people read it. */
final class NoticeDownload {

    private static final int MOST_BYTES = 20 * 1024 * 1024;
    private static final int OK = 200;

    private final Network network;
    private final Duration patience;

    /** @param patience how long the whole notice may take, after the connection stands */
    NoticeDownload(Network network, Duration patience) {
        this.network = network;
        this.patience = patience;
    }

    /**
     * The bytes of the notice.
     *
     * @throws OperationFailure.OutOfReach if it is not there, empty, too large or too slow
     */
    byte[] fetch(String url) {
        try {
            HttpClient.Builder client =
                    HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NORMAL);
            HttpResponse<InputStream> response = network.lead(client)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(patience)
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            byte[] content = content(url, response.body());
            if (response.statusCode() != OK || content.length == 0 || content.length > MOST_BYTES) {
                throw away(
                        url,
                        "it answers with HTTP status " + response.statusCode() + " and " + content.length + " bytes",
                        null);
            }
            return content;
        } catch (IOException | IllegalArgumentException failure) {
            // A refused connection has no message.
            throw away(
                    url,
                    Objects.requireNonNullElse(
                            failure.getMessage(), failure.getClass().getSimpleName()),
                    failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw away(url, "this process ends", stopped);
        }
    }

    /** The client's own time is over once the answer begins; the rest of it may come byte by byte. */
    private byte[] content(String url, InputStream body) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                () -> {
                    late.set(true);
                    close(body);
                },
                CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        try (body) {
            return body.readNBytes(MOST_BYTES + 1);
        } catch (IOException failure) {
            if (late.get()) {
                throw away(url, "it is not complete after " + patience.toSeconds() + " s", failure);
            }
            throw failure;
        } finally {
            deadline.cancel(false);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException closed) {
            // Its reader sees that it is closed.
        }
    }

    private static OperationFailure.OutOfReach away(String url, String why, Exception cause) {
        return new OperationFailure.OutOfReach("the notice cannot be fetched from " + url + ": " + why, cause);
    }
}
