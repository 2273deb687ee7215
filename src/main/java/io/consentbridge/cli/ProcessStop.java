package io.consentbridge.cli;

import java.util.concurrent.CountDownLatch;

/** Shutdown hooks: the cleanups run in them, and the process ends when they are done. */
final class ProcessStop implements StopSignal {

    private volatile boolean came;

    @Override
    public Registration whenStopped(Runnable cleanup) {
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
