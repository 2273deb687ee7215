package io.consentbridge.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a log event as one JSON object on a line, with the run, sync and connection that it concerns as separate fields.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    private final boolean traces;

    /** @param traces whether exceptions are shown with their stack trace, or by their type alone */
    JsonLayout(boolean traces) {
        this.traces = traces;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        line.put("message", event.getFormattedMessage());
        event.getMDCPropertyMap().forEach(line::putIfAbsent);
        if (event.getThrowableProxy() != null) {
            line.put(
                    "exception",
                    traces
                            ? ThrowableProxyUtil.asString(event.getThrowableProxy())
                            : event.getThrowableProxy().getClassName());
        }
        return Visible.json(CommandContext.json(line)) + "\n";
    }
}
