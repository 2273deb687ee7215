package io.consentbridge.sandbox.accounts;

/** What the notes on Zoho accounts could not settle. */
final class UncertainAccounts {

    /** "Access Denied": Zoho's own article says 200, newer live reports say 400 (CRM notes, 1.3). */
    static final int TOO_MANY_STATUS = 400;

    /** How Campaigns refuses a call for want of a scope is documented nowhere (Campaigns notes, 1.4). */
    static final boolean CAMPAIGNS_NAMES_THE_SCOPE = false;

    private UncertainAccounts() {}
}
