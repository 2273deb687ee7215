package io.consentbridge.endtoend;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** The errors, or what is worse than a level, that are logged from its beginning to its end. */
final class ErrorLog implements AutoCloseable {

    private final Level least;
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> ears = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(least)) {
                errors.add(event.getLoggerName() + " " + event.getFormattedMessage());
            }
        }
    };

    private ErrorLog(Level least) {
        this.least = least;
        ears.start();
        root.addAppender(ears);
    }

    /** Warnings too. */
    static ErrorLog listenToWarnings() {
        return new ErrorLog(Level.WARN);
    }

    static ErrorLog listen() {
        return new ErrorLog(Level.ERROR);
    }

    /** Logger and message of each, oldest first. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        root.detachAppender(ears);
    }
}
