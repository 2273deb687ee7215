package io.consentbridge.confirmation.page;

/** How much of a person's network address becomes evidence; setting {@code confirmation.ip}. */
public enum KeptAddress {
    /** Nothing. */
    NONE,
    /** The network: 24 bits of IPv4, 48 bits of IPv6. */
    TRUNCATED,
    /** All of it. */
    FULL;

    String of(ClientAddress client) {
        return switch (this) {
            case NONE -> "";
            case TRUNCATED -> client.truncated();
            case FULL -> client.full();
        };
    }
}
