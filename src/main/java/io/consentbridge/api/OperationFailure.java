package io.consentbridge.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why an operation was not carried out. The message is written for the person who asked: what is wrong, with its
 * figures, and the way out last. It holds no secret.
 */
public abstract sealed class OperationFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private OperationFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is no such sync, run or dead letter. */
    public static final class UnknownName extends OperationFailure {
        private static final long serialVersionUID = 1;
        private final transient List<String> suggestions;

        /**
         * @param kind what was looked for: sync, run, dead letter
         * @param name what was given
         * @param known the names there are; those near the given one are suggested
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

        /** Names that are near, the nearest first; empty when none is. */
        public List<String> suggestions() {
            return suggestions;
        }
    }

    /** A rule forbids it now: a limit (B56-B58, B63, B67), a run that is under way, a request that makes no sense. */
    public static final class Refused extends OperationFailure {
        private static final long serialVersionUID = 1;

        private final String leavers;

        /** @param message the rule, the figures and the way out */
        public Refused(String message) {
            this(message, null);
        }

        /** @param leavers id of the run that carries over the opt-outs and deletions, which no limit holds back; or null */
        public Refused(String message, String leavers) {
            super(message, null);
            this.leavers = leavers;
        }

        /** The run that goes on for the people who leave; empty when there is none, or the runtime sees to it. */
        public Optional<String> leavers() {
            return Optional.ofNullable(leavers);
        }
    }

    /** The configuration cannot be used; all of its problems at once. */
    public static final class Misconfigured extends OperationFailure {
        private static final long serialVersionUID = 1;
        private final transient List<Problem> problems;

        public Misconfigured(List<Problem> problems) {
            super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")), null);
            this.problems = List.copyOf(problems);
        }

        /** In the order of the files; at least one. */
        public List<Problem> problems() {
            return problems;
        }
    }

    /** Zoho, the database or a runtime does not answer; trying again later may help. */
    public static final class OutOfReach extends OperationFailure {
        private static final long serialVersionUID = 1;

        /** @param cause null when there is none worth telling */
        public OutOfReach(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
