package io.consentbridge.cli;

import io.consentbridge.api.RecordsView;
import java.io.PrintWriter;

/** Writes records of a run for a reader at a terminal (B69). */
record RecordsText(Words words) {

    void print(RecordsView page, PrintWriter out) {
        if (page.records().isEmpty()) {
            out.println("No such record.");
            return;
        }
        TextTable table = new TextTable()
                .whole("RECORD", "E-MAIL")
                .left("OUTCOME", "REASON")
                .remark("WHY");
        page.records()
                .forEach(record -> table.row(
                        record.record(),
                        record.email(),
                        record.outcome() + (record.updated() ? ", updated" : ""),
                        record.reason(),
                        words.timesIn(page.connection(), record.detail())));
        table.print(out);
        if (page.next() != null) {
            out.println();
            out.println("More follow: repeat with --after " + page.next());
        }
    }
}
