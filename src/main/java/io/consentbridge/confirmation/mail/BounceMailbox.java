package io.consentbridge.confirmation.mail;

import io.consentbridge.config.BounceSettings;
import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;

/** The credential of the mailbox for reports, which is no text of a route. */
public final class BounceMailbox extends MailAuthenticator {

    private final BounceSettings settings;

    public BounceMailbox(BounceSettings settings) {
        this.settings = settings;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(settings.user(), settings.password());
    }
}
