package io.consentbridge.mail;

import io.consentbridge.config.SmtpSettings;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** The server of the settings {@code mail.smtp.*}: everything that connects to it does so in the same way. */
public final class SmtpServer {

    private static final String CONNECT_MILLIS = "10000";

    private final SmtpSettings settings;
    private final Session session;

    /**
     * @param reply how long to wait for a reply
     * @param more further properties of Jakarta Mail, without the {@code mail.smtp.} before their names
     */
    public SmtpServer(SmtpSettings settings, Duration reply, Map<String, String> more) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings, Long.toString(reply.toMillis()), more));
    }

    /** The session in which mails for this server are made. */
    public Session session() {
        return session;
    }

    /**
     * Connects, encrypted and with user and password as the settings say.
     *
     * @return the connection, which the caller ends with {@link #close}
     * @throws MailServerFault if the server cannot be reached, is not trusted, or refuses the credential
     */
    public SmtpConnection connect() throws MailServerFault {
        try {
            SmtpConnection connection = new SmtpConnection(session);
            boolean known = !settings.user().isEmpty();
            connection.connect(
                    settings.host(),
                    settings.port(),
                    known ? settings.user() : null,
                    known ? settings.password() : null);
            return connection;
        } catch (MessagingException failure) {
            throw MailServerFault.of("The mail server " + settings, "mail.smtp", failure);
        }
    }

    /** Ends a connection. The server has taken the mail, or has not; how the connection ends changes nothing. */
    public static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException late) {
            // See above.
        }
    }

    private static Properties properties(SmtpSettings server, String replyMillis, Map<String, String> more) {
        Properties mail = new Properties();
        mail.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        mail.setProperty("mail.smtp.timeout", replyMillis);
        mail.setProperty("mail.smtp.writetimeout", replyMillis);
        mail.setProperty("mail.smtp.quitwait", "false");
        mail.setProperty("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        mail.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.tls() == SmtpSettings.Tls.STARTTLS));
        mail.setProperty("mail.smtp.starttls.required", Boolean.toString(server.tls() == SmtpSettings.Tls.STARTTLS));
        mail.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.tls() == SmtpSettings.Tls.TLS));
        more.forEach((name, value) -> mail.setProperty("mail.smtp." + name, value));
        server.trust()
                .map(SSLContext::getSocketFactory)
                .ifPresent(trust -> mail.put("mail.smtp.ssl.socketFactory", trust));
        return mail;
    }
}
