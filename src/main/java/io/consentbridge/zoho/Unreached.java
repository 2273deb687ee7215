package io.consentbridge.zoho;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;

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

    /** Whether no connection was made, so that nothing of the call can have arrived. */
    static boolean nothingSent(Throwable cause) {
        return isRefused(cause) || has(cause, ConnectTimeoutException.class) || has(cause, SSLHandshakeException.class);
    }

    private static boolean isRefused(Throwable cause) {
        return has(cause, ConnectException.class) || has(cause, UnknownHostException.class);
    }

    /** Whether a call ended at a certificate, which is as wrong a few seconds later. */
    static boolean byCertificate(String host, Throwable cause) {
        return certificate(host, cause).isPresent();
    }

    private static Optional<String> certificate(String host, Throwable cause) {
        if (has(cause, CertificateExpiredException.class) || has(cause, CertificateNotYetValidException.class)) {
            return Optional.of("the certificate of " + host
                    + " is not valid at this time, so nothing was sent. Check the clock of this machine, and"
                    + " whose certificate it is");
        }
        if (has(cause, CertPathBuilderException.class)) {
            return Optional.of("the certificate of " + host
                    + " is not signed by an authority that this machine trusts, so nothing was sent. If a proxy"
                    + " of your organisation inspects such connections, set calls.trust-store to the file"
                    + " with its certificate authority");
        }
        boolean named = causes(cause)
                .filter(SSLException.class::isInstance)
                .map(one -> String.valueOf(one.getMessage()))
                .anyMatch(message -> message.contains("subject alternative") || message.contains("No name matching"));
        return named
                ? Optional.of("the certificate belongs to another host than " + host
                        + ", so nothing was sent. Check the address in the settings, and any proxy in between")
                : Optional.empty();
    }

    private static String wayOut(Network network, String host, Throwable cause) {
        if (!isRefused(cause)) {
            return "";
        }
        if (network.proxyTo(host).isPresent()) {
            return ". Check that calls.proxy is right and that the proxy runs";
        }
        return network.proxy().isPresent()
                ? ". It is on this machine and is called without the proxy. Check that it runs"
                : ". Check that this machine can reach it. If it needs a proxy, set calls.proxy";
    }

    private static boolean has(Throwable cause, Class<? extends Throwable> kind) {
        return causes(cause).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable first) {
        return Stream.iterate(first, one -> one != null, Throwable::getCause).limit(20);
    }
}
