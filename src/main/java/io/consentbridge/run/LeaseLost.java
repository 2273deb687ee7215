package io.consentbridge.run;

/** Another process has taken over the run; the thread that receives this stops reading and changes nothing. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LeaseLost(String runId) {
        super("run " + runId + " was taken over by another process or has ended; this process stops reading it");
    }
}
