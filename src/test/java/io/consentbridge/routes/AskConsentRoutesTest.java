package io.consentbridge.routes;

import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.PasswordAuthentication;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LoggingExceptionHandler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The routes of ask-consent.camel.yaml, with the error handlers of failures.camel.yaml. */
class AskConsentRoutesTest extends RouteTest {

    AskConsentRoutesTest() {
        super("routes/ask-consent.camel.yaml", FAILURES);
    }

    /** Stands in for the product's bean. */
    public final class Mails {
        public Iterator<String> turns() {
            return reading(List.of("one", "two", "three"));
        }
    }

    /** A credential that is never asked for. */
    private static final class NoMailbox extends MailAuthenticator {
        @Override
        public PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("", "");
        }
    }

    /** Stands in for the product's bean. */
    private static final class Reports extends LoggingExceptionHandler implements PollingConsumerPollStrategy {
        Reports(CamelContext camel) {
            super(camel, AskConsentRoutesTest.class);
        }

        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            return true;
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {}

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
            return false;
        }
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        beans.bind("confirmationMails", new Mails());
        beans.bind("confirmationSender", new DefaultJavaMailSender());
        beans.bind("bounceMailbox", new NoMailbox());
        beans.bind("bounceReports", new Reports(context));
    }

    private void start(String... whole) throws Exception {
        mockSteps(whole);
        context.start();
    }

    @Test
    @DisplayName("Each tick asks; a failing tick is reported; the timer waits until the runtime starts it")
    void ticks() throws Exception {
        mockSteps();
        AdviceWith.adviceWith(context, "tick-confirmations", false, route -> route.replaceFromWith("direct:tick"));
        context.start();
        assertThat(context.getRouteController().getRouteStatus("tick-confirmations"))
                .isEqualTo(ServiceStatus.Stopped);
        context.getRouteController().startRoute("tick-confirmations");

        template.sendBody("direct:tick", null);
        fail("direct:ask-consent", new IllegalStateException("no database"));
        template.sendBody("direct:tick", null);

        assertThat(steps()).containsExactly("direct:ask-consent", "direct:ask-consent", "runFlow.tickFailed");
    }

    @Test
    @DisplayName("The timer ticks as often as confirmation.every says; no mailbox is read unless one is set")
    void timers() throws Exception {
        start();
        TimerEndpoint timer =
                (TimerEndpoint) context.getRoute("tick-confirmations").getEndpoint();
        assertThat(timer.getPeriod()).isEqualTo(10_000);
        assertThat(context.getRouteController().getRouteStatus("read-bounces")).isEqualTo(ServiceStatus.Stopped);
    }

    @Test
    @DisplayName("A turn claims one request and asks its person; a turn that claims nothing asks nobody")
    void turns() throws Exception {
        start();
        getMockEndpoint("mock:confirmationMails.claim")
                .whenExchangeReceived(1, exchange -> exchange.getMessage().setBody("Ann"));
        getMockEndpoint("mock:confirmationMails.claim")
                .whenExchangeReceived(2, exchange -> exchange.getMessage().setBody(null));
        getMockEndpoint("mock:confirmationMails.claim")
                .whenExchangeReceived(3, exchange -> exchange.getMessage().setBody("Bob"));
        template.sendBody("direct:ask-consent", null);
        assertThat(bodies("direct:ask-person")).containsExactly("Ann", "Bob");
    }

    @Test
    @DisplayName("The mail is made, sent and recorded; what fails on the way is recorded once and ends nothing else")
    void asks() throws Exception {
        start();
        getMockEndpoint("mock:confirmationMails.fill").returnReplyBody(constant("mail"));
        template.sendBody("direct:ask-person", "Ann");
        fail("direct:send-confirmation", new IllegalStateException("no server"));
        template.sendBody("direct:ask-person", "Bob");
        assertThat(steps())
                .containsExactly(
                        "confirmationMails.fill",
                        "direct:send-confirmation",
                        "confirmationMails.sent",
                        "confirmationMails.fill",
                        "direct:send-confirmation",
                        "confirmationMails.failed");
        assertThat(bodies("direct:send-confirmation")).containsExactly("mail", "mail");
    }

    @Test
    @DisplayName("A person whose mail fails does not keep the next one from being asked")
    void goesOn() throws Exception {
        start("ask-one");
        fail("confirmationMails.fill", new IllegalStateException("no template"));
        template.sendBody("direct:ask-consent", null);
        assertThat(steps()).filteredOn("confirmationMails.failed"::equals).hasSize(3);
    }

    @Test
    @DisplayName("The message of the mail goes to SMTP, by the sender that checks it")
    void sends() throws Exception {
        start();
        getMockEndpoint("mock:confirmationMails.message").returnReplyBody(constant("MIME"));
        template.sendBody("direct:send-confirmation", "mail");
        assertThat(steps()).hasSize(2).first().isEqualTo("confirmationMails.message");
        assertThat(steps().get(1)).startsWith("smtp");
        assertThat(bodies(steps().get(1))).containsExactly("MIME");
    }
}
