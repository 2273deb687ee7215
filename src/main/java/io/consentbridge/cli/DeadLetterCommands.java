package io.consentbridge.cli;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.Operations;
import io.consentbridge.api.Settled;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with deliveries that failed for good. */
@Command(
        name = "dead-letters",
        description = "deliveries that cannot succeed without help: list, show, replay, discard")
final class DeadLetterCommands {

    private final Desk desk;

    @Spec
    private CommandSpec spec;

    DeadLetterCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(description = "dead letters, newest first")
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "how many at most (default: 50)")
                    int limit) {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, not " + limit);
        }
        try (Desk.Reach reach = desk.reach()) {
            List<DeadLetterView> letters = reach.operations().deadLetters(limit);
            desk.tell(spec, Map.of("deadLetters", letters), out -> new DeadLetterText(desk.words()).list(letters, out));
        }
        return ExitStatus.DONE;
    }

    @Command(description = "one dead letter with what was tried and what it would have said")
    int show(@Parameters(paramLabel = "ID") long id) {
        try (Desk.Reach reach = desk.reach()) {
            DeadLetterView letter = reach.operations().deadLetter(id);
            desk.tell(spec, letter, out -> new DeadLetterText(desk.words()).show(letter, out));
        }
        return ExitStatus.DONE;
    }

    @Command(description = "put dead letters back among the deliveries, after what was wrong is mended")
    int replay(@Parameters(paramLabel = "ID", arity = "1..*") List<Long> ids) {
        return settle(operations -> operations.replay(ids), " back among the deliveries");
    }

    @Command(description = "give dead letters up for good")
    int discard(@Parameters(paramLabel = "ID", arity = "1..*") List<Long> ids) {
        return settle(operations -> operations.discard(ids), " given up");
    }

    private int settle(Function<Operations, Settled> operation, String what) {
        try (Desk.Reach reach = desk.reach()) {
            Settled settled = operation.apply(reach.operations());
            desk.tell(
                    spec, settled, out -> out.println(Words.count(settled.ids().size(), "dead letter") + what));
        }
        return ExitStatus.DONE;
    }
}
