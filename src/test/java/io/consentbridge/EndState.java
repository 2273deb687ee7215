package io.consentbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentbridge.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Campaigns holds and what the runs counted when all is done, as facts that two installations can be compared by.
 *
 * @param facts what is said of each thing, by its name
 */
record EndState(SortedMap<String, String> facts) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static EndState of(Sandbox sandbox, InterruptedConnector connector, List<String> syncs) throws Exception {
        SortedMap<String, String> facts = new TreeMap<>();
        JsonNode state = get(sandbox, "/sandbox/state");
        for (JsonNode list : state.path("lists")) {
            String name = list.path("name").asText();
            facts.put("list " + name, "is there");
            get(sandbox, "/sandbox/members?list=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .path("members")
                    .forEach(member ->
                            facts.put(name + ", " + member.path("email").asText(), told(member)));
        }
        for (JsonNode violation : state.path("violationList")) {
            facts.put(
                    "violation by " + violation.path("email").asText() + " on "
                            + violation.path("list").asText(),
                    violation.path("kind").asText());
        }
        for (String sync : syncs) {
            facts.putAll(connector.counted(sync));
        }
        return new EndState(facts);
    }

    // A person with whom a list is made has no source, and after a kill that may be somebody else.
    private static String told(JsonNode member) {
        return ((ObjectNode) member).without("source").toString();
    }

    /** How this differs from what it should be; empty when it does not. */
    List<String> differencesFrom(EndState should) {
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(should.facts.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(facts.get(name), should.facts.get(name)))
                .map(name -> name + ": undisturbed " + should.facts.get(name) + ", but now " + facts.get(name))
                .toList();
    }

    /** How many calls of any API the sandbox has had. */
    static long calls(Sandbox sandbox) throws IOException, InterruptedException {
        long calls = 0;
        for (JsonNode method : get(sandbox, "/sandbox/state").path("calls")) {
            for (JsonNode result : method) {
                calls += result.asLong();
            }
        }
        return calls;
    }

    /** A CRM record from now on; returns its id. */
    static String create(Sandbox sandbox, String module, Map<String, Object> fields)
            throws IOException, InterruptedException {
        HttpRequest order = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/sandbox/records/" + module))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(fields)))
                .build();
        String answer = HTTP.send(order, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(answer).path("ids").path(0).asText();
    }

    /** Makes calls fail or take their time, as the sandbox's control API describes it. */
    static void fault(Sandbox sandbox, Map<String, Object> fault) throws IOException, InterruptedException {
        control(sandbox, "faults", fault);
    }

    /** Ends everything that {@link #fault} began. */
    static void noFaults(Sandbox sandbox) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/sandbox/faults"))
                .DELETE()
                .build();
        if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            throw new IOException("the sandbox keeps its faults");
        }
    }

    /** A query over the module gives at most so many rows at once. */
    static void queryMost(Sandbox sandbox, String module, int rows) throws IOException, InterruptedException {
        control(sandbox, "crm/" + module, Map.of("queryMost", rows));
    }

    /** Asks something of the control API. */
    static void control(Sandbox sandbox, String what, Map<String, Object> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/sandbox/" + what))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
            throw new IOException("the sandbox refuses " + what + " " + body);
        }
    }

    /** What the control API shows. */
    static JsonNode get(Sandbox sandbox, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path)).build();
        return JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
