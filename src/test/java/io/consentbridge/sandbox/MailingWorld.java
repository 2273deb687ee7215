package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A sandbox with a list of its own, and the calls on campaigns. */
final class MailingWorld implements AutoCloseable {

    static final String LIST = "Fans";
    static final String API = "/api/v1.1/";

    final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults()
            .withPeople(20)
            .withoutQuotas()
            .withClockStart(Instant.parse("2026-08-01T09:00:00Z")));
    final Client client = new Client(sandbox);
    private HttpServer pages;

    MailingWorld() {
        for (JsonNode mailing : client.get("/sandbox/mailings").json().path("mailings")) {
            client.json("DELETE", "/sandbox/mailings/" + mailing.path("key").asText(), Map.of());
        }
        client.control("lists", Map.of("name", LIST));
    }

    /** Makes that many people active members who follow the first topic: p0@…, p1@… */
    MailingWorld fans(int count) {
        List<String> emails =
                IntStream.range(0, count).mapToObj(MailingWorld::fan).toList();
        client.control("members/join", Map.of("list", LIST, "emails", emails));
        return this;
    }

    static String fan(int number) {
        return "p" + number + "@fans.example.com";
    }

    void choose(Object... pairs) {
        Map<String, Object> body = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put((String) pairs[i], pairs[i + 1]);
        }
        assertThat(client.json("PUT", "/sandbox/mailings", body).status()).isEqualTo(200);
    }

    void forward(String duration) {
        client.control("clock", Map.of("forward", duration));
        client.token(client.refresh().json().path("access_token").asText());
    }

    String topic() {
        return client.state().path("topics").get(0).path("id").asText();
    }

    Map<String, String> draft(String name) {
        Map<String, String> params = new HashMap<>();
        params.put("resfmt", "JSON");
        params.put("campaignname", name);
        params.put("from_email", "news@example.com");
        params.put("subject", "Spring is here");
        params.put("list_details", "{\"" + client.list(LIST) + "\":[]}");
        params.put("topicId", topic());
        params.put("content_url", page("/spring", 200, "<p>Spring</p>"));
        return params;
    }

    Client.Answer create(Map<String, String> params) {
        return client.form(API + "createCampaign", params);
    }

    /** Creates a campaign with content and returns its key. */
    String created(String name) {
        return create(draft(name)).json().path("campaignKey").asText();
    }

    Client.Answer send(String key) {
        return client.form(API + "sendcampaign", Map.of("resfmt", "JSON", "campaignkey", key));
    }

    /** Creates and sends a campaign whose recipients do nothing by themselves, and waits until it is sent. */
    String sent(String name) {
        choose("reactions", false);
        String key = created(name);
        send(key);
        forward("PT2M");
        return key;
    }

    Client.Answer does(String verb, String key) {
        return client.control("mailings/" + key + "/" + verb, Map.of());
    }

    int people(String key, String event, String... emails) {
        return client.control("mailings/" + key + "/people", Map.of("event", event, "emails", List.of(emails)))
                .json()
                .path("happened")
                .asInt();
    }

    Client.Answer read(String method, String key) {
        return client.get(API + method + "?resfmt=JSON&campaignkey=" + key);
    }

    JsonNode report(String key) {
        return read("campaignreports", key).json().path("campaign-reports").path(0);
    }

    Client.Answer recipients(String key, String action, String more) {
        return client.get(
                API + "getcampaignrecipientsdata?resfmt=JSON&campaignkey=" + key + "&action=" + action + more);
    }

    List<String> addresses(String key, String action, String more) {
        List<String> addresses = new ArrayList<>();
        recipients(key, action, more)
                .json()
                .path("list_of_details")
                .forEach(row -> addresses.add(row.path("contactemailaddress").asText()));
        return addresses;
    }

    String status(String key) {
        return listed("all", key).path("campaign_status").asText();
    }

    JsonNode listed(String filter, String key) {
        JsonNode rows = client.get(API + "recentcampaigns?resfmt=JSON&range=100&status=" + filter.replace("|", "%7C"))
                .json()
                .path("recent_campaigns");
        for (JsonNode row : rows) {
            if (row.path("campaign_key").asText().equals(key)) {
                return row;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    String member(String email) {
        for (JsonNode member :
                client.get("/sandbox/members?list=" + LIST).json().path("members")) {
            if (member.path("email").asText().equals(email)) {
                return member.path("status").asText();
            }
        }
        return "nobody";
    }

    long violations(String kind) {
        return client.state().path("violations").path(kind).asLong();
    }

    /** Serves a page, and returns its URL; a text that begins with a slash is where it redirects to. */
    String page(String path, int status, String text) {
        try {
            if (pages == null) {
                pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                pages.start();
            }
            try {
                pages.removeContext(path);
            } catch (IllegalArgumentException first) {
                // It is the first page of that path.
            }
            pages.createContext(path, exchange -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                if (status / 100 == 3) {
                    exchange.getResponseHeaders().set("Location", text);
                }
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            return "http://127.0.0.1:" + pages.getAddress().getPort() + path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (pages != null) {
            pages.stop(0);
        }
        sandbox.close();
    }
}
