package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.crm.CrmModules;
import io.consentbridge.crm.CrmScopes;
import io.consentbridge.sync.Selection;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;

/** Checks what the edition of a connection's CRM lacks. */
final class EditionCheck {

    private final CheckFindings findings;
    private final CrmModules modules;

    EditionCheck(CheckFindings findings, CrmModules modules) {
        this.findings = findings;
        this.modules = modules;
    }

    /** A feature that no edition includes shows when Zoho refuses it; the edition alone is no problem (B22). */
    void of(Configuration now, Connection connection) {
        if (now.syncs().values().stream().noneMatch(sync -> sync.connection().equals(connection.name()))) {
            return;
        }
        String subject = "connection " + connection.name() + ": the CRM's edition is ";
        try {
            CrmModules.Edition edition = modules.edition(connection);
            findings.checked(subject + edition.text());
            if (edition.free()) {
                now.syncs().values().stream()
                        .filter(sync -> sync.connection().equals(connection.name()))
                        .filter(sync -> sync.selection().scope() instanceof Selection.Criteria)
                        .forEach(sync -> findings.checked("sync " + sync.name()
                                + ": Zoho offers criteria with paid editions of both CRM and Campaigns. If Zoho"
                                + " refuses the query, the run fails with that message and removes nobody"));
            }
        } catch (ZohoFault.Rejected refused) {
            findings.checked(subject
                    + (refused.unscoped().isPresent()
                            ? "not known. The scope " + CrmScopes.ORGANISATION + " allows reading it"
                            : "not known: " + refused.getMessage()));
        }
    }
}
