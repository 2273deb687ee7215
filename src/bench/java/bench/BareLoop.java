package bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the connector is measured against: so many threads that do nothing but call {@code listsubscribe}, one person a
 * call, with no database, no rules and no history. Prints how many calls it made and in how many seconds.
 *
 * <p>Arguments: base URL of a sandbox, number of calls, number of connections.
 */
public final class BareLoop {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("\"listkey\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final AtomicInteger next = new AtomicInteger();
    private String token;
    private String list;

    private BareLoop(String base) {
        this.base = base;
    }

    public static void main(String[] args) throws Exception {
        BareLoop loop = new BareLoop(args[0]);
        int calls = Integer.parseInt(args[1]);
        loop.prepare();
        long start = System.nanoTime();
        loop.run(calls, Integer.parseInt(args[2]));
        System.out.printf(Locale.ROOT, "%d %.2f%n", calls, (System.nanoTime() - start) / 1e9);
    }

    private void prepare() throws IOException, InterruptedException {
        token = find(TOKEN, post("/oauth/v2/token", Credential.FORM));
        HttpRequest lists =
                request("/api/v1.1/getmailinglists?resfmt=JSON").GET().build();
        list = find(
                KEY, client.send(lists, HttpResponse.BodyHandlers.ofString()).body());
    }

    private void run(int calls, int connections) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Future<?>> work = new ArrayList<>();
        for (int thread = 0; thread < connections; thread++) {
            work.add(threads.submit(() -> {
                for (int call = next.getAndIncrement(); call < calls; call = next.getAndIncrement()) {
                    subscribe(call);
                }
                return null;
            }));
        }
        for (Future<?> each : work) {
            each.get();
        }
        threads.shutdown();
    }

    private void subscribe(int call) throws IOException, InterruptedException {
        String contact =
                "{\"Contact Email\":\"bare.%d@c%d.example.com\",\"First Name\":\"Bare\",\"Last Name\":\"Loop %d\",\"Company Name\":\"Loops\"}"
                        .formatted(call, call % 1000, call);
        String reply = post(
                "/api/v1.1/json/listsubscribe",
                "resfmt=JSON&listkey=" + list + "&contactinfo=" + URLEncoder.encode(contact, StandardCharsets.UTF_8)
                        + "&source=bare%20loop");
        if (!reply.contains("success")) {
            throw new IllegalStateException("the sandbox refuses a call: " + reply);
        }
    }

    private String post(String path, String form) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException closed) {
            // Either side may close a connection in the instant in which it is used again.
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return token == null ? request : request.header("Authorization", "Zoho-oauthtoken " + token);
    }

    private static String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return found.group(1);
    }
}
