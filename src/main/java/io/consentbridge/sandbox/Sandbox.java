package io.consentbridge.sandbox;

import io.consentbridge.sandbox.mail.MailServer;
import io.consentbridge.sandbox.web.WebServer;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running simulation of Zoho accounts, Zoho CRM v8 and Zoho Campaigns v1.1. One base URL serves the documented paths
 * ({@code /oauth/v2/token}, {@code /crm/v8/…}, {@code /api/v1.1/…}); {@code /sandbox/…} controls it. It listens on loopback
 * only and keeps everything in memory. Beside it stand mail servers of its own.
 */
public final class Sandbox implements AutoCloseable {

    /** The client that is known from the start, and its refresh token. */
    public static final String CLIENT_ID = "1000.SANDBOXCLIENT";

    public static final String CLIENT_SECRET = "sandbox-secret";
    public static final String REFRESH_TOKEN = "1000.sandbox.refresh";

    /** The mailing list that has members from the start. */
    public static final String EXISTING_LIST = "Product News";

    private final WebServer server;
    private final MailServer mail;
    private final Gate gate;

    private Sandbox(WebServer server, MailServer mail, Gate gate) {
        this.server = server;
        this.mail = mail;
        this.gate = gate;
    }

    /**
     * Starts a sandbox, which answers once this method returns. Throws {@link java.io.UncheckedIOException} if the port is
     * taken.
     */
    public static Sandbox start(SandboxOptions options) {
        AtomicReference<WebServer> server = new AtomicReference<>();
        MailServer mail = new MailServer(Clock.systemUTC());
        Gate gate = new Gate(restart -> Simulation.begin(options, () -> url(server.get()), mail, () -> {
            mail.reset();
            restart.run();
        }));
        server.set(WebServer.start(options.port(), gate));
        return new Sandbox(server.get(), mail, gate);
    }

    public int port() {
        return server.port();
    }

    /** Returns the base URL of accounts, CRM, Campaigns and control API alike. */
    public String baseUrl() {
        return url(server);
    }

    /** Returns the port of its SMTP server on loopback, which takes every mail; starts it when it is first asked for. */
    public int smtpPort() {
        return mail.smtpPort();
    }

    /** Returns the port of its IMAP server on loopback, where each address is a user with any password. */
    public int imapPort() {
        return mail.imapPort();
    }

    /**
     * Lets people answer whose mails came since the last call: each opens the link and presses a button, or does nothing.
     *
     * @param confirm the share of them who agree, from 0 to 1
     * @param refuse the share of them who refuse
     */
    public void answer(double confirm, double refuse, long seed) {
        mail.clicks().answer(confirm, refuse, seed);
    }

    /**
     * Lets each campaign that is being sent have arrived, and its recipients do at once what they would do in two days: the same of them
     * for the same seed.
     */
    public void react(long seed) {
        gate.mailings().hurry(seed);
    }

    /** Returns where a person reads the mails that it took. */
    public String mailboxUrl() {
        return baseUrl() + "/sandbox/mailbox";
    }

    private static String url(WebServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.close();
        mail.close();
    }
}
