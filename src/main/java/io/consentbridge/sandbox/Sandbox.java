package io.consentbridge.sandbox;

import io.consentbridge.sandbox.web.WebServer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running simulation of Zoho accounts, Zoho CRM v8 and Zoho Campaigns v1.1. One base URL serves the documented paths
 * ({@code /oauth/v2/token}, {@code /crm/v8/…}, {@code /api/v1.1/…}); {@code /sandbox/…} controls it. It listens on loopback
 * only and keeps everything in memory.
 */
public final class Sandbox implements AutoCloseable {

    /** The client that is known from the start, and its refresh token. */
    public static final String CLIENT_ID = "1000.SANDBOXCLIENT";

    public static final String CLIENT_SECRET = "sandbox-secret";
    public static final String REFRESH_TOKEN = "1000.sandbox.refresh";

    /** The mailing list that has members from the start. */
    public static final String EXISTING_LIST = "Product News";

    private final WebServer server;

    private Sandbox(WebServer server) {
        this.server = server;
    }

    /**
     * Starts a sandbox, which answers once this method returns. Throws {@link java.io.UncheckedIOException} if the port is
     * taken.
     */
    public static Sandbox start(SandboxOptions options) {
        AtomicReference<WebServer> server = new AtomicReference<>();
        Gate gate = new Gate(restart -> Simulation.begin(options, () -> url(server.get()), restart));
        server.set(WebServer.start(options.port(), gate));
        return new Sandbox(server.get());
    }

    public int port() {
        return server.port();
    }

    /** Returns the base URL of accounts, CRM, Campaigns and control API alike. */
    public String baseUrl() {
        return url(server);
    }

    private static String url(WebServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.close();
    }
}
