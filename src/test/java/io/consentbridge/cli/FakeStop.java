package io.consentbridge.cli;

/** A person who presses Ctrl-C as soon as a command waits for it. */
final class FakeStop implements StopSignal {

    private Runnable cleanup = () -> {};
    private boolean came;

    /** Presses Ctrl-C now. */
    void press() {
        came = true;
        cleanup.run();
    }

    @Override
    public Registration whenStopped(Runnable cleanup) {
        this.cleanup = cleanup;
        return () -> this.cleanup = () -> {};
    }

    @Override
    public void await() {
        if (!came) {
            press();
        }
    }

    @Override
    public boolean came() {
        return came;
    }
}
