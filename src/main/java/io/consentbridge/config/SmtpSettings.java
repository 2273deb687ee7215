package io.consentbridge.config;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The SMTP server that takes the mails that ask for consent, and those with checkpoints of the ledger; settings {@code mail.smtp.*}.
 *
 * @param host empty when none is configured
 * @param user empty for a server that wants no credential
 * @param password empty for a server that wants no credential
 * @param returnTo the address to which reports of undeliverable mail go; empty for the sender of the mail
 * @param trust which certificates are trusted beside those that Java trusts; empty for no others
 */
public record SmtpSettings(
        String host, int port, String user, String password, Tls tls, String returnTo, Optional<SSLContext> trust) {

    /** How the connection is protected. */
    public enum Tls {
        /** Plain at first, then encrypted; a server that cannot do so gets no mail. */
        STARTTLS,
        /** Encrypted from the beginning. */
        TLS,
        /** Not at all: for a server on the same machine only. */
        NONE
    }

    /** Shows no credential. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
