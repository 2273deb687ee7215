package io.consentbridge.run;

/** Calls made to Zoho for a run. */
public record Calls(long accounts, long crm, long campaigns) {

    /** No calls. */
    public static final Calls NONE = new Calls(0, 0, 0);

    /** Both together. */
    public Calls plus(Calls more) {
        return new Calls(accounts + more.accounts, crm + more.crm, campaigns + more.campaigns);
    }
}
