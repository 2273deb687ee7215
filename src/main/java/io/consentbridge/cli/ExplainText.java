package io.consentbridge.cli;

import io.consentbridge.api.ExplainView;
import io.consentbridge.consent.Person;
import java.io.PrintWriter;
import java.util.Map;

/** Writes everything about one person, for a reader at a terminal. */
record ExplainText(Words words) {

    private static final Map<String, String> ORIGINS = Map.of(
            "consentbridge", "ConsentBridge, see below",
            "campaigns", "unsubscribed or bounced in Campaigns",
            "reply", "reply of Campaigns to a delivery",
            "manual", "an operator, by person suppress",
            "erased", "the person is being erased",
            "former-address", "an earlier address of the person");
    private static final String CONFIRMATION = "confirmation:";

    void show(ExplainView person, PrintWriter out) {
        out.println(Visible.line(person.person()));
        if (person.unknown()) {
            out.println(nobody(person.person()));
            return;
        }
        print("Must not be mailed", suppressions(person), out);
        print("Lists", memberships(person), out);
        removed(person, out);
        listedAs(person, out);
        fields(person, out);
        print("Records of the person", records(person), out);
        print("Records with an earlier or later address", moves(person), out);
        print("Outcomes", outcomes(person), out);
        print("Pending deliveries", waiting(person), out);
        print("Dead letters", deadLetters(person), out);
        print("Requests for consent", requests(person), out);
        print("Updates of the records in the CRM", updates(person), out);
        print("Workflows after a confirmation", starts(person), out);
        print("Decisions", ledger(person), out);
    }

    /** Says that nobody is known; names are stored only of people of whom something was delivered. */
    private static String nobody(String asked) {
        if (asked.contains("@")) {
            return "No record of this address.";
        }
        return asked.matches("[0-9]+")
                ? "No record of this id. Try the address of the person."
                : "Nothing was delivered to a person of this name. Try the address or the id of the record.";
    }

    private TextTable suppressions(ExplainView person) {
        TextTable table =
                new TextTable().left("REASON").whole("SINCE").left("WHERE").remark("SOURCE");
        person.suppressions()
                .forEach(each -> table.row(
                        each.reason(),
                        words.time(each.connection(), each.since()),
                        each.list() == null ? "every list of " + each.connection() : each.list(),
                        origin(each.origin())));
        return table;
    }

    /** Returns the origin in words: "crm:Leads:2" is record 2 of Leads; the other words are those of {@code Suppression}. */
    static String origin(String origin) {
        if (origin.startsWith(CONFIRMATION)) {
            return "refused when asked for consent to " + origin.substring(CONFIRMATION.length());
        }
        String[] parts = origin.split(":", 3);
        if (parts.length == 3) {
            return "record " + parts[2] + " of " + parts[1] + " in the CRM";
        }
        return ORIGINS.getOrDefault(origin, origin);
    }

    private TextTable requests(ExplainView person) {
        TextTable table = new TextTable()
                .left("PURPOSE", "STATE")
                .whole("ASKED", "SENT", "ANSWERED", "ENDS")
                .remark("GROUND");
        person.requests()
                .forEach(each -> table.row(
                        each.purpose(),
                        each.state() + (each.because() == null ? "" : " (" + each.because() + ")"),
                        words.time(each.connection(), each.requested()),
                        words.time(each.connection(), each.sent()),
                        words.time(each.connection(), each.answered()),
                        words.time(each.connection(), each.expires()),
                        each.ground() + " (via " + each.via() + (each.reminded() ? ", reminded" : "") + ")"));
        return table;
    }

    private TextTable memberships(ExplainView person) {
        TextTable table = new TextTable().left("LIST", "ACTIVE").whole("DELIVERED", "SEEN THERE");
        person.memberships()
                .forEach(each -> table.row(
                        each.list(),
                        active(each),
                        words.time(each.connection(), each.deliveredAt()),
                        words.time(each.connection(), each.seenAt())));
        return table;
    }

    private static String active(ExplainView.Membership known) {
        if (known.askedAt() != null) {
            return "no, asked to confirm";
        }
        return known.unsure() ? "unknown" : known.active() ? "yes" : "no";
    }

    private void removed(ExplainView person, PrintWriter out) {
        person.memberships().stream().filter(each -> each.removed() != null).forEach(each -> {
            out.println();
            out.println(Visible.line(each.list() + ": " + words.timesIn(each.connection(), each.removed())));
        });
    }

    private static void listedAs(ExplainView person, PrintWriter out) {
        person.memberships().stream().filter(each -> !each.listedAs().isEmpty()).forEach(each -> {
            out.println();
            out.println("Spellings under which Campaigns lists the person on " + Visible.line(each.list()));
            each.listedAs().forEach(spelling -> out.println("  " + Visible.line(visible(spelling))));
        });
    }

    /** Returns the spelling with each invisible character as its number, such as {@code <U+200B>}. */
    private static String visible(String spelling) {
        StringBuilder shown = new StringBuilder();
        spelling.codePoints().forEach(point -> {
            boolean seen = new Person(Character.toString(point)).address().length() > 0;
            shown.append(seen ? Character.toString(point) : "<U+%04X>".formatted(point));
        });
        return shown.toString();
    }

    private static void fields(ExplainView person, PrintWriter out) {
        person.memberships().stream().filter(each -> !each.fields().isEmpty()).forEach(each -> {
            out.println();
            out.println("Last delivered to " + Visible.line(each.list()));
            Facts facts = new Facts();
            each.fields().forEach(facts::add);
            facts.print(out);
        });
    }

    private TextTable records(ExplainView person) {
        TextTable table =
                new TextTable().left("SYNC").whole("RECORD").left("DECISION").whole("MODIFIED");
        person.records()
                .forEach(each -> table.row(
                        each.sync(), each.record(), each.decision(), words.time(each.connection(), each.modified())));
        return table;
    }

    private static TextTable moves(ExplainView person) {
        TextTable table = new TextTable().left("SYNC").whole("RECORD", "FROM", "TO");
        person.moves().forEach(each -> table.row(each.sync(), each.record(), each.earlier(), each.later()));
        return table;
    }

    private TextTable outcomes(ExplainView person) {
        TextTable table = new TextTable()
                .whole("RUN", "RECORD")
                .left("DECISION", "OUTCOME")
                .remark("WHY");
        person.outcomes()
                .forEach(each -> table.row(
                        each.run(),
                        each.record(),
                        each.decision(),
                        each.reason() == null ? each.outcome() : each.outcome() + ": " + each.reason(),
                        words.timesIn(each.connection(), each.detail())));
        return table;
    }

    private TextTable waiting(ExplainView person) {
        TextTable table = new TextTable()
                .left("LIST", "ACTION")
                .whole("DUE", "RUN")
                .right("ROUNDS")
                .remark("WHY");
        person.waiting()
                .forEach(each -> table.row(
                        each.list(),
                        each.action(),
                        each.held() ? "held" : words.time(each.connection(), each.due()),
                        each.run(),
                        each.rounds(),
                        each.because()));
        return table;
    }

    private TextTable deadLetters(ExplainView person) {
        TextTable table = new TextTable()
                .right("ID")
                .left("LIST", "ACTION", "STATE")
                .whole("SINCE")
                .remark("CAUSE");
        person.deadLetters()
                .forEach(each -> table.row(
                        each.id(),
                        each.list(),
                        each.action(),
                        each.replaying() ? "replaying" : "parked",
                        words.time(each.connection(), each.parkedAt()),
                        each.cause()));
        return table;
    }

    private TextTable updates(ExplainView person) {
        TextTable table = new TextTable()
                .whole("RECORD")
                .left("MODULE", "FIELDS", "STATE")
                .whole("SINCE")
                .left("BECAUSE")
                .remark("REMARK");
        person.updates()
                .forEach(each -> table.row(
                        each.record(),
                        each.module(),
                        String.join(", ", each.fields()),
                        each.state(),
                        words.time(each.connection(), each.settledAt()),
                        each.because(),
                        each.remark()));
        return table;
    }

    private TextTable starts(ExplainView person) {
        TextTable table = new TextTable()
                .left("WORKFLOW", "PURPOSE", "LIST", "STATE")
                .whole("SINCE")
                .remark("REMARK");
        person.starts()
                .forEach(each -> table.row(
                        each.workflow(),
                        each.purpose(),
                        each.list(),
                        each.state(),
                        words.time(each.connection(), each.settledAt()),
                        each.remark()));
        return table;
    }

    private TextTable ledger(ExplainView person) {
        TextTable table = new TextTable()
                .whole("WHEN")
                .left("PURPOSE", "SYNC")
                .whole("RECORD")
                .left("DECISION")
                .remark("WHY");
        person.ledger()
                .forEach(each -> table.row(
                        words.time(each.connection(), each.at()),
                        each.purpose(),
                        each.sync(),
                        each.record(),
                        each.decision(),
                        each.why()));
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
