package io.consentbridge.run;

/** The process ends or pauses; the run is given back and somebody goes on with it from its cursor. */
final class ReadingStopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    ReadingStopped() {
        super("reading is interrupted");
    }
}
