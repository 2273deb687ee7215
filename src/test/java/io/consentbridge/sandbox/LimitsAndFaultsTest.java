package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits and faults of the sandbox. */
class LimitsAndFaultsTest {

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPeople(100));
    private final Client client = new Client(sandbox);
    private final String key = client.list("Product News");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    @DisplayName("lock a method for 30 minutes after 500 subscriptions in a minute, and only that method")
    void locks() {
        for (int i = 0; i < 500; i++) {
            assertThat(subscribe(i).code()).isEqualTo("0");
        }
        assertThat(subscribe(500).status()).isEqualTo(429);
        assertThat(client.get("/api/v1.1/getmailinglists?resfmt=JSON").code()).isEqualTo("0");
        client.control("clock", Map.of("forward", "PT29M"));
        assertThat(subscribe(501).status()).isEqualTo(429);
        client.control("clock", Map.of("forward", "PT1M1S"));
        assertThat(subscribe(502).code()).isEqualTo("0");
        assertThat(client.state()
                        .path("lockedOut")
                        .path("json/listsubscribe")
                        .path("times")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("are lifted at run time")
    void lifted() {
        client.json("PUT", "/sandbox/quotas", Map.of("enforced", false));
        for (int i = 0; i < 520; i++) {
            assertThat(subscribe(i).code()).isEqualTo("0");
        }
    }

    @Test
    @DisplayName("show the CRM's credits from half of them on, and end with 429")
    void credits() {
        client.json("PUT", "/sandbox/quotas", Map.of("crmCredits", 4));
        assertThat(client.get("/crm/v8/org").headers().firstValue("X-API-CREDITS-REMAINING"))
                .isEmpty();
        assertThat(client.get("/crm/v8/org").headers().firstValue("X-API-CREDITS-REMAINING"))
                .contains("2");
        client.get("/crm/v8/org");
        client.get("/crm/v8/org");
        assertThat(client.get("/crm/v8/org").status()).isEqualTo(429);
    }

    @Test
    @DisplayName("fail a given number of calls of a method, then no more")
    void status() {
        client.control("faults", Map.of("method", "listsubscribe", "kind", "status", "status", 503, "times", 2));
        assertThat(subscribe(1).status()).isEqualTo(503);
        assertThat(subscribe(2).status()).isEqualTo(503);
        assertThat(subscribe(3).code()).isEqualTo("0");
    }

    @Test
    @DisplayName("strike one address only, after letting calls pass")
    void filtered() {
        client.control(
                "faults",
                Map.of(
                        "method",
                        "listsubscribe",
                        "kind",
                        "code",
                        "code",
                        "2101",
                        "email",
                        "n7@",
                        "skip",
                        1,
                        "times",
                        1));
        assertThat(subscribe(6).code()).isEqualTo("0");
        assertThat(subscribe(7).code()).isEqualTo("0");
        assertThat(subscribe(7).code()).isEqualTo("2101");
        assertThat(subscribe(7).code()).isEqualTo("0");
    }

    @Test
    @DisplayName("lose the reply of a call that had its effect")
    void lostReply() {
        client.control("faults", Map.of("method", "listsubscribe", "kind", "lost-reply"));
        assertThatThrownBy(() -> subscribe(1)).isInstanceOf(UncheckedIOException.class);
        assertThat(client.get("/sandbox/members?list=Product%20News").body()).contains("n1@c1.example.com");
    }

    @Test
    @DisplayName("break replies off, send HTML or XML, and drop connections")
    void broken() {
        client.control("faults", Map.of("method", "coql", "kind", "truncated"));
        assertThatThrownBy(() -> client.coql("select id from Leads where id is not null"))
                .isInstanceOf(UncheckedIOException.class);
        client.control("faults", Map.of("method", "coql", "kind", "drop"));
        assertThatThrownBy(() -> client.coql("select id from Leads where id is not null"))
                .isInstanceOf(UncheckedIOException.class);
        client.control("faults", Map.of("method", "coql", "kind", "html", "status", 502, "times", 0));
        assertThat(client.coql("select id from Leads where id is not null").body())
                .startsWith("<html>");
        client.json("DELETE", "/sandbox/faults", Map.of());
        assertThat(client.coql("select id from Leads where id is not null").status())
                .isEqualTo(200);
        client.control("faults", Map.of("method", "json/listsubscribe", "kind", "xml", "code", "500"));
        assertThat(subscribe(1).body()).startsWith("<response>");
    }

    @Test
    @DisplayName("remember calls without secrets")
    void calls() {
        client.refresh();
        assertThat(client.get("/sandbox/calls?method=token").body())
                .contains("client_id")
                .doesNotContain(Sandbox.CLIENT_SECRET)
                .doesNotContain(Sandbox.REFRESH_TOKEN);
        client.control("reset", Map.of());
        assertThat(client.state().path("calls")).isEmpty();
    }

    private Client.Answer subscribe(int number) {
        return client.subscribe(key, Client.info("n" + number + "@c1.example.com"));
    }
}
