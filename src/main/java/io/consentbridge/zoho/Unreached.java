package io.consentbridge.zoho;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Explains a failed connection in words: what happened, at which host, and what to do. */
final class Unreached {

    private Unreached() {}

    /**
     * @param host the host that was called
     * @param what the server or method, for a call that brought no reply
     */
    static String text(String connection, String what, String host, Network network, Throwable cause) {
        return connection + ": "
                + certificate(host, cause)
                        .orElseGet(() -> "no reply from " + what + network.through(host) + " ("
                                + cause.getClass().getSimpleName() + ")" + wayOut(network, host, cause));
    }

    private static Optional<String> certificate(String host, Throwable cause) {
        if (has(cause, CertificateExpiredException.class) || has(cause, CertificateNotYetValidException.class)) {
            return Optional.of("the certificate of " + host
                    + " is not valid at this time, so nothing was sent; see that the clock of this machine is right, and whose"
                    + " certificate it is");
        }
        if (has(cause, CertPathBuilderException.class)) {
            return Optional.of("the certificate of " + host
                    + " is not trusted, because nobody whom this machine trusts has signed it, so nothing was sent; where a"
                    + " proxy of your organisation inspects such connections, name the file with its certificate authority"
                    + " in calls.trust-store");
        }
        boolean named = causes(cause)
                .filter(SSLException.class::isInstance)
                .map(one -> String.valueOf(one.getMessage()))
                .anyMatch(message -> message.contains("subject alternative") || message.contains("No name matching"));
        return named
                ? Optional.of("the certificate is of another host than " + host
                        + ", so nothing was sent; check the address in the settings, and what stands between")
                : Optional.empty();
    }

    private static String wayOut(Network network, String host, Throwable cause) {
        boolean refused = has(cause, ConnectException.class) || has(cause, UnknownHostException.class);
        if (!refused) {
            return "";
        }
        if (network.proxyTo(host).isPresent()) {
            return "; see that calls.proxy is right and the proxy runs";
        }
        return network.proxy().isPresent()
                ? "; it is on this machine and is called without the proxy: see that it runs"
                : "; see that this machine reaches it; where it does so by a proxy only, name that in calls.proxy";
    }

    private static boolean has(Throwable cause, Class<? extends Throwable> kind) {
        return causes(cause).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, one -> one != null, Throwable::getCause).limit(20);
    }
}
