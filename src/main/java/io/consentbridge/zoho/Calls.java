package io.consentbridge.zoho;

/** The number of HTTP calls by API; a call that was repeated counts each time it was sent. */
public record Calls(long accounts, long crm, long campaigns) {

    /** No call at all. */
    public static final Calls NONE = new Calls(0, 0, 0);

    /** These calls and those of {@code other}. */
    public Calls plus(Calls other) {
        return new Calls(accounts + other.accounts, crm + other.crm, campaigns + other.campaigns);
    }
}
