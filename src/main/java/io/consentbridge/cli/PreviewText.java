package io.consentbridge.cli;

import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.PreviewView;
import java.io.PrintWriter;

/** Writes a preview for a reader at a terminal. */
record PreviewText(PrintWriter out) {

    /** @param all whether to include people for whom nothing would change */
    void tell(PreviewView preview, PreviewPages parts, boolean all) {
        parts.each(this::line);
        PreviewView.Totals totals = preview.totals();
        if (totals.total() > 0) {
            out.println();
        }
        new TextTable()
                .left("SYNC")
                .right("TOTAL", "NEW", "RE-ADDED", "DUPLICATE", "UPDATED", "LEFT", "DELETED", "IGNORED")
                .row(
                        preview.sync(),
                        totals.total(),
                        totals.added(),
                        totals.readded(),
                        totals.duplicate(),
                        totals.updated(),
                        totals.left(),
                        totals.deleted(),
                        totals.ignored().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .print(out);
        TextTable ignored = new TextTable().left("IGNORED BECAUSE").right("RECORDS");
        totals.ignored().forEach((reason, count) -> {
            if (count > 0) {
                ignored.row(reason, count);
            }
        });
        if (!ignored.isEmpty()) {
            out.println();
            ignored.print(out);
        }
        out.println();
        remarks(preview, all);
    }

    private void remarks(PreviewView preview, boolean all) {
        if (preview.unchanged() > 0 && !all) {
            out.println(Words.count(preview.unchanged(), "record") + " without changes; --all lists them.");
        }
        if (preview.createsList() != null) {
            out.println("The mailing list \"" + Visible.line(preview.createsList()) + "\" would be created.");
        }
        preview.createsFields()
                .forEach(field -> out.println("The contact field \"" + Visible.line(field) + "\" would be created."));
        if (preview.waiting() > 0) {
            out.println((preview.waiting() == 1
                            ? "1 delivery of earlier runs is pending"
                            : Words.number(preview.waiting()) + " deliveries of earlier runs are pending")
                    + " and will be sent in any case.");
        }
        if (preview.message() != null) {
            out.println(Visible.line(preview.message()));
        }
        out.println("Nothing was changed; " + Words.count(preview.calls().crm(), "call") + " to the CRM and "
                + Words.number(preview.calls().campaigns()) + " to Campaigns were made for reading.");
    }

    private void line(PreviewLine line) {
        String who = line.person() == null ? "record " + line.record() : Visible.line(line.person());
        out.println(what(line) + "  " + who + "  " + line.decision()
                + (line.reason() == null || line.reason().isEmpty() ? "" : ": " + Visible.line(line.reason())));
        boolean known = line.formerKnown();
        for (PreviewLine.Field field : line.fields()) {
            if (field.changes()) {
                out.println("    " + Visible.line(field.field()) + ": " + change(field, known));
            } else if (field.becomes() == null) {
                out.println("    " + Visible.line(field.field()) + ": " + shown(field.was()) + " (stays as it is)");
            }
        }
    }

    private static String what(PreviewLine line) {
        if (line.braked()) {
            return "braked";
        }
        if (line.action() == null) {
            return line.ignored() == null ? "unchanged" : "ignored " + line.ignored();
        }
        return switch (line.action()) {
            case "unsubscribe" -> "leaves " + Visible.line(line.list());
            case "do-not-mail" -> "moved to Do-Not-Mail";
            default ->
                switch (line.outcome()) {
                    case "duplicate" -> "update";
                    case "ignored" -> "asked for consent";
                    default -> line.outcome();
                };
        };
    }

    private static String change(PreviewLine.Field field, boolean known) {
        String becomes = shown(field.becomes());
        if (field.was() == null) {
            return known ? becomes : "(not known) → " + becomes;
        }
        return shown(field.was()) + " → " + becomes;
    }

    private static String shown(String value) {
        return value == null || value.isEmpty() ? "(empty)" : Visible.line(value);
    }
}
