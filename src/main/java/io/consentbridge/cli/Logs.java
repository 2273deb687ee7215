package io.consentbridge.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Sets how much is logged, and in which form; logs always go to standard error. */
final class Logs {

    private static final String APPENDER = "STDERR";

    private Logs() {}

    /** How much is logged. */
    enum Amount {
        ERROR(Level.ERROR),
        WARN(Level.WARN),
        INFO(Level.INFO),
        DEBUG(Level.DEBUG);

        private final Level level;

        Amount(Level level) {
            this.level = level;
        }

        /** Returns the amount that a setting names; empty when it names none. */
        static Optional<Amount> of(String text) {
            return Arrays.stream(values())
                    .filter(one -> one.name().equalsIgnoreCase(text.strip()))
                    .findFirst();
        }
    }

    /**
     * Takes effect at once, for the whole process.
     *
     * @param amount at debug, loggers other than the product's own stay at their usual level, because they would log people
     *     and tokens
     * @param json whether each line is a JSON object
     */
    static void configure(Amount amount, boolean json) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        boolean traces = amount == Amount.DEBUG;
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(traces ? Level.INFO : amount.level);
        context.getLogger("io.consentbridge").setLevel(traces ? Level.DEBUG : null);
        if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> appender) {
            if (json) {
                appender.setEncoder(jsonEncoder(context, traces));
            } else if (traces && appender.getEncoder() instanceof PatternLayoutEncoder encoder) {
                encoder.stop();
                encoder.setPattern(encoder.getPattern().replace("%nopex", "%throwable"));
                encoder.start();
            }
        }
    }

    private static LayoutWrappingEncoder<ILoggingEvent> jsonEncoder(LoggerContext context, boolean traces) {
        JsonLayout layout = new JsonLayout(traces);
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
