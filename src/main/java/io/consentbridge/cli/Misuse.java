package io.consentbridge.cli;

import io.consentbridge.api.OperationFailure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with a command line, and what to do. */
final class Misuse {

    private Misuse() {}

    static OperationFailure of(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().get(0);
            if (first.startsWith("-")) {
                return new OperationFailure.UnknownName("option", first, options(command));
            } else if (!command.getSubcommands().isEmpty()) {
                return new OperationFailure.UnknownName(
                        "command", first, command.getSubcommands().keySet());
            }
        }
        return new OperationFailure.Refused(
                wrong.getMessage().replaceAll("is not an? (long|int)$", "is not a whole number") + ". See "
                        + command.getCommandSpec().qualifiedName() + " --help");
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
