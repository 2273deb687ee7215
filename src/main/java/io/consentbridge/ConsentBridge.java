package io.consentbridge;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.cli.Cli;
import io.consentbridge.cli.LocalRuntime;
import io.consentbridge.cli.SandboxStarter;

/** The main class: wires the faces to what is behind them, nothing else. */
public final class ConsentBridge {

    private ConsentBridge() {}

    /** Carries one command out and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(new Cli(runtime(), sandbox()).execute(args));
    }

    // PLUG IN HERE: the implementation of LocalRuntime.
    private static LocalRuntime runtime() {
        return (config, routes, env, triggers) -> {
            throw new OperationFailure.Refused("this build has no runtime, so nothing can be opened here");
        };
    }

    // PLUG IN HERE: the implementation of SandboxStarter.
    private static SandboxStarter sandbox() {
        return (port, people, seed, quotas) -> {
            throw new OperationFailure.Refused("this build has no sandbox");
        };
    }
}
