package io.consentbridge.cli;

import io.consentbridge.api.PendingView;
import java.io.PrintWriter;

/** Lays out the open requests for consent. */
final class PendingText {

    private static final long DAY = 86_400;
    private static final long HOUR = 3_600;

    private PendingText() {}

    static void show(PendingView pending, PrintWriter out) {
        if (pending.totals().isEmpty()) {
            out.println("Nobody was asked yet.");
            return;
        }
        TextTable totals =
                new TextTable().left("CONNECTION", "PURPOSE", "STATE").right("REQUESTS");
        pending.totals().forEach(each -> totals.row(each.connection(), each.purpose(), each.state(), each.requests()));
        totals.print(out);
        out.println();
        if (pending.requests().isEmpty()) {
            out.println("No request is open.");
            return;
        }
        TextTable open = new TextTable()
                .right("AGE")
                .left("STATE", "PURPOSE", "VIA")
                .whole("RECORD")
                .remark("GROUND");
        pending.requests()
                .forEach(each -> open.row(
                        age(each.ageSeconds()),
                        each.state(),
                        each.purpose(),
                        each.via(),
                        each.module() + " " + each.record(),
                        each.ground()));
        open.print(out);
        if (pending.more()) {
            out.println("There are further ones. Name a purpose with --purpose.");
        }
    }

    private static String age(long seconds) {
        return seconds >= DAY ? seconds / DAY + "d" : seconds >= HOUR ? seconds / HOUR + "h" : seconds / 60 + "m";
    }
}
