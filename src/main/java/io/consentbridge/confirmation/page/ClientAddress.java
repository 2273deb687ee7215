package io.consentbridge.confirmation.page;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The network address of a person's program. Behind a reverse proxy it comes from a header, which is believed only when the
 * settings name it, because everybody can send any header.
 */
record ClientAddress(InetAddress address) {

    // Neither has a letter beyond f, so Java never asks a name server.
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int BITS_OF_IPV4 = 24;
    private static final int BITS_OF_IPV6 = 48;
    private static final int BITS_OF_A_NETWORK = 64;

    /**
     * Returns the address of the program that sent a request.
     *
     * @param peer from where the connection comes
     * @param header the value of the trusted header, of which the last entry is the proxy's own; null or blank for none
     */
    static ClientAddress of(String peer, String header) {
        String last = header == null ? "" : header.substring(header.lastIndexOf(',') + 1);
        return literal(last)
                .or(() -> literal(peer))
                .map(ClientAddress::new)
                .orElseGet(() -> new ClientAddress(InetAddress.getLoopbackAddress()));
    }

    /** Returns the whole address. */
    String full() {
        return address.getHostAddress();
    }

    /** Returns the network of the address: 24 bits of IPv4, 48 bits of IPv6. */
    String truncated() {
        return address instanceof Inet4Address
                ? first(BITS_OF_IPV4) + "/" + BITS_OF_IPV4
                : first(BITS_OF_IPV6) + "/" + BITS_OF_IPV6;
    }

    /** Returns the key by which requests are counted: one household has 64 bits of IPv6. */
    String counted() {
        return address instanceof Inet4Address ? full() : first(BITS_OF_A_NETWORK);
    }

    private String first(int bits) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bits / Byte.SIZE, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of a wrong length", impossible);
        }
    }

    private static Optional<InetAddress> literal(String text) {
        String bare = text == null ? "" : text.strip().replaceAll("^\\[|](:\\d+)?$|%.*$|(?<=\\.\\d{1,3}):\\d+$", "");
        if (!LITERAL.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }
}
