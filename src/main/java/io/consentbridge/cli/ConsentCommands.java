package io.consentbridge.cli;

import io.consentbridge.api.ConsentTableView;
import io.consentbridge.api.ConsentTrial;
import io.consentbridge.api.ConsentTried;
import io.consentbridge.api.NoticeKept;
import io.consentbridge.api.PendingView;
import io.consentbridge.api.PurposeName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands about consent. */
@Command(
        name = "consent",
        description = "consent: the table of decisions, open requests, trials of asking, privacy notices")
final class ConsentCommands {

    private static final String WHICH = "only requests for this purpose (default: all)";

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    ConsentCommands(CommandContext desk) {
        this.desk = desk;
    }

    @Command(name = "try", description = "ask an address of your own for consent as a purpose asks, and nobody else")
    int tryOut(
            @Parameters(paramLabel = "PURPOSE", description = "name of a purpose that asks") String purpose,
            @Option(names = "--to", paramLabel = "ADDRESS", required = true, description = "your own address")
                    String address,
            @Option(
                            names = "--connection",
                            paramLabel = "NAME",
                            description = "where Campaigns asks, if syncs of several connections have the purpose")
                    String connection) {
        try (CommandContext.Reach reach = desk.toChange().reachZoho()) {
            ConsentTried tried = reach.operations().tryConsent(new ConsentTrial(purpose, address, connection));
            desk.tell(spec, tried, out -> {
                if (tried.list() != null) {
                    out.println("Campaigns asks the address to confirm, through the list \"" + tried.list()
                            + "\". Open its mail and confirm; `check` then tells that the trial succeeded.");
                    return;
                }
                out.println("The mail of " + tried.purpose() + " was sent. Open its link, which begins with "
                        + tried.url() + ", and press a button; `check` then tells that the trial succeeded.");
                if (!tried.served()) {
                    out.println("No runtime is up, so the page behind the link is not served. Start it first.");
                }
            });
        }
        return ExitStatus.DONE;
    }

    @Command(description = "fetch the privacy notice of a purpose and store its hash for consent records")
    int notice(@Parameters(paramLabel = "PURPOSE", description = "name of a purpose with a notice") String purpose) {
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            NoticeKept kept = reach.operations().keepNotice(new PurposeName(purpose));
            desk.tell(
                    spec,
                    kept,
                    out -> out.println("The notice of " + kept.purpose() + " (" + kept.url() + ", "
                            + Words.number(kept.bytes()) + " bytes) has the SHA-256 " + kept.hash() + "."));
        }
        return ExitStatus.DONE;
    }

    @Command(description = "the consent table that this program evaluates")
    int table() {
        ConsentTableView table = ConsentTableView.now();
        desk.tell(spec, table, out -> {
            out.println("Version " + table.version() + "; the first row that fits decides.");
            out.println();
            TextTable rows = new TextTable()
                    .whole("RULE")
                    .left("PURPOSE", "RECORD", "DETAILS", "SYNC")
                    .whole("DECISION");
            table.rows()
                    .forEach(row -> rows.row(
                            row.rule(), row.purpose(), row.record(), row.details(), row.sync(), row.decision()));
            rows.print(out);
        });
        return ExitStatus.DONE;
    }

    @Command(description = "open requests for consent: age, state and ground")
    int pending(@Option(names = "--purpose", paramLabel = "PURPOSE", description = WHICH) String purpose) {
        try (CommandContext.Reach reach = desk.reach()) {
            PendingView pending = reach.operations().pending(purpose);
            desk.tell(spec, pending, out -> PendingText.show(pending, out));
        }
        return ExitStatus.DONE;
    }
}
