package io.consentbridge.cli;

import io.consentbridge.api.RunView;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Writes runs for a reader at a terminal (B69-B83). */
record RunText(Words words) {

    /** Writes one line for each run. */
    void list(List<RunView> runs, PrintWriter out) {
        if (runs.isEmpty()) {
            out.println("No run yet.");
            return;
        }
        TextTable table = new TextTable()
                .whole("STARTED")
                .left("SYNC", "STATE")
                .whole("RUN")
                .right("TOTAL", "NEW", "RE-ADDED", "DUPLICATE", "LEFT", "DELETED", "DEAD", "IGNORED");
        for (RunView run : runs) {
            table.row(
                    words.time(run.connection(), run.startedAt()),
                    run.title(),
                    run.state(),
                    run.run(),
                    run.total(),
                    run.added(),
                    run.readded(),
                    run.duplicate(),
                    run.left(),
                    run.deleted(),
                    run.deadLettered(),
                    run.ignoredTotal());
        }
        table.print(out);
    }

    /** Writes one run with everything that is known about it. */
    void show(RunView run, PrintWriter out) {
        new Facts()
                .add("run", run.run())
                .add("sync", run.part() == null ? run.sync() : run.title() + " (" + run.sync() + ")")
                .add("state", run.state())
                .add("message", words.timesIn(run.connection(), run.message()))
                .add("connection", run.connection())
                .add("cause", run.cause() + (run.full() ? ", all data" : ""))
                .add("started", words.time(run.connection(), run.startedAt()))
                .add("finished", words.time(run.connection(), run.finishedAt()))
                .add("took", took(run))
                .lines("parts", parts(run))
                .add("pending", run.pending() == 0 ? null : run.pending())
                .print(out);
        summary(List.of(run), out);
    }

    /** Writes what several runs did, as one table after another. */
    void summary(List<RunView> runs, PrintWriter out) {
        out.println();
        counters(runs).print(out);
        print("Ignored", ignored(runs), out);
        print("Decisions of consent", decisions(runs), out);
        print("On the list, before the run subscribed anybody", audience(runs), out);
        print("Calls to Zoho", calls(runs), out);
        deadLetters(runs, out);
        for (RunView run : runs) {
            if (!run.completed() && run.message() != null) {
                out.println();
                String subject = run.title() + ": ";
                String message =
                        run.message().startsWith(subject) ? run.message().substring(subject.length()) : run.message();
                out.println(subject + run.state() + ": " + Visible.line(words.timesIn(run.connection(), message)));
            }
        }
    }

    private static void deadLetters(List<RunView> runs, PrintWriter out) {
        long dead = runs.stream().mapToLong(RunView::deadLettered).sum();
        if (dead > 0) {
            out.println();
            out.println(Words.count(dead, "record") + " dead-lettered: not delivered, and not retried automatically.");
            out.println("See what failed with: consentbridge dead-letters list");
        }
    }

    private static TextTable counters(List<RunView> runs) {
        TextTable table = new TextTable()
                .left("SYNC", "STATE")
                .right("TOTAL", "NEW", "RE-ADDED", "DUPLICATE", "UPDATED", "LEFT", "DELETED", "DEAD", "IGNORED");
        for (RunView run : runs) {
            table.row(
                    run.title(),
                    run.state(),
                    run.total(),
                    run.added(),
                    run.readded(),
                    run.duplicate(),
                    run.updated(),
                    run.left(),
                    run.deleted(),
                    run.deadLettered(),
                    run.ignoredTotal());
        }
        return table;
    }

    private static TextTable ignored(List<RunView> runs) {
        TextTable table = new TextTable().left("SYNC", "REASON").right("RECORDS");
        for (RunView run : runs) {
            run.ignored().forEach((reason, count) -> {
                if (count > 0) {
                    table.row(run.title(), reason, count);
                }
            });
        }
        return table;
    }

    private static TextTable decisions(List<RunView> runs) {
        TextTable table =
                new TextTable().left("SYNC", "DECISION").right("RECORDS").remark("WHY");
        for (RunView run : runs) {
            run.decisions().forEach(made -> table.row(run.title(), made.decision(), made.records(), made.why()));
        }
        return table;
    }

    private static TextTable audience(List<RunView> runs) {
        TextTable table = new TextTable().left("SYNC").right("ACTIVE", "NOT OURS", "MISSING", "REFUSED");
        runs.stream()
                .filter(run -> run.audience() != null)
                .forEach(run -> table.row(
                        run.title(),
                        run.audience().active(),
                        run.audience().notOurs(),
                        run.audience().missing(),
                        run.audience().refusing()));
        return table;
    }

    private static TextTable calls(List<RunView> runs) {
        TextTable table = new TextTable().left("SYNC").right("ACCOUNTS", "CRM", "CAMPAIGNS");
        runs.forEach(run -> table.row(
                run.title(),
                run.calls().accounts(),
                run.calls().crm(),
                run.calls().campaigns()));
        return table;
    }

    private static void print(String title, TextTable table, PrintWriter out) {
        if (!table.isEmpty()) {
            out.println();
            out.println(title);
            table.print(out);
        }
    }

    private static List<String> parts(RunView run) {
        return run.parts().stream()
                .map(part -> part.part() + ": " + part.state() + ", " + Words.count(part.total(), "record") + ", run "
                        + part.run())
                .toList();
    }

    private static String took(RunView run) {
        return run.finishedAt() == null ? null : Words.duration(Duration.between(run.startedAt(), run.finishedAt()));
    }
}
