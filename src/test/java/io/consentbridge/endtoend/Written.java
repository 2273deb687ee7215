package io.consentbridge.endtoend;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Everything that the process writes from its beginning to its end: every logger at its lowest level, but those that are to
 * stay as they are configured, with exceptions and their causes; standard output and standard error; and what the test adds.
 */
final class Written implements AutoCloseable {

    /** What was written by whom. */
    record Text(String where, String text) {}

    private final List<String> silentInJava;
    private final Queue<Text> all = new ConcurrentLinkedQueue<>();
    private final AtomicLong events = new AtomicLong();
    private final Map<Logger, Level> before = new HashMap<>();
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger others = LogManager.getLogManager().getLogger("");
    private final java.util.logging.Level othersBefore = others.getLevel();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private final AppenderBase<ILoggingEvent> ears = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().startsWith("io.zonky")) {
                // The log of the test's PostgreSQL server, which is not the product's.
                return;
            }
            events.incrementAndGet();
            all.add(new Text(
                    event.getLoggerName(),
                    event.getFormattedMessage() + " " + event.getMDCPropertyMap() + " "
                            + ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    private final Handler otherEars = new Handler() {
        @Override
        public void publish(LogRecord event) {
            if (silentInJava.stream().anyMatch(String.valueOf(event.getLoggerName())::startsWith)) {
                return;
            }
            events.incrementAndGet();
            all.add(new Text(
                    event.getLoggerName(),
                    event.getMessage() + " "
                            + (event.getParameters() == null ? List.of() : List.of(texts(event.getParameters())))
                            + (event.getThrown() == null ? "" : " " + event.getThrown())));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    };

    private Written(List<String> silent, List<String> silentInJava) {
        this.silentInJava = silentInJava;
        ears.setContext(context);
        ears.start();
        ThresholdFilter usual = new ThresholdFilter();
        usual.setLevel("WARN");
        usual.start();
        root.iteratorForAppenders().forEachRemaining(appender -> appender.addFilter(usual));
        root.addAppender(ears);
        for (Logger logger : List.copyOf(context.getLoggerList())) {
            if (logger.getLevel() != null) {
                // Another test may have set one beneath those that are to stay silent.
                boolean stays =
                        silent.stream().anyMatch(name -> logger.getName().startsWith(name + "."));
                set(logger, stays ? null : Level.TRACE);
            }
        }
        silent.forEach(name -> set(context.getLogger(name), Level.WARN));
        otherEars.setLevel(java.util.logging.Level.ALL);
        others.addHandler(otherEars);
        others.setLevel(java.util.logging.Level.ALL);
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    private void set(Logger logger, Level level) {
        before.putIfAbsent(logger, logger.getLevel());
        logger.setLevel(level);
    }

    /** Begins; those loggers stay at WARN, and those of java.util.logging that begin like the last are not heard. */
    static Written begin(List<String> silent, List<String> silentInJava) {
        return new Written(silent, silentInJava);
    }

    private static Object[] texts(Object[] parameters) {
        return Arrays.stream(parameters).map(String::valueOf).toArray();
    }

    /** Adds what the product answered. */
    void add(String where, String text) {
        all.add(new Text(where, text));
    }

    /** Adds a failure with its causes. */
    void add(String where, Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            all.add(new Text(where, one.toString()));
        }
    }

    /** So many events were logged. */
    long events() {
        return events.get();
    }

    /** Who wrote one of those texts, with the first that was found, whatever its case. */
    Map<String, String> naming(List<String> marks) {
        List<Text> texts = new ArrayList<>(all);
        texts.add(new Text("standard output or error", printed.toString(StandardCharsets.UTF_8)));
        return texts.stream()
                .filter(text -> at(text.text(), marks) >= 0)
                .collect(Collectors.toMap(
                        Text::where, text -> around(text.text(), at(text.text(), marks)), (first, later) -> first));
    }

    private static int at(String text, List<String> marks) {
        String lower = text.toLowerCase(Locale.ROOT);
        return marks.stream()
                .mapToInt(mark -> lower.indexOf(mark.toLowerCase(Locale.ROOT)))
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        others.removeHandler(otherEars);
        others.setLevel(othersBefore);
        root.detachAppender(ears);
        before.forEach(Logger::setLevel);
        root.iteratorForAppenders().forEachRemaining(appender -> appender.clearAllFilters());
    }
}
