package io.consentbridge.api;

import io.consentbridge.runtime.ConfigurationCheck;
import java.util.List;
import java.util.stream.Stream;

/** Creates the view of the findings of a check. */
final class Checkups {

    private Checkups() {}

    /** @param remarks what else is worth knowing */
    static CheckView view(ConfigurationCheck.Result result, List<String> remarks) {
        return new CheckView(
                Stream.concat(result.checked().stream(), remarks.stream()).toList(),
                result.findings().stream()
                        .map(finding -> finding instanceof ConfigurationCheck.Finding.OutOfReach
                                ? new Problem(
                                        Problem.Kind.OUT_OF_REACH,
                                        finding.problem().file(),
                                        line(finding.problem()),
                                        text(finding.problem()))
                                : problem(finding.problem()))
                        .toList());
    }

    /** Returns a problem of a file. */
    static Problem problem(io.consentbridge.config.Problem problem) {
        return Problem.in(problem.file(), line(problem), text(problem));
    }

    private static Integer line(io.consentbridge.config.Problem problem) {
        return problem.line() > 0 ? problem.line() : null;
    }

    private static String text(io.consentbridge.config.Problem problem) {
        return problem.text();
    }
}
