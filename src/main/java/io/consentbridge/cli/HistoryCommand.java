package io.consentbridge.cli;

import io.consentbridge.api.RunView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs that were (B69). */
@Command(name = "history", description = "runs, newest first, or one run with everything that it counted")
final class HistoryCommand implements Callable<Integer> {

    private final Desk desk;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "only runs of this sync")
    private String name;

    @Option(names = "--run", paramLabel = "ID", description = "this run, with reasons, decisions and calls")
    private String run;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "how many at most (default: 20)")
    private int limit;

    HistoryCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, not " + limit);
        }
        RunText text = new RunText(desk.words());
        try (Desk.Reach reach = desk.reach()) {
            if (run != null) {
                RunView found = reach.operations().run(run);
                desk.tell(spec, found, out -> text.show(found, out));
            } else {
                List<RunView> found = reach.operations().history(name, limit);
                desk.tell(spec, Map.of("runs", found), out -> text.list(found, out));
            }
        }
        return ExitStatus.DONE;
    }
}
