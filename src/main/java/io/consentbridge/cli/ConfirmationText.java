package io.consentbridge.cli;

import io.consentbridge.api.ConfirmationsView;
import java.io.PrintWriter;
import java.util.List;

/** Shows requests for consent on a terminal. */
final class ConfirmationText {

    private ConfirmationText() {}

    /** A row for each purpose, with the requests by what became of them. */
    static void table(List<ConfirmationsView> purposes, PrintWriter out) {
        TextTable table = new TextTable()
                .left("PURPOSE")
                .right("REQUESTED", "WAITING", "SENT", "CONFIRMED", "REFUSED", "EXPIRED", "BOUNCED");
        for (ConfirmationsView one : purposes) {
            table.row(
                    one.purpose(),
                    one.requested(),
                    one.waiting(),
                    one.sent(),
                    one.confirmed(),
                    one.refused(),
                    one.expired(),
                    one.bounced());
        }
        table.print(out);
    }
}
