package io.consentbridge.sandbox.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the credential may do (docs/zoho-notes.md, "CRM: scopes"; docs/zoho-notes.md, "Campaigns: scopes"), whether the
 * token reply says so, and how Campaigns refuses what it may not. Safe for use by several threads.
 */
public final class Scopes {

    private static final String EVERYTHING =
            "ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCRM.bulk.ALL"
                    + " ZohoCRM.users.READ ZohoCRM.org.READ ZohoCampaigns.contact.ALL";

    private volatile String granted = EVERYTHING;
    private volatile boolean told = true;
    private volatile boolean named = UncertainAccounts.CAMPAIGNS_NAMES_THE_SCOPE;

    /** What the credential may do from now on, separated by blanks or commas; null for everything. */
    public void grant(String scopes) {
        granted = scopes == null ? EVERYTHING : scopes;
    }

    /** Whether the token reply says it; it does not always (docs/zoho-notes.md, "Accounts: token endpoint"). */
    public void tell(boolean tells) {
        told = tells;
    }

    /** Whether Campaigns refuses with the name of the mistake, or as it refuses a token that is not valid. */
    public void name(boolean names) {
        named = names;
    }

    boolean told() {
        return told;
    }

    String granted() {
        return granted;
    }

    /** Whether Campaigns names the mistake. */
    public boolean named() {
        return named;
    }

    /** Whether a call that needs the scope is allowed, by it or by one that holds it. */
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
