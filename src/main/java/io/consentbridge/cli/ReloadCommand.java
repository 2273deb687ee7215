package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.ReloadView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes a runtime take over changed files. */
@Command(name = "reload", description = "check changed routes, purposes and syncs, and load them into the runtime")
final class ReloadCommand implements Callable<Integer> {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    ReloadCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Operations runtime = desk.runtime()
                .orElseThrow(() -> new OperationFailure.Refused(
                        "no runtime is running that could reload. Start one with consentbridge start, or check"
                                + " the files with consentbridge check"));
        ReloadView reload = runtime.reload();
        desk.tell(spec, reload, out -> {
            reload.changes().forEach(out::println);
            reload.remarks().stream().map(Visible::line).forEach(out::println);
            reload.problems().forEach(problem -> out.println(problem.text()));
            out.println(told(reload));
        });
        return reload.takenOver() ? ExitStatus.DONE : ExitStatus.USAGE_OR_CONFIGURATION;
    }

    private static String told(ReloadView reload) {
        if (!reload.takenOver()) {
            return "Not reloaded; the previous configuration stays active.";
        }
        return reload.changes().isEmpty() ? "Nothing has changed." : "Reloaded.";
    }
}
