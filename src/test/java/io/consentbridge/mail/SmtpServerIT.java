package io.consentbridge.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.consentbridge.config.SmtpSettings;
import jakarta.mail.Message;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("SmtpServerIT: the connection to the server that takes mails")
class SmtpServerIT {

    private static final String PASSWORD = "right-secret";
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private TlsLine startTls;
    private TlsLine tls;

    @BeforeEach
    void start() throws IOException {
        mail.setUser("news@example.org", "news", PASSWORD);
        mail.start();
        startTls = TlsLine.afterStartTls(mail.getSmtp().getPort());
        tls = TlsLine.fromTheBeginning(mail.getSmtp().getPort());
    }

    @AfterEach
    void stop() throws IOException {
        startTls.close();
        tls.close();
        mail.stop();
    }

    private int port(SmtpSettings.Tls how) {
        return how == SmtpSettings.Tls.NONE
                ? mail.getSmtp().getPort()
                : how == SmtpSettings.Tls.TLS ? tls.port() : startTls.port();
    }

    private static SmtpServer server(
            String host, int port, String password, SmtpSettings.Tls how, Optional<SSLContext> trust) {
        return new SmtpServer(
                new SmtpSettings(host, port, "news", password, how, "", trust), Duration.ofSeconds(10), Map.of());
    }

    private static String fault(SmtpServer server) {
        MailServerFault fault = catchThrowableOfType(MailServerFault.class, server::connect);
        assertThat(fault).isNotNull();
        assertThat(fault.getMessage()).doesNotContain("secret");
        return fault.getMessage();
    }

    @ParameterizedTest
    @EnumSource(SmtpSettings.Tls.class)
    @DisplayName("A mail goes out with user and password, plain, after STARTTLS, and over TLS from the beginning")
    void sends(SmtpSettings.Tls how) throws Exception {
        SmtpServer server = server("localhost", port(how), PASSWORD, how, Optional.of(TlsLine.trust()));
        Transport transport = server.connect();
        MimeMessage message = new MimeMessage(server.session());
        message.setFrom("news@example.org");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("jane@example.com"));
        message.setText("text");
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
        SmtpServer.close(transport);

        assertThat(mail.getReceivedMessages()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(SmtpSettings.Tls.class)
    @DisplayName("A wrong password is told with the settings that hold it, and without it")
    void wrongPassword(SmtpSettings.Tls how) throws Exception {
        SmtpServer server = server("localhost", port(how), "wrong-secret", how, Optional.of(TlsLine.trust()));

        assertThat(fault(server))
                .isEqualTo("The mail server localhost:" + port(how)
                        + " refuses user or password (mail.smtp.user, mail.smtp.password): 535 5.7.8");
        assertThatThrownBy(server::connect)
                .isInstanceOfSatisfying(
                        MailServerFault.class,
                        fault -> assertThat(fault.refusesCredential()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(value = SmtpSettings.Tls.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("A certificate that nobody trusts, or of another host, gets neither password nor mail, and is told")
    void untrusted(SmtpSettings.Tls how) throws Exception {
        String said = " has a certificate that is not trusted here or is of another host name. Write the name of the"
                + " certificate into mail.smtp.host, or add the certificate of its authority to the file of calls.trust-store";

        assertThat(fault(server("localhost", port(how), PASSWORD, how, Optional.empty())))
                .isEqualTo("The mail server localhost:" + port(how) + said);
        assertThat(fault(server("127.0.0.1", port(how), PASSWORD, how, Optional.of(TlsLine.trust()))))
                .isEqualTo("The mail server 127.0.0.1:" + port(how) + said);
    }

    @Test
    @DisplayName(
            "A server that protects the connection in another way than the settings say gets no password, and is told")
    void otherProtection() throws Exception {
        int plain = port(SmtpSettings.Tls.NONE);

        assertThat(fault(server("localhost", plain, PASSWORD, SmtpSettings.Tls.STARTTLS, Optional.empty())))
                .isEqualTo("The mail server localhost:" + plain
                        + " does not offer STARTTLS. Correct mail.smtp.tls or mail.smtp.port");
        assertThat(fault(server("localhost", plain, PASSWORD, SmtpSettings.Tls.TLS, Optional.empty())))
                .isEqualTo(
                        "The mail server localhost:" + plain
                                + " does not begin with TLS on this port. Correct mail.smtp.port, or how the connection is protected");
    }

    @Test
    @DisplayName("A server that is down is told as one that cannot be reached")
    void down() {
        int port = port(SmtpSettings.Tls.NONE);
        mail.stop();

        assertThat(fault(server("localhost", port, PASSWORD, SmtpSettings.Tls.NONE, Optional.empty())))
                .startsWith("The mail server localhost:" + port + " cannot be reached: ");
    }
}
