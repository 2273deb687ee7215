package io.consentbridge;

import io.consentbridge.cli.Cli;
import java.time.Clock;

/** The main class: wires the faces to what is behind them, nothing else. */
public final class ConsentBridge {

    private ConsentBridge() {}

    /** Carries one command out and ends the process with its exit status. */
    public static void main(String[] args) {
        // From Java 24 on the JVM warns on standard error, where logs are JSON on request, of who reaches into its memory.
        System.setProperty("io.netty.noUnsafe", "true");
        System.exit(new Cli(new LocalInstallation(Clock.systemDefaultZone()), new SampleZoho()).execute(args));
    }
}
