package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.config.SmtpSettings;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * An address that gets checkpoints by mail, those of an hour in one.
 *
 * @param to the address, which is also the sender, and the server
 */
record CheckpointMail(Settings.Checkpoints.ByMail to) implements CheckpointTarget {

    private static final String MILLIS = "10000";

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void take(List<StoredCheckpoint> checkpoints) throws IOException {
        SmtpSettings server = to.server();
        Session session = Session.getInstance(properties(server));
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage mail = new MimeMessage(session);
            InternetAddress address = new InternetAddress(to.address(), true);
            mail.setFrom(address);
            mail.setRecipient(Message.RecipientType.TO, address);
            mail.setSubject("Checkpoints of the consent ledger");
            mail.setText(
                    checkpoints.stream().map(StoredCheckpoint::note).collect(Collectors.joining("\n")),
                    StandardCharsets.UTF_8.name());
            mail.saveChanges();
            boolean known = !server.user().isEmpty();
            transport.connect(
                    server.host(), server.port(), known ? server.user() : null, known ? server.password() : null);
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException unsent) {
            throw new IOException("the server " + server + " does not take it", unsent);
        }
    }

    private static Properties properties(SmtpSettings server) {
        Properties mail = new Properties();
        mail.setProperty("mail.smtp.connectiontimeout", MILLIS);
        mail.setProperty("mail.smtp.timeout", MILLIS);
        mail.setProperty("mail.smtp.writetimeout", MILLIS);
        mail.setProperty("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        mail.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.tls() == SmtpSettings.Tls.STARTTLS));
        mail.setProperty("mail.smtp.starttls.required", Boolean.toString(server.tls() == SmtpSettings.Tls.STARTTLS));
        mail.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.tls() == SmtpSettings.Tls.TLS));
        server.trust()
                .map(SSLContext::getSocketFactory)
                .ifPresent(trust -> mail.put("mail.smtp.ssl.socketFactory", trust));
        return mail;
    }
}
