package bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A sandbox in a process of its own. Every second person is a lead, and the measured syncs read the leads. */
final class Zoho implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 2_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Server server;

    private Zoho(String url, Server server) {
        this.url = url;
        this.server = server;
    }

    /** Starts a sandbox with so many leads. */
    static Zoho start(Home home, int leads) throws IOException, InterruptedException {
        int port = Server.freePort();
        String url = "http://127.0.0.1:" + port;
        List<String> line = List.of(
                home.folder().resolve("bin/consentbridge").toString(),
                "sandbox",
                "--port",
                Integer.toString(port),
                "--people",
                Integer.toString(2 * leads),
                "--no-quotas");
        Server server = Server.start(home.work(), "sandbox-" + leads, line, Map.of());
        server.ready(url + "/sandbox/state");
        return new Zoho(url, server);
    }

    String url() {
        return url;
    }

    /** Seconds of processor time so far. */
    double cpu() {
        return server.cpu();
    }

    /** Brings everything back to the start. */
    void reset() throws IOException, InterruptedException {
        post("/sandbox/reset", Map.of("everything", true));
    }

    /** Forgets which calls were made. */
    void forgetCalls() throws IOException, InterruptedException {
        post("/sandbox/reset", Map.of());
    }

    /** How often each method was called since. */
    Map<String, Long> calls() throws IOException, InterruptedException {
        Map<String, Long> calls = new TreeMap<>();
        for (Map.Entry<String, JsonNode> method :
                get("/sandbox/state").path("calls").properties()) {
            long made = 0;
            for (JsonNode result : method.getValue()) {
                made += result.asLong();
            }
            calls.put(method.getKey(), made);
        }
        return calls;
    }

    /** The addresses of the active members of a list. */
    List<String> active(String list) throws IOException, InterruptedException {
        List<String> active = new ArrayList<>();
        for (JsonNode member : get("/sandbox/members?list=" + list).path("members")) {
            if (member.path("status").asText().equals("active")) {
                active.add(member.path("email").asText());
            }
        }
        return active;
    }

    /** Makes an event happen to members of a list. */
    void happens(String event, String list, List<String> emails) throws IOException, InterruptedException {
        post("/sandbox/members/" + event, Map.of("list", list, "emails", emails));
    }

    /** The ids of the leads that are active on a list, one for each address: a change of one is worth one call. */
    List<String> leadsOn(String list) throws IOException, InterruptedException {
        Set<String> active = new HashSet<>();
        for (String email : active(list)) {
            active.add(email.toLowerCase(Locale.ROOT));
        }
        String token = token();
        List<String> ids = new ArrayList<>();
        String last = "0";
        JsonNode page;
        do {
            page = leads(token, last);
            for (JsonNode lead : page) {
                last = lead.path("id").asText();
                if (active.remove(lead.path("Email").asText().strip().toLowerCase(Locale.ROOT))) {
                    ids.add(last);
                }
            }
        } while (page.size() == PAGE);
        return ids;
    }

    /** Gives leads another company. */
    void change(Collection<String> leads, String company) throws IOException, InterruptedException {
        post("/sandbox/records/Leads/change", Map.of("ids", leads, "fields", Map.of("Company", company)));
    }

    private JsonNode leads(String token, String after) throws IOException, InterruptedException {
        String query = "select id, Email from Leads where ((Email_Opt_Out = 'false' and Email is not null) and id > '"
                + after + "') order by id limit 0, " + PAGE;
        return ask(HttpRequest.newBuilder(URI.create(url + "/crm/v8/coql"))
                        .header("Authorization", "Zoho-oauthtoken " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(Map.of("select_query", query))))
                        .build())
                .path("data");
    }

    private String token() throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(URI.create(url + "/oauth/v2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Credential.FORM))
                        .build())
                .path("access_token")
                .asText();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    private void post(String path, Object body) throws IOException, InterruptedException {
        ask(HttpRequest.newBuilder(URI.create(url + path))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
