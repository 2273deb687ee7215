package io.consentbridge.cli;

import io.consentbridge.api.QuotaView;
import io.consentbridge.api.StatusView;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the state of an installation for a reader at a terminal: what needs attention first, then the figures. */
record StatusText(Words words) {

    void print(StatusView status, PrintWriter out) {
        if (status.schedules()) {
            out.println("Runtime:   up");
        } else if (status.runtime()) {
            out.println("Runtime:   running, but only for commands: no schedules");
        } else {
            out.println("Runtime:   none is running here: schedules do not run and pending deliveries are");
            out.println("           not sent. Start it with: consentbridge start");
        }
        out.println("Database:  " + (status.database() == null ? "none yet; start creates one" : status.database()));
        out.println();
        List<String> attention = attention(status);
        out.println(attention.isEmpty() ? "Nothing needs attention." : "Needs attention");
        attention.stream().map(Visible::line).forEach(out::println);
        print("Connections", connections(status.connections()), out);
        print("Pending deliveries", waiting(status.connections()), out);
        print("People on lists", lists(status.lists()), out);
        print("Syncs", syncs(status.syncs()), out);
    }

    private List<String> attention(StatusView status) {
        List<String> lines = new ArrayList<>();
        status.connections().forEach(connection -> attention(connection, lines));
        status.lists().stream().filter(list -> list.heldBecause() != null).forEach(list -> lines.add(held(list)));
        status.lists().stream().filter(list -> list.waitsUntil() != null).forEach(list -> lines.add(waits(list)));
        for (StatusView.OfSync sync : status.syncs()) {
            sync.braked().forEach(braked -> lines.add(braked(braked)));
            if (sync.lastRun() != null && sync.lastRun().state().equals("failed")) {
                lines.add(failed(sync, status.lists()));
            }
        }
        return lines;
    }

    private void attention(StatusView.OfConnection connection, List<String> lines) {
        String subject = connection.connection() + ": ";
        if (connection.missingScopes() != null) {
            connection
                    .missingScopes()
                    .forEach(missing ->
                            lines.add(missing + ". Set a credential that has it, then run:" + " consentbridge check"));
        }
        if (connection.heldUntil() != null) {
            lines.add(subject + "backing off until "
                    + words.time(connection.connection(), connection.heldUntil())
                    + ": "
                    + words.timesIn(connection.connection(), connection.heldBecause()));
        }
        for (StatusView.Locked locked : connection.locked()) {
            lines.add(subject + locked.method() + " is locked until "
                    + words.time(connection.connection(), locked.until())
                    + (locked.because() == null
                            ? ""
                            : ": " + words.timesIn(connection.connection(), locked.because())));
        }
        if (connection.deadLetters() > 0) {
            lines.add(subject + Words.count(connection.deadLetters(), "dead letter")
                    + ". See: consentbridge dead-letters list");
        }
        if (connection.unknownWords() > 0) {
            lines.add(subject + people(connection.unknownWords())
                    + " withheld by an unknown word for the lawful basis. See the words with: consentbridge check");
        }
    }

    private String held(StatusView.OfList list) {
        return "list \"%s\" of %s is held: %s%s"
                .formatted(
                        list.list(),
                        list.connection(),
                        words.timesIn(list.connection(), list.heldBecause()),
                        list.triedAt() == null ? "" : "; next try " + words.time(list.connection(), list.triedAt()));
    }

    private String waits(StatusView.OfList list) {
        return ("list \"%s\" of %s: subscriptions wait until %s, because Zoho locked a preparing call or its quota"
                        + " is used up; they resume automatically")
                .formatted(list.list(), list.connection(), words.time(list.connection(), list.waitsUntil()));
    }

    private static String braked(StatusView.Braked braked) {
        return "%s: the brake holds %s who would leave. To release them: consentbridge sync run %s --allow-removals %s"
                .formatted(braked.sync(), people(braked.people()), braked.sync(), braked.people());
    }

    private static String people(long number) {
        return number == 1 ? "1 person" : Words.number(number) + " people";
    }

    /** Returns the failure, unless one of the lists already says it. */
    private static String failed(StatusView.OfSync sync, List<StatusView.OfList> lists) {
        String subject = sync.sync() + ": ";
        String message = sync.message() == null ? "run " + sync.lastRun().run() : sync.message();
        boolean told =
                lists.stream().anyMatch(list -> list.heldBecause() != null && message.contains(list.heldBecause()));
        return subject + "the last run failed"
                + (told
                        ? ", because its list is held"
                        : ": "
                                + Words.timesOf(
                                        sync.zone(),
                                        message.startsWith(subject) ? message.substring(subject.length()) : message));
    }

    private static TextTable connections(List<StatusView.OfConnection> connections) {
        TextTable table = new TextTable().left("CONNECTION", "TIME ZONE", "CREDENTIAL", "SCOPES");
        connections.forEach(connection -> table.row(
                connection.connection(),
                connection.zone(),
                connection.credential() ? "given" : "not given here",
                scopes(connection.missingScopes())));
        return table;
    }

    private static String scopes(List<String> missing) {
        if (missing == null) {
            return "not known, see check";
        }
        return missing.isEmpty() ? "all that the files need" : missing.size() + " missing";
    }

    private TextTable waiting(List<StatusView.OfConnection> connections) {
        TextTable table = new TextTable().left("CONNECTION").whole("BACKING OFF UNTIL");
        connections.stream()
                .limit(1)
                .flatMap(connection -> connection.waiting().stream())
                .forEach(waiting -> table.right(waiting.action().toUpperCase(Locale.ROOT)));
        table.right("HELD", "DEAD LETTERS");
        for (StatusView.OfConnection connection : connections) {
            List<Object> row = new ArrayList<>();
            row.add(connection.connection());
            row.add(words.time(connection.connection(), connection.heldUntil()));
            connection.waiting().forEach(waiting -> row.add(waiting.deliveries()));
            row.add(connection.waiting().stream()
                    .mapToLong(QuotaView.Waiting::held)
                    .sum());
            row.add(connection.deadLetters());
            table.row(row.toArray());
        }
        return table;
    }

    private TextTable lists(List<StatusView.OfList> lists) {
        TextTable table = new TextTable()
                .left("LIST", "CONNECTION", "HELD")
                .right("OURS", "NOT OURS", "MISSING", "LEFT")
                .whole("READ");
        lists.forEach(list -> table.row(
                list.list(),
                list.connection(),
                list.heldBecause() == null ? "no" : "yes",
                list.ours(),
                list.notOurs(),
                list.missing(),
                list.left(),
                words.time(list.connection(), list.readAt())));
        return table;
    }

    private TextTable syncs(List<StatusView.OfSync> syncs) {
        TextTable table = new TextTable()
                .left("SYNC", "STATE")
                .whole("LAST RUN")
                .left("RESULT")
                .whole("NEXT RUN")
                .right("BRAKED")
                .remark("BECAUSE");
        syncs.forEach(sync -> table.row(
                sync.sync(),
                sync.state(),
                sync.lastRun() == null
                        ? null
                        : Words.timeIn(sync.zone(), sync.lastRun().startedAt()),
                sync.lastRun() == null ? null : sync.lastRun().state(),
                words.next(sync.zone(), sync.nextRun()),
                sync.braked().stream().mapToLong(StatusView.Braked::people).sum(),
                Words.timesOf(sync.zone(), sync.because())));
        return table;
    }

    private static void print(String title, TextTable table, PrintWriter out) {
        if (!table.isEmpty()) {
            out.println();
            out.println(title);
            table.print(out);
        }
    }
}
