package io.consentbridge.runtime;

import io.consentbridge.config.Problem;
import java.util.Optional;

/** Why an installation cannot be opened or used, for the person who can correct it. */
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

    /** Returns the problem with its file and line, when this product and not only Camel knows them. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
