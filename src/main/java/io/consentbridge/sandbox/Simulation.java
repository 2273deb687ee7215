package io.consentbridge.sandbox;

import io.consentbridge.sandbox.accounts.AccountsApi;
import io.consentbridge.sandbox.accounts.Tokens;
import io.consentbridge.sandbox.campaigns.Account;
import io.consentbridge.sandbox.campaigns.Backstage;
import io.consentbridge.sandbox.campaigns.CampaignsApi;
import io.consentbridge.sandbox.campaigns.MailingScreen;
import io.consentbridge.sandbox.campaigns.Mailings;
import io.consentbridge.sandbox.campaigns.Quotas;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.control.ControlApi;
import io.consentbridge.sandbox.control.Switch;
import io.consentbridge.sandbox.control.World;
import io.consentbridge.sandbox.crm.rest.Credits;
import io.consentbridge.sandbox.crm.rest.CrmApi;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.mail.MailServer;
import io.consentbridge.sandbox.people.Population;
import io.consentbridge.sandbox.people.Records;
import io.consentbridge.sandbox.watch.CallBook;
import io.consentbridge.sandbox.watch.FaultBook;
import io.consentbridge.sandbox.watch.Violations;
import io.consentbridge.sandbox.web.Api;
import java.time.Clock;
import java.util.function.Supplier;

/** The simulated Zoho from its beginning on: its contents, and the APIs over them. */
record Simulation(World world, Api accounts, Api crm, Api campaigns, Api control) {

    /**
     * Begins a simulation. The same options give the same contents.
     *
     * @param baseUrl where the APIs are reached; asked for with each token
     * @param mail the mail servers, which stay when a simulation ends
     * @param restart begins another simulation in the place of this one
     */
    static Simulation begin(SandboxOptions options, Supplier<String> baseUrl, MailServer mail, Runnable restart) {
        SandboxClock clock = new SandboxClock(Clock.systemUTC(), options.clockStart());
        Switch limits = new Switch(options.quotas());
        Records records = new Records(new Population(options.seed(), options.people(), clock.instant()));
        Tokens tokens = new Tokens(clock, limits);
        tokens.register(Sandbox.CLIENT_ID, Sandbox.CLIENT_SECRET, Sandbox.REFRESH_TOKEN);
        Crm crm = new Crm(records::of, records.tombstones());
        Account account = new Account(clock);
        Violations violations = new Violations(clock);
        Mailings mailings = new Mailings(account, clock, violations, crm.optOuts()::contains);
        World world = new World(
                clock,
                limits,
                tokens,
                crm,
                new Credits(clock, limits),
                new Backstage(account),
                new MailingScreen(mailings),
                new Quotas(clock, limits),
                new CallBook(clock),
                new FaultBook(),
                violations,
                mail);
        Beginning.fill(world.campaigns(), world.mailings(), records.known());
        CampaignsApi campaigns =
                new CampaignsApi(tokens, world.quotas(), account, clock, violations, crm.optOuts()::contains, mailings);
        return new Simulation(
                world,
                new AccountsApi(tokens, baseUrl),
                new CrmApi(tokens, crm, clock, world.credits()),
                campaigns,
                new ControlApi(world, restart));
    }

    /** Returns the API of Zoho that answers calls of a path. */
    Api api(String path) {
        if (path.startsWith("/crm/")) {
            return crm;
        }
        return path.startsWith("/oauth/") ? accounts : campaigns;
    }
}
