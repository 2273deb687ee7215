package io.consentbridge.cli;

import io.consentbridge.api.StatusView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the state of the installation. */
@Command(
        name = "status",
        description =
                "an overview: what needs attention, pending deliveries, the people on the lists, the state of syncs")
final class StatusCommand implements Callable<Integer> {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    StatusCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        try (CommandContext.Reach reach = desk.reach()) {
            StatusView status = known(reach, reach.operations().status());
            desk.tell(spec, status, out -> new StatusText(desk.words(status.schedules())).print(status, out));
        }
        desk.tellFirstSteps(spec);
        return ExitStatus.DONE;
    }

    /** Returns the known state; where no database exists yet, this process reads an empty temporary one. */
    private static StatusView known(CommandContext.Reach reach, StatusView status) {
        return reach.withoutDatabase() ? status.withoutDatabase() : status;
    }
}
