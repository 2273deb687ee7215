package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RecordsView;
import io.consentbridge.api.RunView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows past runs, and the people behind their numbers (B69-B83). */
@Command(
        name = "history",
        description = "runs, newest first; one run with all its counters; or the people behind its counters")
final class HistoryCommand implements Callable<Integer> {

    /** The number of records in a page when all are requested. */
    private static final int CSV_PAGE = 2_000;

    private final CommandContext desk;

    private static final String LAST = "last";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "only runs of this sync")
    private String name;

    @Option(names = "--run", paramLabel = "ID", description = "this run, or last, with reasons, decisions and calls")
    private String run;

    @Option(names = "--records", description = "the run's records, each with its person and outcome")
    private boolean records;

    @Option(
            names = "--outcome",
            paramLabel = "WORD",
            description = "only records that are new, readded, duplicate, updated, deleted, ignored, dead-lettered"
                    + " or pending")
    private String outcome;

    @Option(
            names = "--reason",
            paramLabel = "WORD",
            description = "only records that were ignored for this reason, such as invalid-pattern")
    private String reason;

    @Option(names = "--csv", paramLabel = "FILE", description = "write all of these records to a new CSV file")
    private Path csv;

    @Option(
            names = "--excel",
            description = "with --csv: a format for spreadsheets, with name, list and time; plain CSV is for programs")
    private boolean excel;

    @Option(
            names = "--after",
            paramLabel = "ID",
            description = "continue after this run, or after this record of" + " --run")
    private String after;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "the maximum number (default: 20)")
    private int limit;

    HistoryCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        boolean people = records || outcome != null || reason != null || csv != null;
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, not " + limit);
        }
        if (excel && csv == null) {
            throw new ParameterException(spec.commandLine(), "--excel needs --csv FILE. Name a file");
        }
        if (people && run == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--records, --outcome, --reason and --csv show one run. Choose it with --run ID");
        }
        try (CommandContext.Reach reach = desk.reach()) {
            if (LAST.equals(run)) {
                run = last(reach.operations());
            }
            if (name != null && run != null) {
                checkOwner(reach.operations().run(run).sync());
            }
            if (csv != null) {
                export(reach.operations());
            } else if (people) {
                RecordsView page = page(reach.operations(), after, limit);
                desk.tell(spec, page, out -> new RecordsText(desk.words()).print(page, out));
            } else if (run != null) {
                RunView found = reach.operations().run(run);
                desk.tell(spec, found, out -> new RunText(desk.words()).show(found, out));
            } else {
                list(reach.operations());
            }
        }
        return ExitStatus.DONE;
    }

    private String last(Operations operations) {
        return operations.history(name, null, 1).stream()
                .map(RunView::run)
                .findFirst()
                .orElseThrow(() -> new OperationFailure.Refused(
                        name == null ? "there is no run yet" : "there is no run of " + name + " yet"));
    }

    private void checkOwner(String sync) {
        if (!sync.equals(name) && !sync.startsWith(name + "/")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "run " + run + " belongs to " + sync + ", not to " + name + ". Leave the name out");
        }
    }

    private void list(Operations operations) {
        List<RunView> found = operations.history(name, after, limit);
        Map<String, Object> document = new LinkedHashMap<>(Map.of("runs", found));
        // Only a request shows whether more records follow; a page that is not full is the last one.
        if (found.size() == limit) {
            document.put("next", found.get(limit - 1).run());
        }
        desk.tell(spec, document, out -> new RunText(desk.words()).list(found, out));
    }

    private Optional<RecordsCsv.Sheet> sheet(Operations operations) {
        if (!excel) {
            return Optional.empty();
        }
        RunView found = operations.run(run);
        return Optional.of(new RecordsCsv.Sheet(
                desk.words(),
                desk.words().time(found.connection(), found.startedAt()),
                found.list(),
                RecordsCsv.Sheet.separator(Locale.getDefault(Locale.Category.FORMAT))));
    }

    private void export(Operations operations) {
        long written = new RecordsCsv(csv, sheet(operations))
                .write(cursor -> page(operations, cursor == null ? after : cursor, CSV_PAGE));
        desk.tell(
                spec,
                Map.of("run", run, "file", csv.toString(), "records", written),
                out -> out.println(Words.count(written, "record") + " in " + csv));
    }

    private RecordsView page(Operations operations, String cursor, int most) {
        return operations.records(run, new RecordsView.Asked(outcome, reason, cursor, most));
    }
}
