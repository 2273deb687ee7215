package io.consentbridge.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stops the process with shutdown hooks: the cleanups run in them, and the process ends when they are done. The JVM ignores
 * a second signal while it ends; here a second signal ends the process at once.
 */
final class ProcessStop implements StopSignal {

    private static final int BY_SIGNAL = 128;

    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile boolean came;

    private void signalled(int number) {
        int status = BY_SIGNAL + number;
        if (signalled.compareAndSet(false, true)) {
            new Thread(() -> Runtime.getRuntime().exit(status), "exit").start();
        } else {
            Runtime.getRuntime().halt(status);
        }
    }

    @Override
    public Registration whenStopped(Runnable cleanup) {
        if (listening.compareAndSet(false, true)) {
            Signals.hear(this::signalled);
        }
        Thread hook = new Thread(
                () -> {
                    came = true;
                    cleanup.run();
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                await();
            }
        };
    }

    @Override
    public void await() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException goesOn) {
                // Only the end of the process ends this wait.
            }
        }
    }

    @Override
    public boolean came() {
        return came;
    }
}
