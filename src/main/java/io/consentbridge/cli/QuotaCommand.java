package io.consentbridge.cli;

import io.consentbridge.api.QuotaView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows how much of quotas and limits is used. */
@Command(name = "quota", description = "used quotas and limits, pending deliveries, and when they will be done")
final class QuotaCommand implements Callable<Integer> {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    QuotaCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        try (CommandContext.Reach reach = desk.reach()) {
            QuotaView quota = reach.operations().quota();
            desk.tell(spec, quota, out -> new QuotaText(desk.words(reach.remote())).print(quota, out));
        }
        return ExitStatus.DONE;
    }
}
