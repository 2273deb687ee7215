package io.consentbridge;

import io.consentbridge.cli.Cli;
import java.time.Clock;

/** The main class: wires the faces to what is behind them, nothing else. */
public final class ConsentBridge {

    private ConsentBridge() {}

    /** Carries one command out and ends the process with its exit status. */
    public static void main(String[] args) {
        // Of a library that reaches into its memory the JVM warns from Java 24 on, among the logs, which may be JSON.
        System.setProperty("io.netty.noUnsafe", "true");
        System.exit(new Cli(new LocalInstallation(Clock.systemDefaultZone()), new SampleZoho()).execute(args));
    }
}
