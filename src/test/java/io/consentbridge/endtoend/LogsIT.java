package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.consentbridge.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of people and secrets, however much it is told to say: nothing. */
class LogsIT {

    /** Every address of the sandbox' people, plain or as a parameter of a URL; some are malformed on purpose. */
    private static final Pattern PERSON =
            Pattern.compile("(@|%40)c\\d+\\.example|jane(@|%40)aol|ted(@|%40)zylker", Pattern.CASE_INSENSITIVE);

    /** The HTTP client's own log of everything on the wire; a user who switches that on asks for the people in it. */
    private static final String WIRE = "org.apache.hc";

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger wire = (Logger) LoggerFactory.getLogger(WIRE);
    private final Level before = root.getLevel();
    private final AppenderBase<ILoggingEvent> ears = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getMDCPropertyMap() + " "
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    @BeforeEach
    void listen() {
        ears.start();
        ThresholdFilter usual = new ThresholdFilter();
        usual.setLevel("INFO");
        usual.start();
        root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(usual));
        root.addAppender(ears);
        root.setLevel(Level.DEBUG);
        wire.setLevel(Level.INFO);
    }

    @AfterEach
    void restore() {
        root.setLevel(before);
        wire.setLevel(null);
        root.detachAppender(ears);
        root.iteratorForAppenders().forEachRemaining(appender -> appender.clearAllFilters());
    }

    @Test
    @DisplayName("At level DEBUG runs, faults and dead letters name no person and no secret")
    void namesNobody() {
        String token;
        try (Bridge bridge = Bridge.open(400, TestConfig::samples)) {
            bridge.zoho().fault(Map.of("method", "json/listsubscribe", "kind", "code", "code", "914", "times", 3));
            bridge.zoho().fault(Map.of("method", "json/listsubscribe", "kind", "html", "skip", 9, "times", 5));
            bridge.zoho().fault(Map.of("method", "coql", "kind", "truncated", "times", 1));
            for (String sync : List.of("customer-contacts", "newsletter-leads", "newsletter-contacts")) {
                bridge.run(sync);
            }
            List<Long> letters = bridge.operations().deadLetters(10).stream()
                    .map(letter -> letter.id())
                    .toList();
            if (!letters.isEmpty()) {
                bridge.operations().replay(letters);
            }
            bridge.awaitDeliveries();
            bridge.operations().check();
            bridge.runInFull("customer-contacts");
            var connection =
                    bridge.runtime().configuration().settings().connections().get("main");
            token = bridge.runtime()
                    .components()
                    .access()
                    .tokens()
                    .token(connection, null)
                    .value();
        }

        assertThat(said).as("what was logged").hasSizeGreaterThan(100);
        assertThat(said)
                .noneMatch(line -> PERSON.matcher(line).find())
                .noneMatch(line -> line.contains(Sandbox.CLIENT_SECRET))
                .noneMatch(line -> line.contains(Sandbox.REFRESH_TOKEN))
                .noneMatch(line -> line.contains(token));
    }
}
