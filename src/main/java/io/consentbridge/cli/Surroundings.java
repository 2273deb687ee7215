package io.consentbridge.cli;

import java.time.Clock;
import java.util.Map;

/**
 * What commands need from outside.
 *
 * @param runtime opens an installation in this process
 * @param sandbox starts the stand-in for Zoho
 * @param env the environment
 * @param stop how a person ends this process
 * @param clock tells the time, and the zone in which times are shown
 * @param terminal whether a person is looking, for progress bars
 */
record Surroundings(
        LocalRuntime runtime,
        SandboxStarter sandbox,
        Map<String, String> env,
        StopSignal stop,
        Clock clock,
        boolean terminal) {}
