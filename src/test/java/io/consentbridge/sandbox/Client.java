package io.consentbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A plain HTTP client of a sandbox, with the token that it got at the start. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private String token;

    Client(Sandbox sandbox) {
        this.base = sandbox.baseUrl();
        this.token = refresh().json().path("access_token").asText();
    }

    /** A status, a body and, where the body is JSON, the document. */
    record Answer(int status, String body, java.net.http.HttpHeaders headers) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        String code() {
            return json().path("code").asText();
        }
    }

    Answer refresh() {
        return form("/oauth/v2/token", credentials());
    }

    static Map<String, String> credentials() {
        return Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                Sandbox.CLIENT_ID,
                "client_secret",
                Sandbox.CLIENT_SECRET,
                "refresh_token",
                Sandbox.REFRESH_TOKEN);
    }

    void token(String newToken) {
        token = newToken;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    byte[] bytes(String path) {
        try {
            return http.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, String header, String value) {
        return send(request(path).header(header, value).GET());
    }

    Answer form(String path, Map<String, String> params) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(params))));
    }

    Answer json(String method, String path, Object body) {
        try {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer coql(String query) {
        return json("POST", "/crm/v8/coql", Map.of("select_query", query));
    }

    Answer subscribe(String listKey, String contactInfo) {
        return form(
                "/api/v1.1/json/listsubscribe",
                Map.of("resfmt", "JSON", "listkey", listKey, "contactinfo", contactInfo));
    }

    static String info(String email) {
        return "{\"Contact Email\":\"" + email + "\",\"First Name\":\"Jo\"}";
    }

    Answer control(String path, Map<String, Object> body) {
        return json("POST", "/sandbox/" + path, body);
    }

    JsonNode state() {
        return get("/sandbox/state").json();
    }

    /** The key of a list by its name. */
    String list(String name) {
        for (JsonNode list : state().path("lists")) {
            if (list.path("name").asText().equals(name)) {
                return list.path("listkey").asText();
            }
        }
        throw new AssertionError("no list " + name);
    }

    static String encoded(Map<String, String> params) {
        return params.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path));
        return token == null ? builder : builder.header("Authorization", "Zoho-oauthtoken " + token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
