package io.consentbridge.config;

import java.net.URI;
import java.util.Optional;

/**
 * How the public page is reached, and what it keeps; settings {@code public.*}.
 *
 * @param host the host name or address on which it listens
 * @param port the port; 0 takes any free one
 * @param url where people reach it, without a slash at the end; it may have a path; empty when it is not set
 * @param trustedHeader the header in which a reverse proxy tells the address of the person's program; empty for none
 * @param perMinute how many requests one address may send within a minute
 * @param kept how much of that address becomes evidence; setting {@code confirmation.ip}
 */
public record PageSettings(
        String host, int port, String url, Optional<String> trustedHeader, int perMinute, KeptAddress kept) {

    /** How much of a person's network address becomes evidence. */
    public enum KeptAddress {
        /** Nothing. */
        NONE,
        /** The network: 24 bits of IPv4, 48 bits of IPv6. */
        TRUNCATED,
        /** All of it. */
        FULL
    }

    /** Returns the path of the URL, without a slash at the end; empty when it has none. */
    public String path() {
        String path = URI.create(url).getPath();
        return path == null ? "" : path.replaceAll("/+$", "");
    }
}
