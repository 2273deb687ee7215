package io.consentbridge.confirmation.page;

import java.net.URI;
import java.util.Optional;

/**
 * How the public page is reached, and what it keeps.
 *
 * @param host the host name or address on which it listens
 * @param port the port; 0 takes any free one
 * @param url where people reach it, without a slash at the end; it may have a path
 * @param trustedHeader the header in which a reverse proxy tells the address of the person's program; empty for none
 * @param perMinute how many requests one address may send within a minute
 * @param kept how much of that address becomes evidence
 */
public record PageSettings(
        String host, int port, String url, Optional<String> trustedHeader, int perMinute, KeptAddress kept) {

    /** Returns the path of the URL, without a slash at the end; empty when it has none. */
    String path() {
        String path = URI.create(url).getPath();
        return path == null ? "" : path.replaceAll("/+$", "");
    }

    /** Returns the same settings with another port and URL. */
    public PageSettings at(int otherPort, String otherUrl) {
        return new PageSettings(host, otherPort, otherUrl, trustedHeader, perMinute, kept);
    }
}
