package io.consentbridge.cli;

import io.consentbridge.api.PersonOrder;
import io.consentbridge.api.PersonReleased;
import io.consentbridge.api.PersonSuppressed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands for the rights of one person. */
@Command(name = "person", description = "the rights of one person: suppress, release")
final class PersonCommands {

    private static final String WHO = "the address, in any spelling, or the id of a CRM record";
    private static final String WHERE = "only for the lists of this purpose (default: every list)";
    private static final String WHY = "the reason, which is kept as evidence";

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    PersonCommands(CommandContext desk) {
        this.desk = desk;
    }

    @Command(description = "never mail one person, known or not, and take them off their lists")
    int suppress(
            @Parameters(paramLabel = "PERSON", description = WHO) String person,
            @Option(names = "--purpose", paramLabel = "PURPOSE", description = WHERE) String purpose,
            @Option(names = "--because", paramLabel = "TEXT", required = true, description = WHY) String because) {
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            PersonSuppressed done = reach.operations().suppress(new PersonOrder(person, purpose, because));
            desk.tell(spec, done, out -> PersonText.show(done, out));
            if (!reach.remote() && !done.leaving().isEmpty()) {
                desk.remark(spec, "no runtime is running: the next start or sync run sends the removals");
            }
        }
        return ExitStatus.DONE;
    }

    @Command(description = "end suppressions by hand of one person; other refusals stay")
    int release(
            @Parameters(paramLabel = "PERSON", description = WHO) String person,
            @Option(names = "--purpose", paramLabel = "PURPOSE", description = WHERE) String purpose,
            @Option(names = "--because", paramLabel = "TEXT", required = true, description = WHY) String because) {
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            PersonReleased done = reach.operations().release(new PersonOrder(person, purpose, because));
            desk.tell(spec, done, out -> new PersonText(desk.words()).show(done, out));
            return done.released().isEmpty() ? ExitStatus.WITH_FAILURES : ExitStatus.DONE;
        }
    }
}
