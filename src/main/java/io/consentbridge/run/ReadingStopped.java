package io.consentbridge.run;

/** The process ends or pauses; the run is given back, and a process later goes on with it from its cursor. */
public final class ReadingStopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ReadingStopped() {
        super("reading is interrupted");
    }
}
