package io.consentbridge;

import io.consentbridge.cli.Cli;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The main class: wires the faces to what is behind them, nothing else. */
public final class ConsentBridge {

    private static final int STORE_LOST = 3;
    private static final long TO_END_MILLIS = 4000;

    private ConsentBridge() {}

    /** Carries one command out and ends the process with its exit status. */
    public static void main(String[] args) {
        // Of a library that reaches into its memory the JVM warns from Java 24 on, among the logs, which may be JSON.
        System.setProperty("io.netty.noUnsafe", "true");
        System.exit(new Cli(new LocalInstallation(Clock.systemDefaultZone(), ConsentBridge::end), new SandboxLauncher())
                .execute(args));
    }

    /** In good order as far as that is possible without a database, and soon in any case: somebody waits to start it anew. */
    private static void end() {
        CompletableFuture.delayedExecutor(TO_END_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(STORE_LOST));
        System.exit(STORE_LOST);
    }
}
