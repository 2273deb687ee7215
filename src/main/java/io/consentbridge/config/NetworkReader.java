package io.consentbridge.config;

import io.consentbridge.zoho.Network;
import io.consentbridge.zoho.TrustStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Reads the network settings: the proxy, and the certificates that are trusted besides those that Java trusts. */
final class NetworkReader {

    private static final String PROXY = "calls.proxy";
    private static final String TRUST_STORE = "calls.trust-store";
    private static final Pattern ADDRESS = Pattern.compile("(?:http://)?([\\w.-]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})/?");
    private static final int LAST_PORT = 65535;

    private final TypedSettings settings;
    private final Home home;

    NetworkReader(TypedSettings settings, Home home) {
        this.settings = settings;
        this.home = home;
    }

    Network read() {
        Network read = new Network(proxy(), trust());
        return read.equals(Network.DIRECT) ? Network.DIRECT : read;
    }

    private Optional<InetSocketAddress> proxy() {
        String text = settings.text(PROXY);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || Integer.parseInt(address.group(2)) > LAST_PORT) {
            settings.wrong(
                    PROXY, "write host and port, such as http://proxy.example.com:3128, without user or password");
            return Optional.empty();
        }
        return Optional.of(InetSocketAddress.createUnresolved(address.group(1), Integer.parseInt(address.group(2))));
    }

    private Optional<SSLContext> trust() {
        String text = settings.text(TRUST_STORE);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TrustStore.of(home.resolve(text)));
        } catch (IOException unusable) {
            settings.wrong(
                    TRUST_STORE, "name a file with one or more certificates in PEM (-----BEGIN CERTIFICATE-----)");
            return Optional.empty();
        }
    }
}
