package io.consentbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the API says of a failure that nobody foresaw. */
class ApiEndpointTest {

    @Test
    @DisplayName(
            "the log names the kind and place in the code of an unexpected failure, never its message, and the answer says so")
    void unforeseen() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(ApiEndpoint.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        ApiToken token = ApiToken.fresh("127.0.0.1", 1);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setHeader("Authorization", token.header());

            new ApiEndpoint(token, 200, request -> {
                        throw new IllegalStateException("ann@example.com");
                    })
                    .process(exchange);

            assertThat(exchange.getMessage().getBody(String.class))
                    .contains("IllegalStateException. The log of the runtime says where", "log.level = debug")
                    .doesNotContain("ann@");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list.get(0).getFormattedMessage())
                .contains("java.lang.IllegalStateException", "ApiEndpointTest.java:")
                .doesNotContain("ann@");
    }
}
