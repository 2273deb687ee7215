package io.consentbridge.cli;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.DeadLettersHandled;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands for deliveries that failed for good. */
@Command(
        name = "dead-letters",
        description = "deliveries that cannot succeed without a person's help: list, show, replay, discard")
final class DeadLetterCommands {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    DeadLetterCommands(CommandContext desk) {
        this.desk = desk;
    }

    @Command(description = "dead letters, newest first")
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "the maximum number (default: 50)")
                    int limit) {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1, not " + limit);
        }
        try (CommandContext.Reach reach = desk.reach()) {
            List<DeadLetterView> found = reach.operations().deadLetters(limit + 1);
            List<DeadLetterView> letters = found.subList(0, Math.min(limit, found.size()));
            desk.tell(spec, Map.of("deadLetters", letters, "more", found.size() > limit), out -> {
                new DeadLetterText(desk.words()).list(letters, out);
                if (found.size() > limit) {
                    out.println();
                    out.println("More follow: consentbridge dead-letters list --limit " + limit * 10L);
                }
            });
        }
        return ExitStatus.DONE;
    }

    @Command(description = "one dead letter with its attempts and its fields")
    int show(@Parameters(paramLabel = "ID") long id) {
        try (CommandContext.Reach reach = desk.reach()) {
            DeadLetterView letter = reach.operations().deadLetter(id);
            desk.tell(spec, letter, out -> new DeadLetterText(desk.words()).show(letter, out));
        }
        return ExitStatus.DONE;
    }

    @Command(description = "queue dead letters for delivery again, once their cause is fixed")
    int replay(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "their numbers") List<String> ids,
            @Option(names = "--all", description = "every dead letter") boolean all)
            throws InterruptedException {
        if (all == (ids != null)) {
            throw new ParameterException(
                    spec.subcommands().get("replay"), "give the numbers of dead letters, or --all");
        }
        List<Long> numbers = all ? List.of() : ids.stream().map(this::number).toList();
        try (CommandContext.Reach reach = desk.toChange().reachZoho()) {
            Replay replay = new Replay(reach.operations(), desk.surroundings().clock());
            DeadLettersHandled settled = all ? replay.all() : reach.operations().replay(numbers);
            Replay.End end = reach.remote() ? Replay.End.left(settled) : carriedOut(reach, replay, settled);
            desk.tell(spec, end, out -> end.print(out));
            if (!reach.remote() && !end.waiting().isEmpty()) {
                desk.remark(spec, "the remaining deliveries wait for Zoho. See why with: consentbridge status");
            }
            return end.clean(reach.remote()) ? ExitStatus.DONE : ExitStatus.WITH_FAILURES;
        }
    }

    /** Parses by hand, because picocli reports a word in a list that may be empty as a surplus argument. */
    private long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException word) {
            throw new ParameterException(spec.subcommands().get("replay"), "'" + text + "' is not a whole number");
        }
    }

    /** Delivers here, because nobody else delivers where no runtime is up. */
    private Replay.End carriedOut(CommandContext.Reach reach, Replay replay, DeadLettersHandled settled)
            throws InterruptedException {
        if (settled.ids().isEmpty()) {
            return Replay.End.left(settled);
        }
        desk.remark(spec, "no runtime is running, so this command delivers them itself");
        Runnable leave = () -> {
            desk.remark(spec, "the next start delivers what remains");
            desk.remarkStopping(spec);
            reach.close();
        };
        return desk.surroundings().stop().guard(leave, () -> replay.await(settled));
    }

    @Command(description = "discard dead letters for good")
    int discard(@Parameters(paramLabel = "ID", arity = "1..*") List<Long> ids) {
        try (CommandContext.Reach reach = desk.toChange().reach()) {
            DeadLettersHandled settled = reach.operations().discard(ids);
            desk.tell(spec, settled, out -> {
                out.println(Words.count(settled.ids().size(), "dead letter") + " discarded");
                settled.refused().forEach(refused -> out.println(refused.text()));
            });
            return settled.refused().isEmpty() ? ExitStatus.DONE : ExitStatus.WITH_FAILURES;
        }
    }
}
