package io.consentbridge.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Zoho's data centres with their hosts (docs/zoho-notes.md, "Accounts: hosts"). */
enum DataCentre {
    US("accounts.zoho.com", "www.zohoapis.com", "campaigns.zoho.com"),
    EU("accounts.zoho.eu", "www.zohoapis.eu", "campaigns.zoho.eu"),
    IN("accounts.zoho.in", "www.zohoapis.in", "campaigns.zoho.in"),
    AU("accounts.zoho.com.au", "www.zohoapis.com.au", "campaigns.zoho.com.au"),
    JP("accounts.zoho.jp", "www.zohoapis.jp", "campaigns.zoho.jp"),
    // Only the CRM answers on a zohoapis host there; campaigns.zoho.ca does not exist.
    CA("accounts.zohocloud.ca", "www.zohoapis.ca", "campaigns.zohocloud.ca"),
    CN("accounts.zoho.com.cn", "www.zohoapis.com.cn", "campaigns.zoho.com.cn"),
    SA("accounts.zoho.sa", "www.zohoapis.sa", "campaigns.zoho.sa");

    private final String accounts;
    private final String crm;
    private final String campaigns;

    DataCentre(String accounts, String crm, String campaigns) {
        this.accounts = accounts;
        this.crm = crm;
        this.campaigns = campaigns;
    }

    /** The base URL that a setting such as {@code crm-url} has there. */
    String url(String part) {
        return "https://"
                + switch (part) {
                    case "accounts-url" -> accounts;
                    case "crm-url" -> crm;
                    default -> campaigns;
                };
    }

    static Optional<DataCentre> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(DataCentre::word).toList();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
