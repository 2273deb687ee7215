package io.consentbridge.cli;

import io.consentbridge.api.PendingView;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
        if (pending.requests().isEmpty()) {
            out.println();
            out.println("No request is open.");
            return;
        }
        Map<String, List<PendingView.Open>> byGround = pending.requests().stream()
                .collect(Collectors.groupingBy(PendingView.Open::ground, LinkedHashMap::new, Collectors.toList()));
        byGround.forEach((ground, requests) -> {
            out.println();
            out.println("Ground: " + Visible.line(ground));
            TextTable open =
                    new TextTable().right("AGE").left("STATE", "PURPOSE", "VIA").whole("RECORD");
            requests.forEach(each -> open.row(
                    age(each.ageSeconds()),
                    each.state(),
                    each.purpose(),
                    each.via(),
                    each.module() + " " + each.record()));
            open.print(out);
        });
        if (pending.more()) {
            out.println();
            out.println("There are further ones. Name a purpose with --purpose.");
        }
    }

    private static String age(long seconds) {
        return seconds >= DAY ? seconds / DAY + "d" : seconds >= HOUR ? seconds / HOUR + "h" : seconds / 60 + "m";
    }
}
