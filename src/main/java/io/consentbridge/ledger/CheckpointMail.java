package io.consentbridge.ledger;

import io.consentbridge.config.Settings;
import io.consentbridge.mail.MailServerFault;
import io.consentbridge.mail.SmtpServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An address that gets checkpoints by mail, those of an hour in one.
 *
 * @param to the address, the sender, and the server
 */
record CheckpointMail(Settings.Checkpoints.ByMail to) implements CheckpointTarget {

    private static final Duration REPLY = Duration.ofSeconds(10);

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
        SmtpServer server = new SmtpServer(to.server(), REPLY, Map.of());
        Transport transport = connect(server);
        try {
            MimeMessage mail = new MimeMessage(server.session());
            mail.setFrom(new InternetAddress(to.from(), true));
            mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to.address(), true));
            mail.setSubject("Checkpoints of the consent ledger");
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.setText(
                    checkpoints.stream().map(StoredCheckpoint::note).collect(Collectors.joining("\n")),
                    StandardCharsets.UTF_8.name());
            mail.saveChanges();
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException unsent) {
            throw new IOException("the mail server " + to.server() + " does not take it", unsent);
        } finally {
            SmtpServer.close(transport);
        }
    }

    private static Transport connect(SmtpServer server) throws IOException {
        try {
            return server.connect();
        } catch (MailServerFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }
}
