package io.consentbridge.cli;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Problem;
import io.consentbridge.api.RunView;
import java.util.Collection;

/** The meaning of the exit status; fixed, because scripts rely on it. */
final class ExitStatus {

    static final int DONE = 0;
    static final int WITH_FAILURES = 1;
    static final int USAGE_OR_CONFIGURATION = 2;
    static final int OUT_OF_REACH = 3;

    private ExitStatus() {}

    static int of(Throwable failure) {
        if (failure instanceof OperationFailure.OutOfReach) {
            return OUT_OF_REACH;
        }
        return failure instanceof OperationFailure ? USAGE_OR_CONFIGURATION : WITH_FAILURES;
    }

    /**
     * Returns the most serious status of several runs: first one that could not reach Zoho or the database, then one with
     * failures.
     */
    static int of(Collection<RunView> runs) {
        if (runs.stream().anyMatch(RunView::outOfReach)) {
            return OUT_OF_REACH;
        }
        boolean clean = runs.stream().allMatch(run -> run.completed() && run.deadLettered() == 0);
        return clean ? DONE : WITH_FAILURES;
    }

    static int of(CheckView check) {
        if (check.problems().isEmpty()) {
            return DONE;
        }
        boolean filesAreFine =
                check.problems().stream().allMatch(problem -> problem.kind() == Problem.Kind.OUT_OF_REACH);
        return filesAreFine ? OUT_OF_REACH : USAGE_OR_CONFIGURATION;
    }
}
