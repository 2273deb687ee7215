package io.consentbridge.confirmation.mail;

import io.consentbridge.config.SmtpSettings;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.mail.DefaultJavaMailSender;

/**
 * The sender of camel-mail for the mails that ask for consent. It takes server and credential from the settings, sends a mail
 * only to the person of its claimed request, only unchanged and only once, and tells a refused person from a refused sender
 * and from a lost connection.
 */
public final class ConfirmationSender extends DefaultJavaMailSender {

    private static final String CONNECT_MILLIS = "10000";
    private static final String REPLY_MILLIS = "60000";

    private final SmtpSettings server;
    private final MailPermits permits;

    ConfirmationSender(SmtpSettings server, MailPermits permits) {
        this.server = server;
        this.permits = permits;
        setProtocol("smtp");
        setHost(server.host());
        setPort(server.port());
        setSession(Session.getInstance(properties(server)));
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
        Transport transport = getSession().getTransport("smtp");
        try {
            connect(transport);
            transport.sendMessage(message, new Address[] {new InternetAddress(address, true)});
            permits.sent(hash);
        } catch (MessagingException failure) {
            throw failure.getNextException() instanceof MailFault ? failure : told(SmtpFaults.sending(server, failure));
        } finally {
            close(transport);
        }
    }

    // The server has taken the mail, or has not; how the connection ends changes nothing.
    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException late) {
            // See above.
        }
    }

    /**
     * Connects to the server and sends nothing.
     *
     * @throws MailFault when it cannot be reached or refuses the credential
     */
    void probe() throws MailFault {
        try {
            Transport transport = getSession().getTransport("smtp");
            connect(transport);
            close(transport);
        } catch (MessagingException failure) {
            throw failure.getNextException() instanceof MailFault fault
                    ? fault
                    : SmtpFaults.connecting(server, failure);
        }
    }

    private void connect(Transport transport) throws MessagingException {
        try {
            if (server.user().isEmpty()) {
                transport.connect(server.host(), server.port(), null, null);
            } else {
                transport.connect(server.host(), server.port(), server.user(), server.password());
            }
        } catch (MessagingException failure) {
            throw told(SmtpFaults.connecting(server, failure));
        }
    }

    private static MessagingException told(MailFault fault) {
        return new MessagingException(fault.getMessage(), fault);
    }

    private static Properties properties(SmtpSettings server) {
        Properties mail = new Properties();
        mail.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        mail.setProperty("mail.smtp.timeout", REPLY_MILLIS);
        mail.setProperty("mail.smtp.writetimeout", REPLY_MILLIS);
        mail.setProperty("mail.smtp.quitwait", "false");
        mail.setProperty("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        mail.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.tls() == SmtpSettings.Tls.STARTTLS));
        mail.setProperty("mail.smtp.starttls.required", Boolean.toString(server.tls() == SmtpSettings.Tls.STARTTLS));
        mail.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.tls() == SmtpSettings.Tls.TLS));
        // Reports of undeliverable mail with its headers, from servers that offer them (RFC 3461).
        mail.setProperty("mail.smtp.dsn.notify", "FAILURE");
        mail.setProperty("mail.smtp.dsn.ret", "HDRS");
        if (!server.returnTo().isEmpty()) {
            mail.setProperty("mail.smtp.from", server.returnTo());
        }
        server.trust()
                .map(SSLContext::getSocketFactory)
                .ifPresent(trust -> mail.put("mail.smtp.ssl.socketFactory", trust));
        return mail;
    }
}
