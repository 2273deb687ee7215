package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.util.Optional;

/** Why an installation cannot be opened or asked, for the person who can mend it. */
public final class RuntimeFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    RuntimeFault(String message, Throwable cause) {
        super(message, cause);
        this.problem = null;
    }

    RuntimeFault(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /** Where it is wrong, when that is known by us and not only by Camel. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
