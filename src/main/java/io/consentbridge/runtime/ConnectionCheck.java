package io.consentbridge.runtime;

import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Purpose;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.util.HashSet;
import java.util.Set;

/** Checks one connection: its credential, the credential's scopes, and what the files name at Zoho. */
final class ConnectionCheck {

    private final CheckFindings findings;
    private final ProblemLocator places;
    private final Configuration inForce;
    private final Components components;
    private final CredentialScopes scopes;

    /** @param inForce the configuration that the runtime uses; connections that it lacks cannot be checked */
    ConnectionCheck(
            CheckFindings findings,
            ProblemLocator places,
            Configuration inForce,
            Components components,
            CredentialScopes scopes) {
        this.findings = findings;
        this.places = places;
        this.inForce = inForce;
        this.components = components;
        this.scopes = scopes;
    }

    void of(Configuration now, Connection connection) {
        if (!inForce.settings().connections().containsKey(connection.name())) {
            findings.wrong(places.inSettings(
                    "zoho.connections",
                    ProblemLocator.addedSince(connection.name()) + ", so it cannot be checked",
                    "restart the runtime"));
            return;
        }
        try {
            components.access().tokens().token(connection, null);
        } catch (ZohoFault.Credential refused) {
            findings.wrong(places.inSettings(
                    "zoho." + connection.name() + ".refresh-token",
                    refused.getMessage(),
                    "use a valid refresh token of this client and data centre"));
            return;
        } catch (ZohoFault fault) {
            findings.silent(places.inSettings(
                    "zoho." + connection.name(), fault.getMessage(), "check that the accounts server can be reached"));
            return;
        }
        findings.checked("connection " + connection.name() + ": the credential is accepted");
        RefusalsCheck refusals =
                new RefusalsCheck(findings, places, components.polling().people());
        ConnectionAnswers answers = new ConnectionAnswers(connection, findings, places);
        try {
            answers.attempt(() -> scopes(now, answers));
            new EditionCheck(findings, components.crm().modules()).of(now, connection);
            answers.looked(
                    "connection " + connection.name() + ": every module in which people refuse mail",
                    () -> refusals.of(connection));
            files(now, answers);
        } catch (ZohoFault.Transient fault) {
            // A service that does not answer one question answers no other, and each question would use up all its
            // retries.
            findings.silent(places.inSettings("zoho." + connection.name(), fault.getMessage(), "try again later"));
        }
    }

    private void scopes(Configuration now, ConnectionAnswers answers) {
        Connection connection = answers.connection();
        ScopeCheck check = scopes.check(now, connection);
        if (!check.isNeeded()) {
            return;
        }
        ScopeCheck.Result found = check.look();
        if (found.told() && !found.missing().isEmpty()) {
            answers.toldScopes(found.missing());
        }
        found.missing()
                .forEach(missing -> findings.wrong(places.inSettings(
                        "zoho." + connection.name() + ".refresh-token",
                        missing,
                        found.told()
                                ? "make a new refresh token with every scope that the files need"
                                : "make a new refresh token with the scopes listed in README.md")));
        if (found.missing().isEmpty()) {
            findings.checked("connection " + connection.name() + ": the credential has every scope that the files need"
                    + (found.told()
                            ? ""
                            : " for reading. Zoho does not list its scopes, so a missing scope for writing shows"
                                    + " with the first call that writes"));
        }
    }

    private void files(Configuration now, ConnectionAnswers answers) {
        Connection connection = answers.connection();
        ListCheck lists = new ListCheck(answers, components.audience());
        PartsCheck parts = new PartsCheck(answers, components.lifecycle().source(), lists);
        PurposeCheck purposeCheck =
                new PurposeCheck(answers, components.campaigns().topics(), components.listTrials());
        ModuleCheck modules = modules(answers);
        Set<String> purposes = new HashSet<>();
        Set<String> listed = new HashSet<>();
        ListDirectory there = components.campaigns().lists().directory(connection, null);
        for (Sync sync : now.syncs().values()) {
            if (sync.connection().equals(connection.name())) {
                Purpose purpose = now.purposes().get(sync.purpose());
                answers.looked(
                        "sync " + sync.name() + ": module " + sync.module() + " and its fields",
                        () -> modules.of(sync, purpose));
                if (!ProofCheck.written(purpose).isEmpty()) {
                    answers.attempt(() -> new ProofCheck(findings, places)
                            .of(sync, purpose, components.crm().fields().of(connection, null, sync.module())));
                }
                // A sync with parts delivers to the lists of its parts, and not to that of the purpose.
                if (sync.hasParts()) {
                    answers.attempt(() -> parts.of(sync, purpose, there));
                }
                boolean list = !sync.hasParts() && listed.add(purpose.name());
                if (purposes.add(purpose.name()) || list) {
                    answers.looked("purpose " + purpose.name() + ": lists and topics", () -> {
                        if (list) {
                            answers.attempt(() -> lists.of(purpose, there, ""));
                        }
                        answers.attempt(() -> purposeCheck.confirmation(purpose, there));
                        answers.attempt(() -> purposeCheck.topics(purpose));
                    });
                }
            }
        }
    }

    private ModuleCheck modules(ConnectionAnswers answers) {
        Components.Crm crm = components.crm();
        return new ModuleCheck(
                answers,
                crm,
                new MappingCheck(answers, crm.fields(), components.campaigns().fields()),
                new SelectionCheck(answers, components.polling().selections(), crm.views()));
    }
}
