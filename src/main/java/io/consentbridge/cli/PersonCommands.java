package io.consentbridge.cli;

import io.consentbridge.api.PersonErasure;
import io.consentbridge.api.PersonExported;
import io.consentbridge.api.PersonFolder;
import io.consentbridge.api.PersonOrder;
import io.consentbridge.api.PersonReleased;
import io.consentbridge.api.PersonSuppressed;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands for the rights of one person. */
@Command(name = "person", description = "the rights of one person: export, erase, suppress, release")
final class PersonCommands {

    private static final String WHO = "the address, in any spelling, or the id of a CRM record";
    private static final String WHERE = "only for the lists of this purpose (default: every list)";
    private static final String WHY = "the reason, which is kept as evidence";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    @Command(description = "write everything that is held about one person into a folder, with proofs of the ledger")
    int export(
            @Parameters(paramLabel = "PERSON", description = WHO) String person,
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "an empty or new folder")
                    Path folder) {
        String absolute = folder.toAbsolutePath().normalize().toString();
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            PersonExported done = reach.operations().exportPerson(new PersonFolder(person, absolute));
            desk.tell(spec, done, out -> PersonText.show(done, out));
        }
        return ExitStatus.DONE;
    }

    @Command(
            description =
                    "remove everything that is stored here about one person, take them off every list, and refuse them"
                            + " when the CRM brings them again; cannot be taken back")
    int erase(
            @Parameters(paramLabel = "PERSON", description = WHO) String person,
            @Option(names = "--yes", description = "do not ask for the address again") boolean yes)
            throws InterruptedException {
        if (!yes) {
            confirm(person);
        }
        try (CommandContext.Reach reach = desk.toChange().reachZoho()) {
            PersonErasure begun = reach.operations().erase(new PersonOrder(person, null, null));
            PersonErasure end = awaited(reach, begun);
            desk.tell(spec, end, out -> PersonText.show(end, out));
            return end.done() ? ExitStatus.DONE : ExitStatus.WITH_FAILURES;
        }
    }

    private void confirm(String person) {
        if (!desk.surroundings().terminal()) {
            throw new ParameterException(
                    spec.subcommands().get("erase"),
                    "an erasure cannot be taken back: add --yes where nobody can be asked");
        }
        desk.remark(spec, "An erasure cannot be taken back. Type the address or id again to erase this person:");
        if (!desk.surroundings().answer().equalsIgnoreCase(person.strip())) {
            throw new ParameterException(spec.subcommands().get("erase"), "not the same: nothing was erased");
        }
    }

    private PersonErasure awaited(CommandContext.Reach reach, PersonErasure begun) throws InterruptedException {
        Runnable leave = () -> {
            desk.remark(spec, "the erasure goes on with the next start or sync run");
            desk.remarkStopping(spec);
            reach.close();
        };
        return desk.surroundings().stop().guard(leave, () -> await(reach, begun));
    }

    /** Waits a while for the removals, which leave within seconds unless Zoho or a quota holds them. */
    private static PersonErasure await(CommandContext.Reach reach, PersonErasure begun) throws InterruptedException {
        return begun.done()
                ? begun
                : PollUntil.until(
                        () -> begun.then(reach.operations().erasure(begun.erasure())), PersonErasure::done, PATIENCE);
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
