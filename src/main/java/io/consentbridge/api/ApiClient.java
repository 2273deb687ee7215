package io.consentbridge.api;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Sends requests to the API of a runtime and turns its problem details into failures again. */
final class ApiClient {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_PING = Duration.ofSeconds(20);
    /** A check calls Zoho for every sync. */
    private static final Duration TO_ANSWER = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();
    private final ApiToken token;

    ApiClient(ApiToken token) {
        this.token = token;
    }

    /**
     * Returns whether the runtime is alive and accepts this token.
     *
     * @throws OperationFailure.OutOfReach when something listens there but does not answer: a busy runtime must not count as
     *     absent, since nobody else can open its database
     */
    boolean answers() {
        try {
            HttpResponse<String> response =
                    http.send(request("ping").timeout(TO_PING).GET().build(), BodyHandlers.ofString());
            return response.statusCode() == 200;
        } catch (HttpTimeoutException silent) {
            throw new OperationFailure.OutOfReach(
                    "something listens on port " + token.port() + " and does not answer", silent);
        } catch (IOException nobody) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    <T> T get(String path, TypeReference<T> type) {
        return send(request(path).GET(), type);
    }

    /** @param body null for no body */
    <T> T post(String path, Object body, TypeReference<T> type) {
        try {
            String text = body == null ? "" : Json.MAPPER.writeValueAsString(body);
            return send(
                    request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(text)), type);
        } catch (IOException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + token.host() + ":" + token.port() + "/api/" + path))
                .header("Authorization", token.header())
                .timeout(TO_ANSWER);
    }

    private <T> T send(HttpRequest.Builder request, TypeReference<T> type) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() < 300) {
                return Json.MAPPER.readValue(response.body(), type);
            }
            throw failure(response);
        } catch (IOException broken) {
            throw new OperationFailure.OutOfReach(
                    "the runtime on port " + token.port() + " no longer answers. Check its log", broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OperationFailure.OutOfReach("interrupted while asking the runtime", stopped);
        }
    }

    private static OperationFailure failure(HttpResponse<String> response) throws IOException {
        boolean told = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/problem+json"))
                .isPresent();
        if (!told) {
            return new OperationFailure.OutOfReach("the runtime answered with status " + response.statusCode(), null);
        }
        return Json.MAPPER.readValue(response.body(), ProblemDetails.class).toFailure();
    }
}
