package io.consentbridge.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** How much is logged, and in which form; always to standard error. */
final class Logs {

    private static final String APPENDER = "STDERR";

    private Logs() {}

    /**
     * Takes effect at once, for the whole process.
     *
     * @param detailed whether what goes well is logged too
     * @param json whether each line is a JSON object
     */
    static void configure(boolean detailed, boolean json) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(detailed ? Level.INFO : Level.WARN);
        if (json && root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> appender) {
            appender.setEncoder(jsonEncoder(context));
        }
    }

    private static LayoutWrappingEncoder<ILoggingEvent> jsonEncoder(LoggerContext context) {
        JsonLayout layout = new JsonLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        return encoder;
    }
}
