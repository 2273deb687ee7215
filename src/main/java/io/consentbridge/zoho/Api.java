package io.consentbridge.zoho;

/** The three Zoho servers that are called; calls are counted by them. */
public enum Api {
    /** The accounts server, which issues access tokens. */
    ACCOUNTS("accounts"),
    CRM("crm"),
    CAMPAIGNS("campaigns");

    private final String word;

    Api(String word) {
        this.word = word;
    }

    /** The word used in counters and metrics. */
    public String word() {
        return word;
    }
}
