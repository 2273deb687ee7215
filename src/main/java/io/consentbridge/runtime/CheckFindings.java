package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** The findings of a check of the configuration so far. */
final class CheckFindings {

    private final List<String> checked = new ArrayList<>();
    private final List<ConfigurationCheck.Finding> findings = new ArrayList<>();

    /** Adds a line to the result: something was checked, or is worth knowing. */
    void checked(String line) {
        checked.add(line);
    }

    /** Adds the line if the check finds nothing wrong. */
    void looked(String what, Runnable look) {
        int before = findings.size();
        look.run();
        if (findings.size() == before && !checked.contains(what)) {
            checked.add(what);
        }
    }

    /** Adds a problem. A problem of a template is met with each sync that names the template, and reported once. */
    void wrong(Problem problem) {
        if (findings.stream().noneMatch(known -> known.problem().equals(problem))) {
            findings.add(new ConfigurationCheck.Finding.Wrong(problem));
        }
    }

    /** Adds something that does not answer. */
    void silent(Problem problem) {
        findings.add(new ConfigurationCheck.Finding.OutOfReach(problem));
    }

    ConfigurationCheck.Result result() {
        return new ConfigurationCheck.Result(List.copyOf(checked), List.copyOf(findings));
    }
}
