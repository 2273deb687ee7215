package io.consentbridge.confirmation.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.consentbridge.config.MailTemplate;
import io.consentbridge.config.SmtpSettings;
import io.consentbridge.consent.ConsentBreach;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail over real SMTP. */
class ConfirmationSenderIT {

    private static final MailTemplate.Values VALUES = new MailTemplate.Values(
            "Neuheiten für Sie", "https://example.com/c/x", "https://example.com/r/x", "Beispiel GmbH");

    private final MailPermits permits = new MailPermits();
    private final List<MimeMessage> received = new ArrayList<>();
    private String refusal;
    private SmtpServer server;
    private ConfirmationSender sender;

    /** A server that refuses recipients when the test says so. */
    private final class Refusing extends Managers {
        private final SmtpManager smtp = new SmtpManager(getImapHostManager(), getUserManager()) {
            @Override
            public String checkRecipient(SmtpState state, MailAddress recipient) {
                return refusal;
            }
        };

        @Override
        public SmtpManager getSmtpManager() {
            return smtp;
        }
    }

    @BeforeEach
    void start() throws Exception {
        Managers managers = new Refusing();
        UserManager users = managers.getUserManager();
        users.setMessageDeliveryHandler((message, address) -> {
            received.add(message.getMessage());
            return users.hasUser("all") ? users.getUser("all") : users.createUser("all", "all", "x");
        });
        server = new SmtpServer(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), managers);
        server.startService();
        assertThat(server.waitTillRunning(5_000)).isTrue();
        sender = new ConfirmationSender(settings(server.getPort()), permits);
    }

    @AfterEach
    void stop() {
        server.stopService();
    }

    private static SmtpSettings settings(int port) {
        return new SmtpSettings(
                "127.0.0.1", port, "", "", SmtpSettings.Tls.NONE, "bounces@example.org", Optional.empty());
    }

    private ConfirmationMail mail(String address) throws Exception {
        MimeMessage message = MailComposer.compose(
                new MailComposer.Header("news@example.org", "Beispiel GmbH", address, "Bitte bestätigen\nSie", "de"),
                MailTemplate.shipped("de").fill(VALUES),
                Instant.parse("2026-11-01T12:00:00Z"));
        ConfirmationMail mail = new ConfirmationMail(
                1, "news", address, "", "", "", "", "", message.getMessageID(), MailComposer.hash(message), message);
        permits.give(mail);
        return mail;
    }

    @Test
    @DisplayName("A mail arrives as it was composed: one recipient, text and HTML, its Message-ID and hash")
    void arrives() throws Exception {
        ConfirmationMail mail = mail("jane@example.com");
        sender.send(mail.message());

        MimeMessage arrived = received.get(0);
        assertThat(arrived.getMessageID()).isEqualTo(mail.messageId()).matches("<[0-9a-f-]{36}@example.org>");
        assertThat(arrived.getAllRecipients()).containsExactly(new InternetAddress("jane@example.com"));
        assertThat(arrived.getSubject()).isEqualTo("Bitte bestätigen Sie");
        assertThat(arrived.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(arrived.getContentType()).startsWith("multipart/alternative");
        String whole = GreenMailUtil.getWholeMessage(arrived);
        assertThat(whole).contains("text/plain; charset=UTF-8", "text/html; charset=UTF-8", "Neuheiten f");
    }

    @Test
    @DisplayName("A mail that a route changed, or sends a second time, does not leave")
    void changed() throws Exception {
        ConfirmationMail copied = mail("jane@example.com");
        copied.message().addRecipient(Message.RecipientType.BCC, new InternetAddress("other@example.com"));
        assertThatThrownBy(() -> sender.send(copied.message())).isInstanceOf(ConsentBreach.class);

        ConfirmationMail redirected = mail("jane@example.com");
        redirected.message().setRecipient(Message.RecipientType.TO, new InternetAddress("other@example.com"));
        assertThatThrownBy(() -> sender.send(redirected.message())).isInstanceOf(ConsentBreach.class);

        ConfirmationMail twice = mail("jane@example.com");
        sender.send(twice.message());
        assertThatThrownBy(() -> sender.send(twice.message())).isInstanceOf(ConsentBreach.class);

        ConfirmationMail withdrawn = mail("jane@example.com");
        permits.withdraw(withdrawn);
        assertThatThrownBy(() -> sender.send(withdrawn.message())).isInstanceOf(ConsentBreach.class);
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "550 5.1.1 no such user, Refused, 550 5.1.1",
        "550 mailbox jane@example.com unavailable, Refused, 550",
        "553 5.1.3 bad address, Refused, 553 5.1.3",
        "450 4.2.1 greylisted, Temporary, 450 4.2.1",
        "452 4.2.2 mailbox full, Temporary, 452 4.2.2",
        "550 5.7.1 relaying denied, Unreached, 550 5.7.1",
        "554 5.7.1 blocked, Unreached, 554 5.7.1",
        "552 5.2.2 over quota, Unreached, 552 5.2.2"
    })
    @DisplayName(
            "The reply to the recipient tells a mailbox that does not exist from a server that refuses us, without its text")
    void refused(String reply, String fault, String code) throws Exception {
        refusal = reply;
        ConfirmationMail mail = mail("jane@example.com");
        MailFault told = fault(mail);
        assertThat(told.getClass().getSimpleName()).isEqualTo(fault);
        assertThat(told.code()).isEqualTo(code);
        assertThat(told.getMessage()).doesNotContain("jane@example.com");
        assertThat(received).isEmpty();
    }

    private MailFault fault(ConfirmationMail mail) {
        Throwable thrown = catchThrowable(() -> sender.send(mail.message()));
        assertThat(thrown).isInstanceOf(MessagingException.class);
        return (MailFault) ((MessagingException) thrown).getNextException();
    }

    @Test
    @DisplayName("A server that is down is named")
    void down() throws Exception {
        int port = server.getPort();
        server.stopService();
        sender = new ConfirmationSender(settings(port), permits);
        assertThat(fault(mail("jane@example.com"))).isInstanceOf(MailFault.Unreached.class);
        assertThatThrownBy(sender::probe)
                .isInstanceOf(MailFault.Unreached.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, Unreached",
        "EHLO, Unreached",
        "MAIL, Unreached",
        "RCPT, Temporary",
        "DATA, Temporary",
        "., PerhapsSent"
    })
    @DisplayName(
            "A server that is lost, or does not answer in time, was perhaps given the mail only if its text had gone there")
    void lost(String step, String fault) throws Exception {
        assertThat(faultOfServerThat(step, true)).as("connection lost").isEqualTo(fault);
        assertThat(faultOfServerThat(step, false)).as("no answer in time").isEqualTo(fault);
    }

    private String faultOfServerThat(String step, boolean hangsUp) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (ServerSocket dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread talk = new Thread(() -> talkUntil(step, dying, hangsUp ? new CountDownLatch(0) : told));
            talk.start();
            sender = new ConfirmationSender(settings(dying.getLocalPort()), permits, Duration.ofMillis(300));
            String fault = fault(mail("jane@example.com")).getClass().getSimpleName();
            told.countDown();
            talk.join();
            return fault;
        }
    }

    private static void talkUntil(String step, ServerSocket server, CountDownLatch told) {
        try (Socket socket = server.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            if (!step.equals("greeting")) {
                say(socket, "220 ready");
                boolean text = false;
                for (String line = in.readLine(); !line.startsWith(step); line = in.readLine()) {
                    if (line.equals("DATA")) {
                        say(socket, "354 go on");
                        text = true;
                    } else if (!text) {
                        say(socket, "250 ok");
                    }
                }
            }
            told.await();
        } catch (java.io.IOException | InterruptedException gone) {
            // The test sees it.
        }
    }

    private static void say(Socket socket, String line) throws java.io.IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @ParameterizedTest
    @CsvSource({"'a@example.com, b@example.com'", "'a@example.com\r\nBcc: b@example.com'", "nobody", "a@b@example.com"})
    @DisplayName("An address that is more than one, or none, composes no mail")
    void addresses(String address) {
        assertThatThrownBy(() -> mail(address)).isInstanceOf(MessagingException.class);
    }
}
