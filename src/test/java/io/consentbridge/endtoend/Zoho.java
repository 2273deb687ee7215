package io.consentbridge.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a test does to the sandbox and sees of it, through its control API. */
final class Zoho {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    /** Modules of which a query gives less than it asks for. */
    private final Set<String> shortened = new HashSet<>();

    Zoho(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** A CRM record from now on; returns its id. */
    String create(String module, Map<String, Object> fields) {
        return post("records/" + module, fields).path("ids").get(0).asText();
    }

    /** Many records of one second; returns their ids. */
    List<String> createAll(String module, List<Map<String, Object>> records) {
        return ids(post("records/" + module, Map.of("records", records)));
    }

    /** So many memberships of one second, each of a person of its own ({@code NAME0@c2.example.com}); returns their ids. */
    List<String> crowd(int people, String name) {
        return createAll(
                "Memberships",
                IntStream.range(0, people)
                        .mapToObj(i -> Map.<String, Object>of("Name", "M" + i, "Email", name + i + "@c2.example.com"))
                        .toList());
    }

    void change(String module, String id, Map<String, Object> fields) {
        send("PUT", "records/" + module + "/" + id, fields);
    }

    /** The record changes, and its Modified_Time does not. */
    void changeQuietly(String module, String id, Map<String, Object> fields) {
        send("PUT", "records/" + module + "/" + id + "?quietly=true", fields);
    }

    /** Changes of a module from now on can be read so much later, such as {@code PT70S}, with their true time. */
    void lateBy(String module, String duration) {
        post("crm/" + module, Map.of("lateBy", duration));
    }

    /** A query over the module gives at most so many rows at once, until there are {@link #noFaults()}. */
    void queryMost(String module, int rows) {
        shortened.add(module);
        post("crm/" + module, Map.of("queryMost", rows));
    }

    /** A deleted record comes back from the bin with the time that it had. */
    void restore(String module, String id) {
        post("records/" + module + "/" + id + "/restore", Map.of());
    }

    /** A record with that Modified_Time; returns its id. */
    String migrate(String module, Instant modified, Map<String, Object> fields) {
        return post("records/" + module + "?modified=" + encode(modified.toString()), fields)
                .path("ids")
                .get(0)
                .asText();
    }

    /** A record comes with another value from now on, in every list and query. */
    void spoil(String module, String id, String field, Object value) {
        Map<String, Object> spoil = new HashMap<>(Map.of("id", id, "field", field));
        spoil.put("value", value);
        post("crm/" + module, Map.of("spoil", spoil));
    }

    /** Every record of the module comes as it is again. */
    void mend(String module) {
        post("crm/" + module, Map.of("mend", true));
    }

    /** Changes of a record are refused with a code, naming a field or null, so often; 0 for always, until {@link #mend}. */
    void refuseWrites(String module, String id, String code, String field, int times) {
        Map<String, Object> refuse = new HashMap<>(Map.of("id", id, "code", code, "times", times));
        refuse.put("field", field);
        post("crm/" + module, Map.of("refuse", refuse));
    }

    /** How the CRM takes changes of unknown and read-only fields, and the status where all are refused. */
    void writes(Map<String, Object> how) {
        post("crm", how);
    }

    /** How many credits a day has, and whether that is enforced. */
    void credits(boolean enforced, int credits) {
        send("PUT", "quotas", Map.of("enforced", enforced, "crmCredits", credits));
    }

    /** Whether workflows are active. */
    void workflows(boolean active) {
        send("PUT", "workflows", Map.of("active", active));
    }

    /** A profile hides a field from the credential. */
    void hide(String module, String field) {
        post("crm/" + module, Map.of("hide", field));
    }

    /** A field is told of, and no record has it. */
    void hideInRecords(String module, String field) {
        post("crm/" + module, Map.of("hide", field, "in", "records"));
    }

    /** Records have null in place of a field, by {@code privacy}, {@code hipaa}, or {@code nobody} who says so. */
    void restrict(String module, String field, String by) {
        post("crm/" + module, Map.of("hide", field, "by", by));
    }

    /** A field is of that type, such as {@code text}; a box that was ticked before is the word Yes. */
    void retype(String module, String field, String type) {
        post("crm/" + module, Map.of("type", field, "of", type));
    }

    /** The credential sees the field again. */
    void show(String module, String field) {
        post("crm/" + module, Map.of("show", field));
    }

    /** The credential may not read a module, or may again. */
    void closed(String module, boolean closed) {
        post("crm/" + module, Map.of("closed", closed));
    }

    /** The CRM's edition, in Zoho's word. */
    void edition(String word) {
        post("crm", Map.of("edition", word));
    }

    /** Whether the organisation's privacy settings are on. */
    void privacySettings(boolean on) {
        post("crm", Map.of("privacySettings", on));
    }

    /** What the credential may do from now on, and how Zoho says so; null grants everything. */
    void scopes(String granted, boolean told, boolean named) {
        Map<String, Object> scopes = new HashMap<>(Map.of("told", told, "named", named));
        scopes.put("granted", granted);
        send("PUT", "scopes", scopes);
    }

    void delete(String module, String id) {
        send("DELETE", "records/" + module + "/" + id, null);
    }

    /** So many by chance are deleted for good, or all of them when there are no more. */
    void deleteSome(String module, int count) {
        post("records/" + module + "/delete", Map.of("count", count, "seed", 7, "permanent", true));
    }

    JsonNode record(String module, String id) {
        return send("GET", "records/" + module + "/" + id, null).path("fields");
    }

    /** A CRM campaign with that status; returns its id. */
    String campaign(String name, String status) {
        return create("Campaigns", Map.of("Campaign_Name", name, "Status", status));
    }

    /** A lead or contact becomes a member of a CRM campaign. */
    void join(String campaign, String module, String id) {
        post("campaigns/" + campaign, Map.of("module", module, "id", id));
    }

    /** A lead or contact is a member no more. */
    void part(String campaign, String module, String id) {
        send("DELETE", "campaigns/" + campaign, Map.of("module", module, "id", id));
    }

    /** Somebody deletes a custom view. */
    void deleteView(String module, String name) {
        send("DELETE", "views/" + module + "?name=" + encode(name), null);
    }

    /** A deleted view comes back. */
    void bringBackView(String module, String name) {
        send("POST", "views/" + module + "?name=" + encode(name), null);
    }

    void list(String name) {
        post("lists", Map.of("name", name));
    }

    /** A list with a public sign-up form. */
    void publicList(String name) {
        post("lists", Map.of("name", name, "signupform", "public"));
    }

    void renameList(String name, String newName) {
        send("PUT", "lists", Map.of("name", name, "newName", newName));
    }

    /** Somebody switches the sign-up form of a list on ("public") or off ("private"). */
    void signupForm(String list, String form) {
        send("PUT", "lists", Map.of("name", list, "signupform", form));
    }

    /** Whether Campaigns says which sign-up form its lists have. */
    void tellForm(boolean told) {
        send("PUT", "lists", Map.of("tellForm", told));
    }

    void addField(String name) {
        post("fields", Map.of("name", name));
    }

    void topic(String name) {
        post("topics", Map.of("name", name));
    }

    void deleteTopic(String name) {
        send("DELETE", "topics?name=" + encode(name), null);
    }

    /** The key of a list. */
    String listKey(String name) {
        for (JsonNode list : state().path("lists")) {
            if (list.path("name").asText().equals(name)) {
                return list.path("listkey").asText();
            }
        }
        throw new AssertionError("no list " + name);
    }

    void deleteList(String name) {
        send("DELETE", "lists?name=" + encode(name), null);
    }

    /** How members are listed from now on, and who may come back ({@code docs/sandbox.md}). */
    void listing(Map<String, Object> rule) {
        send("PUT", "listing", rule);
    }

    /** What happens to a member: join, import, unsubscribe, bounce, complain, do-not-mail, confirm, remove, purge. */
    void happens(String event, String list, String email) {
        post("members/" + event, list == null ? Map.of("email", email) : Map.of("list", list, "email", email));
    }

    /** Moves the clock of Zoho, such as by {@code PT5M}, or back by {@code PT-5M}. */
    void forward(String duration) {
        post("clock", Map.of("forward", duration));
    }

    /** A campaign that was sent to a list at that time, by one person on Zoho's screen, and to which nobody reacted; its key. */
    String sentMailing(String name, String list, java.time.Instant sent) {
        send("PUT", "mailings", Map.of("reactions", false));
        return post("mailings", Map.of("name", name, "list", list, "sent", sent.toString()))
                .path("key")
                .asText();
    }

    /** A campaign that a user made and nobody sent; gives its key. */
    String draftMailing(String name, String list) {
        return post("mailings", Map.of("name", name, "list", list)).path("key").asText();
    }

    /** What recipients of a campaign do: open, click, unsubscribe, complain, hard-bounce and others. */
    void react(String mailing, String event, List<String> emails) {
        post("mailings/" + mailing + "/people", Map.of("event", event, "emails", emails));
    }

    /** Sets switches of campaigns. */
    void mailings(Map<String, Object> switches) {
        send("PUT", "mailings", switches);
    }

    /** Makes calls fail, as the control API describes it. */
    void fault(Map<String, Object> rule) {
        post("faults", rule);
    }

    void noFaults() {
        send("DELETE", "faults", null);
        for (String module : shortened) {
            Map<String, Object> whole = new HashMap<>();
            whole.put("queryMost", null);
            post("crm/" + module, whole);
        }
        shortened.clear();
    }

    /** Whether the first rule of a fault has struck so often. */
    boolean struck(int times) {
        return send("GET", "faults", null).path("faults").path(0).path("struck").asInt() >= times;
    }

    /** Zoho's clock goes on by so much. */
    void pass(java.time.Duration time) {
        post("clock", Map.of("forward", time.toString()));
    }

    void revoke(String token) {
        post("tokens/revoke", token == null ? Map.of() : Map.of("token", token));
    }

    /** Forgets what was called so far. */
    void forgetCalls() {
        post("reset", Map.of());
    }

    /** How often a method was called since, whatever the answer. */
    long calls(String method) {
        long sum = 0;
        for (JsonNode count : state().path("calls").path(method)) {
            sum += count.asLong();
        }
        return sum;
    }

    /** How often anything was called since. */
    long calls() {
        long sum = 0;
        for (var each : state().path("calls").properties()) {
            sum += calls(each.getKey());
        }
        return sum;
    }

    /** How often the CRM was called since. */
    long crmCalls() {
        long sum = 0;
        for (var each : state().path("calls").properties()) {
            if (each.getKey().startsWith("GET ") || each.getKey().startsWith("POST ")) {
                sum += calls(each.getKey());
            }
        }
        return sum;
    }

    /** The remembered calls of a method, oldest first. */
    List<JsonNode> callsOf(String method) {
        List<JsonNode> calls = new ArrayList<>();
        send("GET", "calls?limit=10000&method=" + encode(method), null)
                .path("calls")
                .forEach(calls::add);
        return calls;
    }

    JsonNode state() {
        return send("GET", "state", null);
    }

    /** What a law-abiding client never does; must be empty. */
    JsonNode violations() {
        return state().path("violationList");
    }

    /** Everything that is kept of the members of a list. */
    JsonNode members(String list) {
        return send("GET", "members?list=" + encode(list), null).path("members");
    }

    /** Address to status of everybody on a list; empty when there is no such list. */
    Map<String, String> statuses(String list) {
        Map<String, String> statuses = new TreeMap<>();
        members(list)
                .forEach(member -> statuses.put(
                        member.path("email").asText(), member.path("status").asText()));
        return statuses;
    }

    String url() {
        return sandbox.baseUrl();
    }

    private JsonNode post(String path, Map<String, Object> body) {
        return send("POST", path, body);
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode send(String method, String path, Object body) {
        try {
            HttpRequest.BodyPublisher text = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/sandbox/" + path))
                    .method(method, text)
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() == 400 || response.statusCode() == 404 && !method.equals("GET")) {
                throw new AssertionError(method + " " + path + ": " + response.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
