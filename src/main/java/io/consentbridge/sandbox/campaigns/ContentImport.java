package io.consentbridge.sandbox.campaigns;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Fetches the content of a campaign from its public URL (docs/zoho-notes.md, "Campaigns: creating and cloning campaigns"). */
final class ContentImport {

    private static final int LONGEST = 300_000;

    /** A URL of more characters is suspected to be lost. */
    private static final int LONG_URL = 150;

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_BYTES = 4 * LONGEST + 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    private final Choices choices;

    ContentImport(Choices choices) {
        this.choices = choices;
    }

    /**
     * The result of an import.
     *
     * @param code why the campaign is refused, null when it is not
     * @param content what was imported; nothing is said where that fails silently
     */
    record Result(String code, Content content) {

        static Result refused(String code) {
            return new Result(code, Content.NONE);
        }
    }

    /** Imports from a URL, now or later; later, nothing is refused any more. */
    Result begin(String url, long now) {
        if (uri(url).isEmpty()) {
            return Result.refused("1004");
        }
        if (choices.is(OpenPoint.IMPORT, "refused")) {
            return Result.refused("500");
        }
        long after = choices.millis(OpenPoint.IMPORT_AFTER);
        return after > 0 ? new Result(null, new Content(null, url, now + after)) : fetch(url);
    }

    /** Fetches the content of a URL now. */
    Result fetch(String url) {
        boolean lost = choices.is(OpenPoint.IMPORT, "fails")
                || choices.is(OpenPoint.IMPORT, "long-fails") && url.length() > LONG_URL;
        if (lost) {
            return silent(url);
        }
        try {
            return fetch(uri(url).orElseThrow(), url, 0);
        } catch (IOException e) {
            return Result.refused("1004");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.refused("500");
        }
    }

    private Result fetch(URI from, String url, int redirects) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HTTP.send(
                HttpRequest.newBuilder(from).timeout(PATIENCE).GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            Optional<URI> next = response.statusCode() / 100 == 3
                    ? response.headers().firstValue("Location").map(from::resolve)
                    : Optional.empty();
            if (next.isPresent()) {
                if (choices.is(OpenPoint.REDIRECTS, "silent")) {
                    return silent(url);
                }
                return choices.is(OpenPoint.REDIRECTS, "followed") && redirects < MOST_REDIRECTS
                        ? fetch(next.get(), url, redirects + 1)
                        : Result.refused("1004");
            }
            if (response.statusCode() != 200) {
                return Result.refused("1004");
            }
            String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return text.length() > LONGEST ? Result.refused("3001") : new Result(null, new Content(text, url, 0));
        }
    }

    private static Result silent(String url) {
        return new Result(null, new Content(null, url, 0));
    }

    private static Optional<URI> uri(String url) {
        try {
            URI uri = URI.create(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
