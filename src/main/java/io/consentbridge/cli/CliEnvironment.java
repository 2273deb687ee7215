package io.consentbridge.cli;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What commands need from outside.
 *
 * @param runtime opens an installation in this process
 * @param sandbox starts the stand-in for Zoho
 * @param env the environment
 * @param stop how a person ends this process
 * @param clock tells the time, and the zone in which times are shown
 * @param terminal whether a person is looking, for progress bars and questions
 * @param answers reads a line that a person types; null at the end
 */
record CliEnvironment(
        LocalRuntime runtime,
        SandboxStarter sandbox,
        Map<String, String> env,
        StopSignal stop,
        Clock clock,
        boolean terminal,
        Supplier<String> answers) {

    /** Without anybody who would answer. */
    CliEnvironment(
            LocalRuntime runtime,
            SandboxStarter sandbox,
            Map<String, String> env,
            StopSignal stop,
            Clock clock,
            boolean terminal) {
        this(runtime, sandbox, env, stop, clock, terminal, () -> null);
    }

    /** Whether colours are shown: a person is looking and wants them (no-color.org). */
    boolean colours() {
        return terminal && env.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(env.get("TERM"));
    }

    /** The line that a person typed, without white space around it; empty text when there is none. */
    String answer() {
        String line = answers.get();
        return line == null ? "" : line.strip();
    }
}
