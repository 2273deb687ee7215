package io.consentbridge.cli;

import io.consentbridge.api.ExplainView;
import io.consentbridge.api.PersonReleased;
import io.consentbridge.api.PersonSuppressed;
import java.io.PrintWriter;

/** Lays out what was done for one person. */
final class PersonText {

    private final Words words;

    PersonText(Words words) {
        this.words = words;
    }

    static void show(PersonSuppressed done, PrintWriter out) {
        done.suppressed().forEach(where -> out.println("Suppressed on " + where(where)));
        done.leaving()
                .forEach(leaving ->
                        out.println("Leaves " + Visible.line(leaving.list()) + " (" + leaving.action() + ")"));
        if (done.leaving().isEmpty()) {
            out.println("The person is on no list that is known.");
        }
    }

    void show(PersonReleased done, PrintWriter out) {
        if (done.released().isEmpty()) {
            out.println("No suppression by hand is known here.");
        }
        done.released().forEach(where -> out.println("Released on " + where(where)));
        if (!done.remaining().isEmpty()) {
            out.println();
            out.println("The person still must not be mailed");
            TextTable table =
                    new TextTable().left("REASON").whole("SINCE").left("WHERE").remark("SOURCE");
            done.remaining()
                    .forEach(each -> table.row(
                            each.reason(),
                            words.time(each.connection(), each.since()),
                            where(each),
                            ExplainText.origin(each.origin())));
            table.print(out);
        }
    }

    private static String where(PersonSuppressed.Where where) {
        return where.list() == null ? "every list of " + where.connection() : Visible.line(where.list());
    }

    private static String where(ExplainView.Suppressed each) {
        return each.list() == null ? "every list of " + each.connection() : each.list();
    }
}
