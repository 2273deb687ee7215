package io.consentbridge.cli;

import io.consentbridge.api.ExplainView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains why one person is mailed, or is not. */
@Command(name = "explain", description = "everything about one person: refusals, lists, records, outcomes, decisions")
final class ExplainCommand implements Callable<Integer> {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PERSON",
            description = "the address, in any spelling, the id of a record, or the name as it was delivered")
    private String email;

    ExplainCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        try (CommandContext.Reach reach = desk.reach()) {
            ExplainView found = reach.operations().explain(email);
            desk.tell(spec, found, out -> new ExplainText(desk.words()).show(found, out));
            return found.unknown() ? ExitStatus.WITH_FAILURES : ExitStatus.DONE;
        }
    }
}
