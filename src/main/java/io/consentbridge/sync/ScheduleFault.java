package io.consentbridge.sync;

/** Words that are no schedule. The message says what is wrong. */
public final class ScheduleFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String whatWouldBeRight;

    ScheduleFault(String key, String what, String whatWouldBeRight) {
        super(what);
        this.key = key;
        this.whatWouldBeRight = whatWouldBeRight;
    }

    /** The wrong key: every, on or at. */
    public String key() {
        return key;
    }

    /** What to write instead. */
    public String whatWouldBeRight() {
        return whatWouldBeRight;
    }
}
