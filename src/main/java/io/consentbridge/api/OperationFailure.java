package io.consentbridge.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says why an operation was not carried out. The message is written for the person who asked: what is wrong, with its
 * figures, and at the end what to do. It holds no secret.
 */
public abstract sealed class OperationFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private OperationFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** No sync, run or dead letter has that name or number. */
    public static final class UnknownName extends OperationFailure {
        private static final long serialVersionUID = 1;
        private final transient List<String> suggestions;

        /**
         * @param kind what was looked for: sync, run, dead letter
         * @param name what was given
         * @param known the known names; those similar to the given one are suggested
         */
        public UnknownName(String kind, String name, Collection<String> known) {
            this(kind, name, Suggestions.near(name, known));
        }

        private UnknownName(String kind, String name, List<String> suggestions) {
            this("there is no " + kind + " " + name + Suggestions.inWords(suggestions), suggestions);
        }

        UnknownName(String message, List<String> suggestions) {
            super(message, null);
            this.suggestions = List.copyOf(suggestions);
        }

        /** Returns similar names, the most similar first; empty when there are none. */
        public List<String> suggestions() {
            return suggestions;
        }
    }

    /** A rule refuses it now: a limit (B56-B58, B63, B67), a run that is under way, a request that makes no sense. */
    public static final class Refused extends OperationFailure {
        private static final long serialVersionUID = 1;

        private final String leavers;

        /** @param message the rule, the figures and what to do */
        public Refused(String message) {
            this(message, null);
        }

        /** @param leavers id of the run that carries over opt-outs and deletions, which no limit holds back; or null */
        public Refused(String message, String leavers) {
            super(message, null);
            this.leavers = leavers;
        }

        /**
         * Returns the run that continues for people who leave; empty when there is none, or the runtime takes care of it.
         */
        public Optional<String> leavers() {
            return Optional.ofNullable(leavers);
        }
    }

    /** The configuration cannot be used; names all of its problems at once. */
    public static final class Misconfigured extends OperationFailure {
        private static final long serialVersionUID = 1;
        private final transient List<Problem> problems;

        public Misconfigured(List<Problem> problems) {
            super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")), null);
            this.problems = List.copyOf(problems);
        }

        /** Returns the problems in the order of the files; at least one. */
        public List<Problem> problems() {
            return problems;
        }
    }

    /** Zoho, the database or a runtime does not answer; trying again later may help. */
    public static final class OutOfReach extends OperationFailure {
        private static final long serialVersionUID = 1;

        /** @param cause null when there is none worth reporting */
        public OutOfReach(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
