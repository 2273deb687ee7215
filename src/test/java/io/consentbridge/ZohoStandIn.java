package io.consentbridge;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.consentbridge.campaigns.CampaignsBeans;
import io.consentbridge.crm.CrmBeans;
import io.consentbridge.zoho.AccessToken;
import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.CallStop;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Patience;
import io.consentbridge.zoho.TokenSeal;
import io.consentbridge.zoho.TokenStore;
import io.consentbridge.zoho.ZohoBeans;
import io.consentbridge.zoho.ZohoCalls;
import io.consentbridge.zoho.ZohoSeams;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.main.Main;

/** The routes to Zoho in a running Camel, with WireMock in Zoho's place. */
public final class ZohoStandIn implements AutoCloseable {

    public static final String RUN = "run-1";

    public final WireMockServer zoho = new WireMockServer(options().dynamicPort());
    public final Quota quota = new Quota();
    public final CallCounter counter = new CallCounter(CallListener.NONE);
    public final Clock clock = Clock.systemUTC();
    public final Connection connection;
    public final ZohoSeams seams;
    public final Main main = new Main();

    public ZohoStandIn() {
        zoho.start();
        connection = connection("main", zoho.baseUrl());
        AccessTokens tokens = new AccessTokens(new MemoryTokens(), counter, clock, List.of(Duration.ZERO));
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("retry.times", "3");
        main.addInitialProperty("retry.delay", "1");
        main.addInitialProperty("retry.delay.most", "10");
        main.addInitialProperty("retry.multiplier", "2");
        main.addInitialProperty("retry.multiplier.reading", "3");
        main.addInitialProperty("retry.jitter", "0.25");
        main.addInitialProperty(
                "camel.main.routes-include-pattern", "file:routes/zoho-*.camel.yaml,file:routes/failures.camel.yaml");
        main.addInitialProperty("camel.main.shutdown-timeout", "5");
        try {
            main.init();
            var registry = main.getCamelContext().getRegistry();
            ZohoBeans.bind(
                    registry,
                    new ZohoCalls(name -> connection, tokens, counter),
                    new Patience(Duration.ofSeconds(10), clock, new CallStop()));
            CrmBeans.bind(registry, tokens, clock);
            CampaignsBeans.bind(registry, clock, (connection, method, until, because) -> {});
            registry.bind("quotaGovernor", quota);
            registry.bind("runFlow", new Bystander());
            registry.bind("deliveries", new Bystander());
            main.start();
            seams = new ZohoSeams(main.getCamelTemplate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stands where the failures' routes name beans that no call to Zoho comes to. */
    public static final class Bystander {

        public void fail() {
            throw new IllegalStateException("no run is played here");
        }

        public void park() {
            throw new IllegalStateException("no delivery is played here");
        }

        public void interrupted() {
            throw new IllegalStateException("no delivery is played here");
        }
    }

    public static Connection connection(String name, String url) {
        URI base = URI.create(url);
        return new Connection(name, base, base, base, "id", "secret", "refresh", ZoneId.of("Europe/Berlin"));
    }

    /** Forgets all stubs and calls, and gives tokens again. */
    public ZohoStandIn fresh() {
        zoho.resetAll();
        quota.asked.clear();
        quota.refusals.clear();
        counter.drain(RUN);
        zoho.stubFor(post(urlPathEqualTo("/oauth/v2/token"))
                .willReturn(okJson("{\"access_token\":\"token-1\",\"expires_in\":3600}")));
        return this;
    }

    @Override
    public void close() {
        main.stop();
        zoho.stop();
    }

    /** Stands in for the governor of quotas. */
    public static final class Quota {
        public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        public final List<RuntimeException> refusals = Collections.synchronizedList(new ArrayList<>());

        public void admit(String connection, String method) {
            asked.add(connection + " " + method);
            if (!refusals.isEmpty()) {
                throw refusals.remove(0);
            }
        }
    }

    /** A store without a database. */
    public static final class MemoryTokens implements TokenStore {
        private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();

        @Override
        public synchronized AccessToken obtain(
                String connection,
                String credentialHash,
                Predicate<AccessToken> usable,
                Supplier<AccessToken> refresh) {
            String key = connection + credentialHash;
            AccessToken known = tokens.get(key);
            AccessToken token = known != null && usable.test(known) ? known : refresh.get();
            tokens.put(key, token);
            return token;
        }

        public void put(Connection connection, String credentialHash, String value, Instant expires) {
            tokens.put(
                    connection.name() + credentialHash,
                    TokenSeal.of(connection).close(new AccessToken(value, expires)));
        }
    }
}
