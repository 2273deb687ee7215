package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a check of the configuration has found so far. */
final class CheckFindings {

    private final List<String> checked = new ArrayList<>();
    private final List<ConfigurationCheck.Finding> findings = new ArrayList<>();

    /** Something was looked at, or is worth knowing: a line of the result. */
    void checked(String line) {
        checked.add(line);
    }

    /** Says that something was looked at when nothing is wrong with it. */
    void looked(String what, Runnable look) {
        int before = findings.size();
        look.run();
        if (findings.size() == before && !checked.contains(what)) {
            checked.add(what);
        }
    }

    /** Something is wrong. What stands in a template is met with each sync that names it, and told once. */
    void wrong(Problem problem) {
        if (findings.stream().noneMatch(known -> known.problem().equals(problem))) {
            findings.add(new ConfigurationCheck.Finding.Wrong(problem));
        }
    }

    /** Something does not answer. */
    void silent(Problem problem) {
        findings.add(new ConfigurationCheck.Finding.OutOfReach(problem));
    }

    ConfigurationCheck.Result result() {
        return new ConfigurationCheck.Result(List.copyOf(checked), List.copyOf(findings));
    }
}
