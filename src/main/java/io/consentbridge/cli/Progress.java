package io.consentbridge.cli;

import io.consentbridge.api.RunProgress;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** One line on a terminal that says how far a run is; on standard error, so that results stay clean. */
final class Progress implements Consumer<RunProgress> {

    private static final int BAR = 30;
    /** One less than a terminal is wide, since some begin a new line after the last column. */
    private static final int LINE = 79;

    private final PrintWriter err;

    private Progress(PrintWriter err) {
        this.err = err;
    }

    /** A bar where a person is looking, else nothing. */
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
