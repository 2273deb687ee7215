package io.consentbridge.config;

import java.time.Duration;

/**
 * The mailbox to which reports of undeliverable mail go; settings {@code mail.bounces.*}.
 *
 * @param protocol {@code imap}, {@code imaps}, {@code pop3} or {@code pop3s}
 * @param host empty when no mailbox is read
 * @param folder the folder that is read; POP3 has only {@code INBOX}
 * @param every the pause between two looks
 */
public record BounceSettings(
        String protocol, String host, int port, String user, String password, String folder, Duration every) {

    /** Returns whether a mailbox is read. */
    public boolean given() {
        return !host.isEmpty();
    }

    /** Shows no credential. */
    @Override
    public String toString() {
        return protocol + "://" + host + ":" + port;
    }
}
