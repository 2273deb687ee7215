package io.consentbridge.runtime;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Scopes;
import io.consentbridge.zoho.ZohoFault;
import java.util.List;
import java.util.Set;

/**
 * Collects how one connection answers while it is checked: a refusal by Zoho is a finding, and the rest is checked
 * nevertheless.
 */
final class ConnectionAnswers {

    private final Connection connection;
    private final CheckFindings findings;
    private final ProblemLocator places;
    private String scopesTold = "";

    ConnectionAnswers(Connection connection, CheckFindings findings, ProblemLocator places) {
        this.connection = connection;
        this.findings = findings;
        this.places = places;
    }

    Connection connection() {
        return connection;
    }

    CheckFindings findings() {
        return findings;
    }

    ProblemLocator places() {
        return places;
    }

    /** Records that these scopes have already been reported as missing. */
    void toldScopes(List<String> missing) {
        scopesTold = String.join("\n", missing);
    }

    /** Adds the line if the check finds nothing wrong. */
    void looked(String what, Runnable look) {
        findings.looked(what, () -> attempt(look));
    }

    /** @throws ZohoFault.Transient when Zoho does not answer at all */
    void attempt(Runnable look) {
        try {
            look.run();
        } catch (ZohoFault.Transient away) {
            throw away;
        } catch (ZohoFault.Rejected refused) {
            if (refused.unscoped().isPresent()) {
                unscoped(refused);
            } else {
                findings.silent(
                        places.inSettings("zoho." + connection.name(), refused.getMessage(), "try again later"));
            }
        } catch (ZohoFault fault) {
            findings.silent(places.inSettings("zoho." + connection.name(), fault.getMessage(), "try again later"));
        }
    }

    /** Leaves out a refusal whose cause, a missing scope, has already been reported with what needs it. */
    private void unscoped(ZohoFault.Rejected refused) {
        Set<String> lacking = Scopes.namedIn(refused.getMessage());
        if (lacking.isEmpty() ? scopesTold.isEmpty() : lacking.stream().noneMatch(scopesTold::contains)) {
            findings.wrong(places.inSettings(
                    "zoho." + connection.name() + ".refresh-token",
                    refused.getMessage(),
                    "make a new refresh token with the scopes listed in README.md"));
        }
    }
}
