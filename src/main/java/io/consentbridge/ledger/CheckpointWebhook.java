package io.consentbridge.ledger;

import io.consentbridge.config.Settings.Checkpoints.Webhook;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** A URL that gets each checkpoint by POST, as text. */
record CheckpointWebhook(Webhook webhook) implements CheckpointTarget {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 2;
    private static final int HUNDRED = 100;

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void take(List<StoredCheckpoint> checkpoints) throws IOException {
        HttpClient client = webhook.network()
                .lead(HttpClient.newBuilder().connectTimeout(PATIENCE))
                .build();
        for (StoredCheckpoint checkpoint : checkpoints) {
            HttpRequest request = HttpRequest.newBuilder(webhook.uri())
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
        // Nothing is read of what it answers, which may never end.
        HttpResponse.BodyHandler<InputStream> unread = HttpResponse.BodyHandlers.ofInputStream();
        try {
            HttpResponse<InputStream> answer = client.send(request, unread);
            answer.body().close();
            return answer.statusCode();
        } catch (IOException unreachable) {
            throw new IOException("it cannot be reached", unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("this process ends", stopped);
        }
    }
}
