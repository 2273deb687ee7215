package io.consentbridge.sandbox;

import io.consentbridge.sandbox.accounts.AccountsApi;
import io.consentbridge.sandbox.accounts.Tokens;
import io.consentbridge.sandbox.campaigns.Account;
import io.consentbridge.sandbox.campaigns.Backstage;
import io.consentbridge.sandbox.campaigns.CampaignsApi;
import io.consentbridge.sandbox.campaigns.Quotas;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.control.ControlApi;
import io.consentbridge.sandbox.control.Switch;
import io.consentbridge.sandbox.control.World;
import io.consentbridge.sandbox.crm.rest.Credits;
import io.consentbridge.sandbox.crm.rest.CrmApi;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.people.Population;
import io.consentbridge.sandbox.people.Records;
import io.consentbridge.sandbox.watch.CallBook;
import io.consentbridge.sandbox.watch.FaultBook;
import io.consentbridge.sandbox.watch.Violations;
import io.consentbridge.sandbox.web.WebServer;
import java.time.Clock;

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
        SandboxClock clock = new SandboxClock(Clock.systemUTC(), options.clockStart());
        Switch limits = new Switch(options.quotas());
        Records records = new Records(new Population(options.seed(), options.people(), clock.instant()));
        Tokens tokens = new Tokens(clock, limits);
        tokens.register(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN);
        Crm crm = new Crm(records::of, records.tombstones());
        Account account = new Account(clock);
        World world = new World(
                clock,
                limits,
                tokens,
                crm,
                new Credits(clock, limits),
                new Backstage(account),
                new Quotas(clock, limits),
                new CallBook(clock),
                new FaultBook(),
                new Violations(clock));
        Beginning.fill(world.campaigns(), records.known());
        CampaignsApi campaigns =
                new CampaignsApi(tokens, world.quotas(), account, clock, world.violations(), crm.optOuts()::contains);
        Gate gate = new Gate(world, new CrmApi(tokens, crm, clock, world.credits()), campaigns, new ControlApi(world));
        WebServer server = WebServer.start(options.port(), gate);
        gate.open(new AccountsApi(tokens, () -> "http://127.0.0.1:" + server.port()));
        return new Sandbox(server);
    }

    public int port() {
        return server.port();
    }

    /** Returns the base URL of accounts, CRM, Campaigns and control API alike. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.close();
    }
}
