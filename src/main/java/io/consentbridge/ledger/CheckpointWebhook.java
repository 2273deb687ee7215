package io.consentbridge.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * A URL that gets each checkpoint by POST, as text.
 *
 * @param uri which may contain a secret, and is never shown
 */
record CheckpointWebhook(URI uri) implements CheckpointTarget {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 2;
    private static final int HUNDRED = 100;

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void take(List<StoredCheckpoint> checkpoints) throws IOException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        for (StoredCheckpoint checkpoint : checkpoints) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .header("Content-Type", "text/plain; charset=utf-8")
                    .POST(HttpRequest.BodyPublishers.ofString(checkpoint.note()))
                    .build();
            int status = send(client, request);
            if (status / HUNDRED != OK) {
                throw new IOException("it answered " + status);
            }
        }
    }

    private static int send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException unreachable) {
            throw new IOException("it cannot be reached", unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("this process ends", stopped);
        }
    }

    @Override
    public String toString() {
        return "webhook";
    }
}
