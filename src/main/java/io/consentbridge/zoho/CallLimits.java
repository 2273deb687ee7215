package io.consentbridge.zoho;

import java.time.Duration;

/**
 * The limits of one call to Zoho, whatever the other side sends, and the network that it uses.
 *
 * @param deadline time from the first byte sent to the last one received; a reply that never pauses for long but never ends
 *     is given up then
 * @param replyBytes the largest reply that is read, in bytes, both before and after unpacking
 * @param network the proxy and the certificates
 */
public record CallLimits(Duration deadline, long replyBytes, Network network) {

    /** The defaults. */
    public static final CallLimits USUAL = new CallLimits(Duration.ofSeconds(60), megabytes(64));

    /** Without a proxy, with the certificates that Java trusts. */
    public CallLimits(Duration deadline, long replyBytes) {
        this(deadline, replyBytes, Network.DIRECT);
    }

    /** A number of megabytes in bytes. */
    public static long megabytes(long count) {
        return count * 1024 * 1024;
    }

    /** The deadline in words, for messages. */
    String deadlineText() {
        return deadline.toMillis() % 1000 == 0 ? deadline.toSeconds() + " s" : deadline.toMillis() + " ms";
    }

    /** The largest reply in words, for messages. */
    String replyText() {
        long kilobytes = replyBytes / 1024;
        if (replyBytes % 1024 != 0) {
            return replyBytes + " bytes";
        }
        return kilobytes % 1024 == 0 ? kilobytes / 1024 + " MB" : kilobytes + " KB";
    }
}
