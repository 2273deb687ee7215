package io.consentbridge.sandbox.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scopes of the credential (docs/zoho-notes.md, "CRM: scopes"; docs/zoho-notes.md, "Campaigns: scopes"), whether the
 * token reply names them, and how Campaigns refuses a call for want of one. Safe for use by several threads.
 */
public final class Scopes {

    private static final String EVERYTHING =
            "ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCRM.bulk.ALL"
                    + " ZohoCRM.users.READ ZohoCRM.org.READ ZohoCampaigns.contact.ALL ZohoCampaigns.workflow.CREATE"
                    + " ZohoCampaigns.campaign.ALL";

    private volatile String granted = EVERYTHING;
    private volatile boolean told = true;
    private volatile boolean named = UncertainAccounts.CAMPAIGNS_NAMES_THE_SCOPE;

    /** Sets the scopes of the credential, separated by blanks or commas; null for every scope. */
    public void grant(String scopes) {
        granted = scopes == null ? EVERYTHING : scopes;
    }

    /**
     * Sets whether the token reply names the scopes; it does not always (docs/zoho-notes.md, "Accounts: token endpoint").
     */
    public void tell(boolean tells) {
        told = tells;
    }

    /** Sets whether Campaigns names the missing scope when it refuses, or refuses as it does for an invalid token. */
    public void name(boolean names) {
        named = names;
    }

    boolean told() {
        return told;
    }

    String granted() {
        return granted;
    }

    /** Returns whether Campaigns names the missing scope. */
    public boolean named() {
        return named;
    }

    /** Returns whether a call that needs the scope is allowed, by that scope or by one that includes it. */
    public boolean permit(String scope) {
        Set<String> has =
                Arrays.stream(granted.toLowerCase(Locale.ROOT).split("[\\s,]+")).collect(Collectors.toSet());
        String[] parts = scope.toLowerCase(Locale.ROOT).split("\\.");
        String operation = parts[parts.length - 1];
        StringBuilder group = new StringBuilder(parts[0]);
        boolean permitted = false;
        for (int i = 1; i < parts.length - 1; i++) {
            group.append('.').append(parts[i]);
            permitted |= has.contains(group + "." + operation) || has.contains(group + ".all");
        }
        return permitted;
    }
}
