package io.consentbridge.cli;

import io.consentbridge.api.ExplainView;
import io.consentbridge.api.PersonErasure;
import io.consentbridge.api.PersonExported;
import io.consentbridge.api.PersonReleased;
import io.consentbridge.api.PersonSuppressed;
import io.consentbridge.person.HeldData;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

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

    static void show(PersonExported done, PrintWriter out) {
        out.println("Exported to " + Visible.line(done.folder()) + ", readable by its owner only:");
        show(done.rows(), out);
        out.println("  " + Words.count(done.entries(), "entry", "entries") + " of the ledger, with proofs");
    }

    static void show(PersonErasure erasure, PrintWriter out) {
        if (erasure.done()) {
            out.println(
                    erasure.again()
                            ? "This person was erased before, and nothing was stored about them since. They are refused when"
                                    + " the CRM brings them."
                            : "Everything that was stored here about the person is removed.");
        } else {
            out.println("The erasure began and goes on by itself. It waits:");
            erasure.waitsFor().forEach(reason -> out.println("  " + Visible.line(reason)));
            out.println("To see how far it is, run the same command again.");
        }
        erasure.leaving()
                .forEach(leaving -> out.println((erasure.done() ? "Left " : "Leaves ") + Visible.line(leaving.list())
                        + " (" + leaving.action() + ")"));
        if (!erasure.removed().isEmpty()) {
            out.println(erasure.again() ? "Removed then:" : "Removed:");
            show(erasure.removed(), out);
        }
        if (erasure.done()) {
            out.println("Their entries in the ledger stay, and nobody can tell any more whom they concern: the key is"
                    + " destroyed.");
        }
        part("CRM records of the person", erasure.records(), out);
        part(
                "Other addresses of these records, each a person of its own: erase them too if they are theirs",
                erasure.others(),
                out);
        part(
                "Lists of connections that are no longer in the files: take the person off them in Zoho Campaigns",
                erasure.unreachable().stream()
                        .map(where -> where.list() + " of " + where.connection())
                        .toList(),
                out);
        part("To be done by hand", erasure.byHand(), out);
    }

    private static void show(Map<String, Integer> rows, PrintWriter out) {
        rows.forEach((table, number) -> out.println("  " + HeldData.words(table) + ": " + number));
    }

    private static void part(String title, List<String> lines, PrintWriter out) {
        if (!lines.isEmpty()) {
            out.println();
            out.println(title);
            lines.forEach(line -> out.println("  " + Visible.line(line)));
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
