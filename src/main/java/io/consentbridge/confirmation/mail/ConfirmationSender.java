package io.consentbridge.confirmation.mail;

import io.consentbridge.config.SmtpSettings;
import io.consentbridge.mail.MailServerFault;
import io.consentbridge.mail.SmtpConnection;
import io.consentbridge.mail.SmtpServer;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.component.mail.DefaultJavaMailSender;

/**
 * The sender of camel-mail for the mails that ask for consent. It takes server and credential from the settings, sends a mail
 * only to the person of its claimed request, only unchanged and only once, and tells a refused person from a refused sender
 * and from a lost connection.
 */
public final class ConfirmationSender extends DefaultJavaMailSender {

    private static final Duration REPLY = Duration.ofSeconds(60);

    private final SmtpSettings settings;
    private final SmtpServer server;
    private final MailPermits permits;

    ConfirmationSender(SmtpSettings settings, MailPermits permits) {
        this(settings, permits, REPLY);
    }

    /** @param reply how long to wait for each reply of the server */
    ConfirmationSender(SmtpSettings settings, MailPermits permits, Duration reply) {
        this.settings = settings;
        this.server = new SmtpServer(settings, reply, reports(settings));
        this.permits = permits;
        setProtocol("smtp");
        setHost(settings.host());
        setPort(settings.port());
        setSession(server.session());
    }

    /**
     * Sends a mail.
     *
     * @throws io.consentbridge.consent.ConsentBreach when it is not one that may leave
     * @throws MessagingException with a {@link MailFault} as its cause when it was not sent, or perhaps was
     */
    @Override
    public void send(MimeMessage message) throws MessagingException {
        String hash = MailComposer.hash(message);
        String address = permits.use(hash);
        SmtpConnection connection = connect();
        try {
            connection.sendMessage(message, new Address[] {new InternetAddress(address, true)});
            permits.sent(hash);
        } catch (MessagingException failure) {
            throw told(SmtpFaults.sending(settings, connection.step(), failure));
        } finally {
            SmtpServer.close(connection);
        }
    }

    /**
     * Connects to the server and sends nothing.
     *
     * @throws MailFault when it cannot be reached or refuses the credential
     */
    void probe() throws MailFault {
        try {
            SmtpServer.close(server.connect());
        } catch (MailServerFault fault) {
            throw SmtpFaults.connecting(fault);
        }
    }

    private SmtpConnection connect() throws MessagingException {
        try {
            return server.connect();
        } catch (MailServerFault fault) {
            throw told(SmtpFaults.connecting(fault));
        }
    }

    private static MessagingException told(MailFault fault) {
        return new MessagingException(fault.getMessage(), fault);
    }

    /** Reports of undeliverable mail with its headers, from servers that offer them (RFC 3461). */
    private static Map<String, String> reports(SmtpSettings settings) {
        return settings.returnTo().isEmpty()
                ? Map.of("dsn.notify", "FAILURE", "dsn.ret", "HDRS")
                : Map.of("dsn.notify", "FAILURE", "dsn.ret", "HDRS", "from", settings.returnTo());
    }
}
