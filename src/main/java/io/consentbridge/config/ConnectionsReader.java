package io.consentbridge.config;

import io.consentbridge.sync.Nearest;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.DataCentre;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code zoho.connections} and the settings of each connection. */
final class ConnectionsReader {

    private static final String MODULE = "[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)?";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

    private final TypedSettings settings;
    private final boolean credentials;
    private final Findings findings;

    /** @param credentials whether each connection must have its credential */
    ConnectionsReader(TypedSettings settings, boolean credentials, Findings findings) {
        this.settings = settings;
        this.credentials = credentials;
        this.findings = findings;
    }

    /** The given names, each once. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String name : settings.text(SettingNames.CONNECTIONS).split(",")) {
            String trimmed = name.strip();
            Place place = settings.placeOf(SettingNames.CONNECTIONS);
            if (names.contains(trimmed)) {
                findings.add(place, "the connection " + trimmed + " is named twice", "name it once");
            } else if (trimmed.matches(NAME)) {
                names.add(trimmed);
            } else {
                findings.add(
                        place,
                        SettingNames.CONNECTIONS + " is \"" + settings.text(SettingNames.CONNECTIONS) + "\"",
                        "write one or more names of letters, digits and dashes, separated by commas");
                return names;
            }
        }
        return names;
    }

    Map<String, Connection> read(List<String> names) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        for (String name : names) {
            int before = findings.size();
            Optional<DataCentre> centre = dataCentre(name);
            Connection connection = new Connection(
                    name,
                    url(name, "accounts-url", centre),
                    url(name, "crm-url", centre),
                    url(name, "campaigns-url", centre),
                    credential(name, "client-id"),
                    credential(name, "client-secret"),
                    credential(name, "refresh-token"),
                    zone(name),
                    without(name));
            if (findings.size() == before) {
                connections.put(name, connection);
            }
        }
        return connections;
    }

    private Optional<DataCentre> dataCentre(String name) {
        String key = key(name, "data-centre");
        String word = settings.text(key);
        Optional<DataCentre> centre = DataCentre.of(word);
        if (centre.isEmpty() && !word.isEmpty()) {
            settings.wrong(key, Nearest.oneOf(DataCentre.words()));
        }
        return centre;
    }

    private URI url(String name, String part, Optional<DataCentre> centre) {
        String key = key(name, part);
        String text = settings.text(key);
        if (text.isEmpty()) {
            String dataCentre = key(name, "data-centre");
            if (centre.isEmpty() && settings.text(dataCentre).isEmpty()) {
                missing(key, "add " + dataCentre + " = and one of " + String.join(" ", DataCentre.words()));
            }
            return centre.map(one -> switch (part) {
                        case "accounts-url" -> one.accountsUrl();
                        case "crm-url" -> one.crmUrl();
                        default -> one.campaignsUrl();
                    })
                    .orElse(null);
        }
        try {
            URI url = new URI(text.replaceFirst("/+$", ""));
            if (isUsable(url)) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Reported below, like a URL that must not be used.
        }
        settings.wrong(
                key,
                "write https:// and a host; plain http is allowed only to this machine (localhost,"
                        + " 127.0.0.1, [::1])");
        return null;
    }

    private static boolean isUsable(URI url) {
        String host = url.getHost();
        boolean plain = host != null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!plain || url.getRawUserInfo() != null) {
            return false;
        }
        return "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()) && loops(host);
    }

    private static boolean loops(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private String credential(String name, String part) {
        String key = key(name, part);
        if (!credentials) {
            return settings.textIfThere(key);
        }
        String text = settings.text(key);
        if (text.isEmpty() && !settings.isBroken(key)) {
            missing(key, "take it from Zoho's API console");
        }
        return text;
    }

    private ZoneId zone(String name) {
        String key = key(name, "time-zone");
        String text = settings.text(key);
        try {
            return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException noSuchZone) {
            settings.wrong(
                    key,
                    Nearest.to(text, ZoneId.getAvailableZoneIds())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("write a zone such as Europe/Berlin"));
            return ZoneOffset.UTC;
        }
    }

    private Set<String> without(String name) {
        String key = key(name, "without-modules");
        Set<String> without = new LinkedHashSet<>();
        for (String each : settings.text(key).split(",")) {
            String module = each.strip();
            if (module.equals("*") || module.matches(MODULE)) {
                without.add(module);
            } else if (!module.isEmpty()) {
                settings.wrong(
                        key,
                        "write API names of modules, or Module.Field, separated by commas, or * for every module"
                                + " except Leads, Contacts and those of syncs");
            }
        }
        return without;
    }

    private void missing(String key, String right) {
        findings.add(settings.placeOf(key), key + " is missing", right);
    }

    private static String key(String name, String part) {
        return "zoho." + name + "." + part;
    }
}
