package io.consentbridge.cli;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What commands need from their surroundings.
 *
 * @param runtime opens an installation in this process
 * @param sandbox starts the sandbox that simulates Zoho
 * @param env the environment variables
 * @param stop how a person ends this process
 * @param clock gives the time, and the zone in which times are shown
 * @param terminal whether a person watches, for progress bars and questions
 * @param answers reads a line that a person types; null at the end of input
 */
record CliEnvironment(
        LocalRuntime runtime,
        SandboxStarter sandbox,
        Map<String, String> env,
        StopSignal stop,
        Clock clock,
        boolean terminal,
        Supplier<String> answers) {

    /** Creates surroundings in which nobody answers questions. */
    CliEnvironment(
            LocalRuntime runtime,
            SandboxStarter sandbox,
            Map<String, String> env,
            StopSignal stop,
            Clock clock,
            boolean terminal) {
        this(runtime, sandbox, env, stop, clock, terminal, () -> null);
    }

    /** Returns whether colours are shown: a person watches and has not disabled them (no-color.org). */
    boolean colours() {
        return terminal && env.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(env.get("TERM"));
    }

    /** Returns the line that the person typed, without surrounding white space; empty text when there is none. */
    String answer() {
        String line = answers.get();
        return line == null ? "" : line.strip();
    }
}
