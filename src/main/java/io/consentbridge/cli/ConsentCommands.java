package io.consentbridge.cli;

import io.consentbridge.api.PendingView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands about consent. */
@Command(name = "consent", description = "consent: requests that are open")
final class ConsentCommands {

    private static final String WHICH = "only requests for this purpose (default: all)";

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    ConsentCommands(CommandContext desk) {
        this.desk = desk;
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
