package io.consentbridge.cli;

import io.consentbridge.api.QuotaView;
import java.io.PrintWriter;

/** Writes quotas and limits for a reader at a terminal. */
record QuotaText(Words words) {

    void print(QuotaView quota, PrintWriter out) {
        String gap = "";
        for (QuotaView.OfConnection connection : quota.connections()) {
            out.print(gap);
            out.println("connection " + connection.connection());
            if (connection.heldUntil() != null) {
                out.println("backing off until " + words.time(connection.connection(), connection.heldUntil()) + ": "
                        + text(connection, connection.heldBecause()));
            }
            connection
                    .heldLists()
                    .forEach(held -> out.println("held: the list \"" + Visible.line(held.list()) + "\": "
                            + text(connection, held.because())
                            + (held.triedAt() == null
                                    ? ""
                                    : "; next try " + words.time(connection.connection(), held.triedAt()))));
            print(methods(connection), out);
            print(waiting(connection), out);
            print(limits(connection), out);
            print(next(connection), out);
            gap = System.lineSeparator();
        }
    }

    private String text(QuotaView.OfConnection connection, String text) {
        return Visible.line(words.timesIn(connection.connection(), text));
    }

    private TextTable methods(QuotaView.OfConnection connection) {
        TextTable table = new TextTable()
                .left("METHOD", "WINDOW")
                .right("USED", "LIMIT")
                .whole("LOCKED UNTIL")
                .remark("BECAUSE");
        for (QuotaView.OfMethod method : connection.methods()) {
            String until = words.time(connection.connection(), method.lockedUntil());
            String because = method.lockedBecause() == null ? "" : text(connection, method.lockedBecause());
            for (QuotaView.Window window : method.windows()) {
                table.row(
                        method.method(), Words.window(window.seconds()), window.used(), window.limit(), until, because);
                // Each method counts once, however many windows it has.
                because = "";
            }
            if (method.windows().isEmpty() && method.lockedUntil() != null) {
                table.row(method.method(), null, null, null, until, because);
            }
        }
        return table;
    }

    private TextTable waiting(QuotaView.OfConnection connection) {
        TextTable table =
                new TextTable().left("WAITING").right("DELIVERIES", "HELD").whole("DONE BY");
        connection
                .waiting()
                .forEach(waiting -> table.row(
                        waiting.action(),
                        waiting.deliveries(),
                        waiting.held(),
                        words.time(connection.connection(), waiting.throughAt())));
        return table;
    }

    private static TextTable limits(QuotaView.OfConnection connection) {
        TextTable table = new TextTable().left("RULE", "SYNC").right("USED", "LIMIT");
        connection
                .runs()
                .forEach(limit -> table.row(
                        limit.rule(), limit.sync(), limit.used(), limit.limit() == 0 ? "off" : limit.limit()));
        return table;
    }

    private TextTable next(QuotaView.OfConnection connection) {
        TextTable table =
                new TextTable().left("NEXT RUN OF", "STATE").whole("AT").remark("BECAUSE");
        connection
                .next()
                .forEach(next -> table.row(
                        next.sync(),
                        next.state(),
                        words.next(next.zone(), next.at()),
                        text(connection, next.because())));
        return table;
    }

    private static void print(TextTable table, PrintWriter out) {
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }
}
