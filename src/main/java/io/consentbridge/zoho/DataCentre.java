package io.consentbridge.zoho;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A Zoho data centre: the base URLs of its three servers (docs/zoho-notes.md, "Accounts: hosts"). */
public enum DataCentre {
    US("zoho.com", "com"),
    EU("zoho.eu", "eu"),
    IN("zoho.in", "in"),
    AU("zoho.com.au", "com.au"),
    JP("zoho.jp", "jp"),
    /** Only the CRM answers on a zohoapis host there; campaigns.zoho.ca does not exist. */
    CA("zohocloud.ca", "ca"),
    CN("zoho.com.cn", "com.cn"),
    SA("zoho.sa", "sa");

    private static final Set<String> API_HOSTS =
            Arrays.stream(values()).map(dc -> dc.crmUrl().getHost()).collect(Collectors.toUnmodifiableSet());

    private final String domain;
    private final String apiSuffix;

    DataCentre(String domain, String apiSuffix) {
        this.domain = domain;
        this.apiSuffix = apiSuffix;
    }

    /** The data centre named by a word such as {@code eu}; empty if there is none. */
    public static Optional<DataCentre> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** The words for all data centres. */
    public static List<String> words() {
        return Arrays.stream(values()).map(DataCentre::word).toList();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Base of {@code /oauth/v2/token}. */
    public URI accountsUrl() {
        return URI.create("https://accounts." + domain);
    }

    /** Base of {@code /crm/v8/...}. */
    public URI crmUrl() {
        return URI.create("https://www.zohoapis." + apiSuffix);
    }

    /** Base of {@code /api/v1.1/...}. */
    public URI campaignsUrl() {
        return URI.create("https://campaigns." + domain);
    }

    /** Whether an access token may be sent to that address: https, and the API host of a data centre. */
    static boolean isApiHost(URI address) {
        return "https".equals(address.getScheme())
                && address.getHost() != null
                && API_HOSTS.contains(address.getHost())
                && address.getPort() == -1
                && address.getUserInfo() == null;
    }
}
