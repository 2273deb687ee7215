package io.consentbridge.cli;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Problem;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reports everything that can be wrong, at once. */
@Command(name = "check", description = "report all problems at once; changes nothing")
final class CheckCommand implements Callable<Integer> {

    private final CommandContext desk;

    @Spec
    private CommandSpec spec;

    CheckCommand(CommandContext desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        CheckView check = check();
        desk.tell(spec, check, out -> {
            check.checked().forEach(line -> out.println("ok  " + line));
            check.problems().forEach(problem -> out.println(problem.text()));
            int problems = check.problems().size();
            out.println(problems == 0 ? "All checks passed." : Words.count(problems, "problem") + ".");
        });
        desk.tellFirstSteps(spec);
        return ExitStatus.of(check);
    }

    /** Checks the installation; files so broken that nothing opens are a result here, like any other problem. */
    private CheckView check() {
        try (CommandContext.Reach reach = desk.reachZoho()) {
            CheckView check = reach.operations().check();
            return reach.withoutDatabase() ? check.withoutDatabase() : check;
        } catch (OperationFailure.Misconfigured wrong) {
            return new CheckView(List.of(), wrong.problems());
        } catch (OperationFailure.OutOfReach away) {
            return new CheckView(List.of(), List.of(Problem.outOfReach(away.getMessage())));
        }
    }
}
