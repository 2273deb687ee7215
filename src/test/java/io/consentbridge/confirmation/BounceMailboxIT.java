package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.consentbridge.config.BounceSettings;
import io.consentbridge.confirmation.mail.BounceMailbox;
import io.consentbridge.confirmation.mail.BounceReports;
import io.consentbridge.mail.TlsLine;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@EveryEngine
@DisplayName("BounceMailboxIT: the mailbox of reports of undeliverable mail, by its real route")
class BounceMailboxIT {

    private static final String REPORT = """
            From: MAILER-DAEMON@mx.example.net
            To: bounces@example.org
            Subject: Undelivered
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822; p1@example.com
            Action: failed
            Status: 5.1.1
            --b
            Content-Type: text/rfc822-headers

            Message-ID: <one@mail.example.com>
            --b--
            """;

    private final RequestFixture fixture;
    private final GreenMail mail = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
    });
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final BounceReports reports;
    private GreenMailUser user;
    private TlsLine imaps;
    private TlsLine pop3s;
    private DueRequest asked;

    BounceMailboxIT(TestDatabase engine) {
        fixture = new RequestFixture(engine);
        reports = new BounceReports(fixture.requests.mails(), fixture.outbox.clock);
    }

    /** The product's strategy, which counts what fails. */
    private final class CountedPolls implements PollingConsumerPollStrategy {
        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            return reports.begin(consumer, endpoint);
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polled) {
            reports.commit(consumer, endpoint, polled);
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retry, Exception cause) {
            failed.incrementAndGet();
            return reports.rollback(consumer, endpoint, retry, cause);
        }
    }

    @BeforeEach
    void start() throws Exception {
        user = mail.setUser("bounces@example.org", "bounces", "right-secret");
        mail.start();
        imaps = TlsLine.fromTheBeginning(mail.getImap().getPort());
        pop3s = TlsLine.fromTheBeginning(mail.getPop3().getPort());
        said.start();
        logger.addAppender(said);
        fixture.ask(1);
        asked = fixture.claimOne();
        fixture.requests.mails().keepMail(asked.id(), "token", "<one@mail.example.com>", "hash");
        fixture.requests.mails().sent(asked.id(), fixture.outbox.clock.instant());
    }

    @AfterEach
    void stop() throws Exception {
        logger.detachAppender(said);
        camel.close();
        imaps.close();
        pop3s.close();
        mail.stop();
        fixture.close();
    }

    private int port(String protocol) {
        return switch (protocol) {
            case "imap" -> mail.getImap().getPort();
            case "pop3" -> mail.getPop3().getPort();
            case "imaps" -> imaps.port();
            default -> pop3s.port();
        };
    }

    /** Reads the mailbox as the product does. */
    private void read(String protocol, String host, String password, boolean trusted) throws Exception {
        BounceSettings settings = new BounceSettings(
                protocol, host, port(protocol), "bounces", password, "INBOX", Duration.ofMillis(100));
        camel.getRegistry().bind("bounceReports", reports);
        camel.getRegistry().bind("counted", new CountedPolls());
        camel.getRegistry().bind("bounceMailbox", new BounceMailbox(settings));
        Properties placeholders = new Properties();
        placeholders.put("mail.bounces.mailbox", protocol + ":" + host + ":" + port(protocol));
        placeholders.put("mail.bounces.delete", String.valueOf(protocol.startsWith("pop3")));
        placeholders.put("mail.bounces.every", "100");
        placeholders.put("mail.bounces.folder", "INBOX");
        camel.getPropertiesComponent().setInitialProperties(placeholders);
        if (trusted) {
            SSLContext trust = TlsLine.trust();
            camel.getComponent(protocol, MailComponent.class)
                    .getConfiguration()
                    .setSslContextParameters(new SSLContextParameters() {
                        @Override
                        public SSLContext createSSLContext(CamelContext context) {
                            return trust;
                        }
                    });
        }
        String routes = Files.readString(Path.of("routes/ask-consent.camel.yaml"));
        load("""
                - routeConfiguration:
                    id: leave-failures-to-caller
                    errorHandler:
                      noErrorHandler: {}
                """
                + routes.substring(routes.indexOf("- route:\n    id: read-bounces"))
                        // Camel waits a second before the first look.
                        .replace(
                                "pollStrategy: \"#bean:bounceReports\"",
                                "pollStrategy: \"#bean:counted\"\n        initialDelay: \"0\""));
        camel.start();
        camel.getRouteController().startRoute("read-bounces");
    }

    private void load(String text) throws Exception {
        Resource resource = ResourceHelper.fromString("file:x.camel.yaml", text);
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource))) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                camel.addRoutesConfigurations(configurations);
            }
            camel.addRoutes(builder);
        }
    }

    private void comesBack() throws Exception {
        user.deliver(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(REPORT.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII))));
    }

    private List<String> complaints() {
        return List.copyOf(said.list).stream()
                .filter(one -> one.getLevel().isGreaterOrEqual(Level.WARN))
                .filter(one -> !one.getLoggerName().startsWith("com.icegreen"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private String complaint() {
        await().until(() -> failed.get() >= 3);
        assertThat(complaints()).hasSize(1);
        assertThat(List.copyOf(said.list))
                .noneMatch(one -> one.getFormattedMessage().contains("secret"));
        return complaints().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s"})
    @DisplayName(
            "A report ends its request as bounced, by IMAP and by POP3, plain and over TLS, with user and password")
    void reads(String protocol) throws Exception {
        read(protocol, "localhost", "right-secret", true);
        comesBack();

        await().untilAsserted(() -> assertThat(fixture.state(asked.id())).isEqualTo(RequestState.BOUNCED));
        await().untilAsserted(() -> assertThat(mail.getReceivedMessages())
                .as("POP3 does not know what was read before")
                .hasSize(protocol.startsWith("pop3") ? 0 : 1));
        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s"})
    @DisplayName("A wrong password of the mailbox is told once, with the settings that hold it and without it")
    void wrongPassword(String protocol) throws Exception {
        read(protocol, "localhost", "wrong-secret", true);

        assertThat(complaint())
                .startsWith(
                        "The mailbox for reports of undeliverable mail (mail.bounces.*) cannot be read. Its server refuses"
                                + " user or password (mail.bounces.user, mail.bounces.password)")
                .endsWith(". It is tried again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "pop3s"})
    @DisplayName("A mailbox whose certificate nobody trusts is told, and does not get the password")
    void untrusted(String protocol) throws Exception {
        read(protocol, "localhost", "right-secret", false);
        comesBack();

        assertThat(complaint())
                .contains(
                        "Its server has a certificate that is not trusted here or is of another host name. Write the name of"
                                + " the certificate into mail.bounces.host, or add the certificate of its authority to the file of"
                                + " calls.trust-store");
        assertThat(fixture.state(asked.id())).isEqualTo(RequestState.SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaps", "pop3s"})
    @DisplayName("A mailbox whose certificate is of another host is told, and does not get the password")
    void otherHost(String protocol) throws Exception {
        read(protocol, "127.0.0.1", "right-secret", true);
        comesBack();

        assertThat(complaint())
                .contains("Its server has a certificate that is not trusted here or is of another host name");
        assertThat(fixture.state(asked.id())).isEqualTo(RequestState.SENT);
    }
}
