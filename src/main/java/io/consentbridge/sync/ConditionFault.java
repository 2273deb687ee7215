package io.consentbridge.sync;

/** A condition that cannot be queried. The message says what is wrong. */
public final class ConditionFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Part part;
    private final String whatWouldBeRight;

    /** What of a condition is at fault. */
    public enum Part {
        FIELD,
        OPERATOR,
        VALUE
    }

    ConditionFault(Part part, String what, String whatWouldBeRight) {
        super(what);
        this.part = part;
        this.whatWouldBeRight = whatWouldBeRight;
    }

    /** What of the condition is at fault. */
    public Part part() {
        return part;
    }

    /** What to write instead. */
    public String whatWouldBeRight() {
        return whatWouldBeRight;
    }
}
