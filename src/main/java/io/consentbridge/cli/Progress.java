package io.consentbridge.cli;

import io.consentbridge.api.RunProgress;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Shows a run's progress on one line of a terminal, on standard error, so that results stay clean. */
final class Progress implements Consumer<RunProgress> {

    private static final int BAR = 30;
    /** One less than the width of a terminal, because some begin a new line after the last column. */
    private static final int LINE = 79;

    private final PrintWriter err;

    private Progress(PrintWriter err) {
        this.err = err;
    }

    /** Returns a progress bar where a person watches, otherwise a consumer that does nothing. */
    static Consumer<RunProgress> on(PrintWriter err, boolean visible) {
        return visible ? new Progress(err) : run -> {};
    }

    @Override
    public void accept(RunProgress run) {
        String line = run.over() ? "" : line(run);
        err.print("\r" + line + " ".repeat(LINE - line.length()) + "\r" + line);
        err.flush();
    }

    private static String line(RunProgress run) {
        long done = run.total() - run.waiting();
        String state = run.state().equals("reading")
                ? "reading, " + Words.count(run.total(), "record")
                : bar(done, run.total()) + " " + Words.number(done) + " of " + Words.number(run.total());
        String line = Visible.line(run.sync()) + "  " + state;
        return line.length() > LINE ? line.substring(0, LINE) : line;
    }

    private static String bar(long done, long total) {
        int filled = total == 0 ? 0 : (int) (BAR * done / total);
        return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
    }
}
