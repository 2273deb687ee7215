package io.consentbridge.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A connection to the mail server, which knows how far the mail has come that it sends (RFC 5321, section 3.3). */
public final class SmtpConnection extends SMTPTransport {

    /** What was last begun; whether the server has agreed is not known. */
    public enum Step {
        /** Nothing of the mail but its sender was given to the server. */
        BEFORE,
        /** The recipient was given to the server, and nothing of the text. */
        RECIPIENT,
        /** The text was on its way: the server perhaps has it, even if no answer came. */
        TEXT
    }

    private Step step = Step.BEFORE;

    SmtpConnection(Session session) {
        super(session, null);
    }

    /** How far it has come. */
    public Step step() {
        return step;
    }

    @Override
    protected void rcptTo() throws MessagingException {
        step = Step.RECIPIENT;
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        OutputStream text = super.data();
        step = Step.TEXT;
        return text;
    }
}
