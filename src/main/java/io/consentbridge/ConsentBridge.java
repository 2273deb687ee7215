package io.consentbridge;

import io.consentbridge.cli.Cli;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The main class: connects the command line with the packages behind it, and does nothing else. */
public final class ConsentBridge {

    private static final int STORE_LOST = 3;
    private static final long TO_END_MILLIS = 4000;

    private ConsentBridge() {}

    /** Carries out one command and ends the process with its exit status. */
    public static void main(String[] args) {
        // From Java 24 on the JVM warns of a library that accesses its memory, and does so among the logs, which may be
        // JSON.
        System.setProperty("io.netty.noUnsafe", "true");
        System.exit(new Cli(new LocalInstallation(Clock.systemDefaultZone(), ConsentBridge::end), new SandboxLauncher())
                .execute(args));
    }

    /** Ends the process, in good order as far as possible without a database and soon in any case, because a restart waits for it. */
    private static void end() {
        CompletableFuture.delayedExecutor(TO_END_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(STORE_LOST));
        System.exit(STORE_LOST);
    }
}
