package io.consentbridge.sandbox.control;

import io.consentbridge.sandbox.accounts.Tokens;
import io.consentbridge.sandbox.campaigns.Backstage;
import io.consentbridge.sandbox.campaigns.MailingScreen;
import io.consentbridge.sandbox.campaigns.Quotas;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.crm.rest.Credits;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.mail.MailServer;
import io.consentbridge.sandbox.watch.CallBook;
import io.consentbridge.sandbox.watch.FaultBook;
import io.consentbridge.sandbox.watch.Violations;

/** Everything that the control API reaches. */
public record World(
        SandboxClock clock,
        Switch limits,
        Tokens tokens,
        Crm crm,
        Credits credits,
        Backstage campaigns,
        MailingScreen mailings,
        Quotas quotas,
        CallBook calls,
        FaultBook faults,
        Violations violations,
        MailServer mail) {}
