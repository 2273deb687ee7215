package io.consentbridge.run;

/** The process ends; the run is given back and somebody goes on with it from its cursor. */
final class ReadingStopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    ReadingStopped() {
        super("the process ends");
    }
}
