package io.consentbridge.zoho;

import java.time.Duration;

/**
 * What one call to Zoho may cost at most, whatever the other side sends, and how it gets there.
 *
 * @param deadline from the first byte sent to the last one received; a reply that never pauses for long, but never ends
 *     either, is given up then
 * @param replyBytes the largest reply that is read, before it is unpacked and after
 * @param network the way that it takes
 */
public record CallLimits(Duration deadline, long replyBytes, Network network) {

    /** Where nothing else is set. */
    public static final CallLimits USUAL = new CallLimits(Duration.ofSeconds(60), megabytes(64));

    /** Without a proxy, with the certificates that Java trusts. */
    public CallLimits(Duration deadline, long replyBytes) {
        this(deadline, replyBytes, Network.DIRECT);
    }

    /** So many megabytes in bytes. */
    public static long megabytes(long count) {
        return count * 1024 * 1024;
    }

    /** The deadline as a message says it. */
    String deadlineText() {
        return deadline.toMillis() % 1000 == 0 ? deadline.toSeconds() + " s" : deadline.toMillis() + " ms";
    }

    /** The largest reply as a message says it. */
    String replyText() {
        long kilobytes = replyBytes / 1024;
        if (replyBytes % 1024 != 0) {
            return replyBytes + " bytes";
        }
        return kilobytes % 1024 == 0 ? kilobytes / 1024 + " MB" : kilobytes + " KB";
    }
}
