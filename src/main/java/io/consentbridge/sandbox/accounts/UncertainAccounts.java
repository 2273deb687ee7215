package io.consentbridge.sandbox.accounts;

/** What Zoho's documents on accounts leave open (docs/zoho-notes.md). */
final class UncertainAccounts {

    /**
     * "Access Denied": Zoho's own article says 200, newer live reports say 400 (docs/zoho-notes.md, "Accounts: token
     * errors").
     */
    static final int TOO_MANY_STATUS = 400;

    /** How Campaigns refuses a call for want of a scope is documented nowhere (docs/zoho-notes.md, "Campaigns: scopes"). */
    static final boolean CAMPAIGNS_NAMES_THE_SCOPE = false;

    private UncertainAccounts() {}
}
